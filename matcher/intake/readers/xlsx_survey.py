"""Surveys a sheet's XML in a stream before the reading library allocates a table as large as the sheet's bounds.

One stray cell in XFD1048576 would make that table 500 GB; so the bounds of the cells that hold something are found
first. On the way, formulas without a stored result and error values are noted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from matcher.intake.sheets import Position

_TAIL_LIMIT = 64 << 20
_REFERENCE = re.compile(rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*(?<!/)>""")
_ROW_END = b"row>"
_NO_RESULT = re.compile(
    rb"""<(?:\w+:)?c\b[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>\s*"""
    rb"""<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v\s*></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"""
)
_ERROR = re.compile(rb"""<(?:\w+:)?c\b(?=[^>]*\bt=["']e["'])[^>]*?\br=["']([A-Z]{1,3})(\d{1,7})["'][^>]*>""")
_FAULTS_KEPT = 10_000


@dataclass(slots=True)
class Survey:
    """Bounds (counted from 1) of the cells that are not empty, and cells without a usable value."""

    rows: int = 0
    columns: int = 0
    faults: dict[Position, str] = field(default_factory=dict)


class RowTooLong(Exception):
    """A row of the sheet has no end within the bytes allowed."""


def survey(pieces: Iterable[bytes]) -> Survey:
    """Raises RowTooLong."""
    found = Survey()
    for block in _whole_rows(pieces):
        if b"</c>" not in block and b":c>" not in block:
            continue  # nothing but empty cells with a format
        _bounds(block, found)
        if b"<f" in block or b":f" in block:
            _note(_NO_RESULT, block, "公式没有计算结果", found)
        if b't="e"' in block or b"t='e'" in block:
            _note(_ERROR, block, "公式出错（如 #REF!、#N/A）", found)
    return found


def column_number(letters: str) -> int:
    """Of a column's letters, from 1.

    >>> column_number("A"), column_number("AA"), column_number("XFD")
    (1, 27, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def column_letters(number: int) -> str:
    """The inverse of `column_number`."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    tail = b""
    for piece in pieces:
        tail += piece
        cut = tail.rfind(_ROW_END)
        if cut >= 0:
            yield tail[: cut + len(_ROW_END)]
            tail = tail[cut + len(_ROW_END) :]
        elif len(tail) > _TAIL_LIMIT:
            raise RowTooLong
    yield tail


def _bounds(block: bytes, found: Survey) -> None:
    """Searches only for cells beyond the bounds known so far, so that most blocks are scanned twice at C speed."""
    last = _last_cell(block)
    if last:
        found.rows = max(found.rows, int(last[2]))
        found.columns = max(found.columns, column_number(last[1].decode()))
    while match := _beyond_column(found.columns).search(block):
        found.columns = column_number(match[1].decode())
    while match := _beyond_row(found.rows).search(block):
        found.rows = int(match[1])


def _last_cell(block: bytes) -> re.Match[bytes] | None:
    start = max(block.rfind(b"</c>"), block.rfind(b":c>"))
    cells = list(_REFERENCE.finditer(block, max(0, start - 40_000), max(start, 0)))
    return cells[-1] if cells else None


def _beyond_column(column: int) -> re.Pattern[bytes]:
    letters = _greater(column_letters(column), "A", "Z", 3) if column else "[A-Z]{1,3}"
    return re.compile(rf"""<(?:\w+:)?c\b[^>]*?\br=["']({letters})\d{{1,7}}["'][^>]*(?<!/)>""".encode())


def _beyond_row(row: int) -> re.Pattern[bytes]:
    digits = _greater(str(row), "0", "9", 7) if row else r"\d{1,7}"
    return re.compile(rf"""<(?:\w+:)?c\b[^>]*?\br=["'][A-Z]{{1,3}}({digits})["'][^>]*(?<!/)>""".encode())


def _greater(text: str, first: str, last: str, longest: int) -> str:
    """A pattern of the words above `text`: longer ones, or of its length and later in order.

    >>> bool(re.fullmatch(_greater("Z", "A", "Z", 3), "AA")), bool(re.fullmatch(_greater("12", "0", "9", 7), "09"))
    (True, False)
    """
    word = f"[{first}-{last}]"
    options = [
        f"{text[:at]}[{chr(ord(char) + 1)}-{last}]{word}{{{len(text) - at - 1}}}"
        for at, char in enumerate(text)
        if char < last
    ]
    if len(text) < longest:
        options.insert(0, f"{word}{{{len(text) + 1},{longest}}}")
    return "|".join(options) or "(?!)"


def _note(pattern: re.Pattern[bytes], block: bytes, message: str, found: Survey) -> None:
    for match in pattern.finditer(block):
        if len(found.faults) >= _FAULTS_KEPT:
            return
        found.faults[int(match[2]) - 1, column_number(match[1].decode()) - 1] = message
