"""Parsers of counts and of money, which the forms ask for in 万元."""

from __future__ import annotations

import re
from collections.abc import Iterable

from matcher.intake.cells import Cell, plain
from matcher.intake.parsed import Complaint, Parsed

_UNITS = {"亿": 10000.0, "千万": 1000.0, "百万": 100.0, "万": 1.0, "千": 0.1, "": 0.0001}
_NUMBER = r"-?\d[\d, ]*(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?:人民币|RMB|CNY|¥|￥)?\s*({_NUMBER})\s*(亿|千万|百万|万|千)?\s*(元|人民币|RMB|CNY)?", re.IGNORECASE
)
_HEDGE = re.compile(
    r"约为?|大约|大概|近|不超过|不少于|不低于|至少|超过|[<>≤≥]=?|左右|以上|以内|以下|余|多(?=万|亿|元|$)|[+]"
)
_RANGE = re.compile(
    rf"({_NUMBER})\s*(亿|千万|百万|万|千)?元?\s*[-~～—–至到]+\s*({_NUMBER})\s*(亿|千万|百万|万|千)?\s*(元)?"
)
_CHINESE_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_CHINESE_UNITS = {"十": 10, "百": 100, "千": 1000}
_CHINESE_NUMBER = re.compile(r"[零〇一二两三四五六七八九十百千]+")


class Money:
    """Reads an amount in 万元; `unit` is the one that the column's header names (万, 亿, "" for 元)."""

    def __init__(self, unit: str = "万") -> None:
        self._unit = unit

    def in_unit(self, unit: str) -> Money:
        return Money(unit)

    def __call__(self, cell: Cell) -> Parsed:
        """In 万元.

        >>> [Money()(text).value for text in ("1,234.5万元", "约300万", "3亿元", "500000元", "80", "五十万元")]
        [1234.5, 300.0, 30000.0, 50.0, 80.0, 50.0]
        """
        text = _HEDGE.sub("", _digits(plain(cell))).strip(" 。.;")
        if not text:
            return Parsed(None)
        if match := _RANGE.fullmatch(text):
            upper = self._amount(match[3], match[4] or match[2], match[5])
            return Parsed(
                upper, Complaint(f"“{plain(cell)}”是一个范围，按上限收录", "如需按别的数额计算，请改成一个数")
            )
        if match := _MONEY.fullmatch(text):
            return Parsed(self._amount(match[1], match[2], match[3]))
        return Parsed(None, Complaint(f"“{plain(cell)}”看不出金额", "请只写数字，单位为万元"))

    def _amount(self, number: str, unit: str | None, money: str | None) -> float:
        scale = _UNITS[unit or ""] if unit or money else _UNITS[self._unit]
        return round(_plain_number(number) * scale, 6)


class YearlyMoney:
    """Reads the figures of several years in 万元, as written, from one cell: "1000、1200、1500"."""

    def __init__(self, unit: str = "万") -> None:
        self._money = Money(unit)

    def in_unit(self, unit: str) -> YearlyMoney:
        return YearlyMoney(unit)

    def __call__(self, cell: Cell) -> Parsed:
        """A tuple of amounts in 万元.

        >>> YearlyMoney()("2013年：1000；2014年：1,200；2015年：1500万元").value
        (1000.0, 1200.0, 1500.0)
        """
        cells = cell if isinstance(cell, list | tuple) else _yearly_pieces(plain(cell))
        parsed = [self._money(piece) for piece in cells]
        amounts = tuple(part.value for part in parsed if part.value is not None)
        return Parsed(amounts, next((part.complaint for part in parsed if part.complaint), None))


def parse_count(cell: Cell) -> Parsed:
    """A whole number that is not negative.

    >>> parse_count("约120人").value, parse_count("3次/年").value, parse_count(12.0).value
    (120, 3, 12)
    """
    found = _quantity(cell)
    if isinstance(found.value, float):
        return Parsed(int(found.value)) if found.value.is_integer() else _no_number(cell, "请填写整数")
    return found


def parse_quantity(cell: Cell) -> Parsed:
    """A number that is not negative, such as months a year."""
    return _quantity(cell)


def header_unit(label: str) -> str | None:
    """The unit of money that a header names: "万", "亿", "" for 元, None where it names none."""
    found = re.search(r"(亿|千万|百万|万|千)?元", label)
    return (found[1] or "") if found else None


def _quantity(cell: Cell) -> Parsed:
    text = _HEDGE.sub("", _digits(plain(cell))).strip(" 。.;")
    if not text:
        return Parsed(None)
    match = re.fullmatch(rf"[^\d-]{{0,4}}({_NUMBER})\s*(万)?\s*[^\d]{{0,6}}", text)
    if match is None or _plain_number(match[1]) < 0:
        return _no_number(cell, "请只写一个不小于零的数")
    return Parsed(_plain_number(match[1]) * (10000.0 if match[2] else 1.0))


def _no_number(cell: Cell, advice: str) -> Parsed:
    return Parsed(None, Complaint(f"“{plain(cell)}”不是可用的数", advice))


def _plain_number(text: str) -> float:
    return float(re.sub(r"[, ]", "", text))


def _yearly_pieces(text: str) -> Iterable[str]:
    without_years = re.sub(r"(?:19|20)\d\d\s*年(?:度)?\s*[:为]?|(?<!\d)(?:19|20)\d\d\s*[:]", "|", text)
    pieces = re.split(r"[|、;；/\n]|,(?!\d{3}(?!\d))|\s{1,}(?=\d)", without_years)
    return [piece.strip(" ,") for piece in pieces if piece.strip(" ,")]


def _digits(text: str) -> str:
    """Chinese numerals become digits, so that 五十万元 and 三百万 can be read."""
    return (
        _CHINESE_NUMBER.sub(lambda match: str(_chinese_value(match[0])), text) if not re.search(r"\d", text) else text
    )


def _chinese_value(numeral: str) -> int:
    total, digit = 0, 0
    for char in numeral:
        if char in _CHINESE_UNITS:
            total += (digit or 1) * _CHINESE_UNITS[char]
            digit = 0
        else:
            digit = _CHINESE_DIGITS[char]
    return total + digit
