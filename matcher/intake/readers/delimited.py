"""Delimited text (csv, tsv): encoding and delimiter are found out, rows are streamed."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from matcher.intake.errors import FileUnreadable
from matcher.intake.sheets import BrokenRow, Row, Sheet

_BLOCK = 1 << 20
_SAMPLE = 64 << 10
_LINE_LIMIT = 1 << 20
_DELIMITERS = ",\t;|，；"
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
_UNLIKELY = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")


def open_delimited(path: Path) -> list[Sheet]:
    """One sheet without a name. Raises FileUnreadable when the encoding is unknown."""
    encoding = find_encoding(path)
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        delimiter = find_delimiter(file.read(_SAMPLE))
    return [Sheet("", lambda: _rows(path, encoding, delimiter))]


def find_encoding(path: Path) -> str:
    """UTF-8, UTF-16 with its mark, or GB18030 (which holds GBK). Reads the whole file once, in blocks."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    for mark, name in _MARKS.items():
        if head.startswith(mark):
            return name
    if b"\x00" in head:
        raise FileUnreadable(path.name, "文本里有空字节，编码不明；请用 Excel/WPS 另存为 .xlsx 或“CSV UTF-8”")
    for name in ("utf-8", "gb18030"):
        if _decodes(path, name):
            return name
    raise FileUnreadable(path.name, "文字编码认不出（不是 UTF-8、GBK 或 GB18030）；请用 Excel/WPS 另存为“CSV UTF-8”")


def find_delimiter(sample: str) -> str:
    """The delimiter that parts most lines of the sample alike.

    >>> find_delimiter("编号;姓名\\n1;a,b\\n"), find_delimiter("编号\\t姓名\\n")
    (';', '\\t')
    """
    lines = [re.sub(r'"[^"]*"', "", line) for line in sample.splitlines()[:50] if line.strip()]
    lines = lines[:-1] if len(lines) > 2 else lines

    def agreement(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        most = max(set(counts) - {0}, key=counts.count, default=0)
        return (counts.count(most) if most else 0, most)

    return max(_DELIMITERS, key=agreement)


def bounded_lines(file: TextIO, limit: int) -> Iterator[str | None]:
    """The lines of a text; None in the place of one that is longer than `limit` characters."""
    while line := file.readline(limit):
        if len(line) < limit or line.endswith("\n"):
            yield line
            continue
        while (rest := file.readline(limit)) and not rest.endswith("\n"):
            pass
        yield None


class _Lines:
    """Feeds the csv reader; remembers that a line was too long."""

    def __init__(self, file: TextIO) -> None:
        self._lines = bounded_lines(file, _LINE_LIMIT)
        self.skipped = False

    def __iter__(self) -> Iterator[str]:
        for line in self._lines:
            if line is None:
                self.skipped = True
                yield "\n"
            else:
                yield line.replace("\x00", "")


def _rows(path: Path, encoding: str, delimiter: str) -> Iterator[Row | BrokenRow]:
    with path.open(encoding=encoding, newline="", errors="replace") as file:
        lines = _Lines(file)
        reader = csv.reader(lines, delimiter=delimiter)
        while True:
            try:
                row = next(reader)
            except StopIteration:
                return
            except csv.Error:
                yield BrokenRow("引号不成对或单元格内容过长", f"请检查文件第 {reader.line_num} 行附近的引号")
                continue
            if lines.skipped:
                lines.skipped = False
                yield BrokenRow("这一行超过 100 万字", "请检查换行与引号，或拆成几行")
            else:
                yield row


def _decodes(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    with path.open("rb") as file:
        try:
            first = True
            while block := file.read(_BLOCK):
                text = decoder.decode(block)
                if first and len(_UNLIKELY.findall(text[:_SAMPLE])) * 200 > len(text[:_SAMPLE]):
                    return False
                first = False
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True
