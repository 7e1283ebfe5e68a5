"""Lines of JSON, one record each, streamed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from matcher.intake.cells import Cell
from matcher.intake.readers.delimited import bounded_lines, find_encoding
from matcher.intake.sheets import BrokenRow, Records

_LINE_LIMIT = 16 << 20
_ADVICE = "请检查这一行；每行应是一个完整的 {…} 记录"


def open_json_lines(path: Path) -> list[Records]:
    """Raises FileUnreadable when the encoding is unknown."""
    encoding = find_encoding(path)
    return [Records("", lambda: _records(path, encoding))]


def _records(path: Path, encoding: str) -> Iterator[Mapping[str, Cell] | BrokenRow | None]:
    with path.open(encoding=encoding, errors="replace") as file:
        for line in bounded_lines(file, _LINE_LIMIT):
            yield BrokenRow("这一行超过 1600 万字", _ADVICE) if line is None else _record(line)


def _record(line: str) -> Mapping[str, Cell] | BrokenRow | None:
    if not line.strip("\ufeff \t\r\n\x00"):
        return None
    try:
        record = json.loads(line)
    except RecursionError:
        return BrokenRow("嵌套层数过多", _ADVICE)
    except ValueError:
        return BrokenRow("不是有效的 JSON", _ADVICE)
    return record if isinstance(record, dict) else BrokenRow("不是 {…} 形式的记录", _ADVICE)
