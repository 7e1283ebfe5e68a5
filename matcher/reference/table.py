"""Reads a reference table; the one place of this room that touches files."""

import csv
import re
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path

from matcher.errors import MatcherError

Row = Mapping[str, str]


class ReferenceTableInvalid(MatcherError):
    """A reference table cannot be read or lacks a column."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(f"参考表“{path.name}”不可用：{detail}。请恢复该文件，或按 data/reference/README.md 改正。")


def read_table(path: Path, columns: Sequence[str]) -> list[Row]:
    """The rows of a UTF-8 csv, cells stripped. Raises ReferenceTableInvalid."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in columns if name not in (reader.fieldnames or ())]
            if missing:
                raise ReferenceTableInvalid(path, f"缺少列 {'、'.join(missing)}")
            return [{name: (row[name] or "").strip() for name in columns} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ReferenceTableInvalid(path, str(error)) from error


def listed(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def squeeze(text: str) -> str:
    """The form in which names are compared: NFKC, lower case, no blanks, no punctuation.

    >>> squeeze("电力、热力 生产业"), squeeze("Ｃ３６")
    ('电力热力生产业', 'c36')
    """
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text)).lower()
