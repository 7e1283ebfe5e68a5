"""What a cell may hold, and its plain text."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, time
from typing import TypeAlias

from matcher.text.normalise import meaningful, normalise

Cell: TypeAlias = object
"""str, int, float, bool, date, datetime, time, None; from jsonl also lists and dicts of these."""

_ESCAPES = re.compile(r"_x000[dD]_|\r\n?|[\v\f\u2028\u2029]")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]")
_HALVES = re.compile("[\ud800-\udfff]")


def cell_text(cell: Cell) -> str:
    """The cell as a person sees it: whole numbers without ".0", dates as ISO, line breaks as "\\n", trimmed."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return _clean(cell) if cell else ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e18 else repr(cell)
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, list | tuple):
        return "、".join(filter(None, map(cell_text, cell)))
    return _clean(str(cell))


def is_blank(cell: Cell) -> bool:
    """Empty, or nothing but blanks."""
    return cell is None or cell == [] or cell == {} or (isinstance(cell, str) and not cell.strip(" \t\r\n\u3000\ufeff"))


def plain(cell: Cell) -> str:
    """The text in half-width form (NFKC), for codes, numbers, dates and choices; "" for a placeholder.

    >>> plain("１９６２－０５"), plain("无"), plain(3.0)
    ('1962-05', '', '3')
    """
    return meaningful(normalise(cell_text(cell)))


def half_width(cell: Cell) -> str:
    """Half-width text where a placeholder counts as text: 无 answers a yes-or-no question."""
    return unicodedata.normalize("NFKC", cell_text(cell)).strip()


def _clean(text: str) -> str:
    if not text.isprintable():
        text = _HALVES.sub("\ufffd", _UNPRINTABLE.sub("", _ESCAPES.sub("\n", text)))
    return text.strip(" \t\r\n\u3000\xa0")
