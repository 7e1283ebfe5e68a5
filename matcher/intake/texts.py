"""Parsers of free text, names and record numbers."""

from __future__ import annotations

import re
import unicodedata

from matcher.intake.cells import Cell, cell_text, plain
from matcher.intake.parsed import Complaint, Parsed
from matcher.text.normalise import meaningful

_BETWEEN_CJK = re.compile(r"(?<=[\u3400-\u9fff])[ \u3000]+(?=[\u3400-\u9fff])")
_MIDDLE_DOTS = re.compile(r"[•‧∙・．·]")
_ID_LIMIT = 100
# In an address it names the empty form.
_EMPTY_FORM = "new"


def parse_text(cell: Cell) -> Parsed:
    """Free text as written; "" for a placeholder such as 无 or 未提供。"""
    text = cell_text(cell)
    return Parsed(text if text and (len(text) > 12 or meaningful(text)) else "")


def parse_name(cell: Cell) -> Parsed:
    """A person's name; blanks between Chinese characters and kinds of middle dots do not count.

    >>> parse_name("张　 三").value, parse_name("John  Smith").value
    ('张三', 'John Smith')
    """
    text = _MIDDLE_DOTS.sub("·", cell_text(cell))
    name = _BETWEEN_CJK.sub("", plain(text)).replace("\n", " ")
    return Parsed(_MIDDLE_DOTS.sub("·", re.sub(r" {2,}", " ", name)))


def parse_record_number(cell: Cell) -> Parsed:
    """编号: half-width, without blanks; a number read as 12.0 becomes "12".

    >>> parse_record_number("Ｅ００１ ").value, parse_record_number(12.0).value
    ('E001', '12')
    """
    number = re.sub(r"\s+", "", unicodedata.normalize("NFKC", plain(cell)))
    if len(number) > _ID_LIMIT:
        return Parsed("", Complaint(f"编号过长（{len(number)} 个字符）", f"请填写不超过 {_ID_LIMIT} 个字符的编号"))
    if number == _EMPTY_FORM:
        return Parsed("", Complaint(f"“{number}”不能作编号", "请用数字、字母或汉字编号，可以带斜线、连字符等符号"))
    return Parsed(number)


def limited_text(limit: int) -> LimitedText:
    """A parser of text for which the form sets a length."""
    return LimitedText(limit)


class LimitedText:
    """Keeps longer text whole and says so."""

    def __init__(self, limit: int) -> None:
        self._limit = limit

    def __call__(self, cell: Cell) -> Parsed:
        text = parse_text(cell).value
        length = len(str(text))
        if length <= self._limit:
            return Parsed(text)
        return Parsed(text, Complaint(f"有 {length} 字，超过表格规定的 {self._limit} 字", "已全文收录；上报时请压缩"))
