"""Parsers of dates, years and spans of them, in every common written form."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from matcher.beijing import today
from matcher.intake.cells import Cell, plain
from matcher.intake.parsed import Complaint, Parsed

_SERIAL_ORIGIN = date(1899, 12, 30)
_SERIALS = range(8000, 80000)
_FULL = re.compile(r"(\d{4})[-./年\s]+(\d{1,2})[-./月\s]+(\d{1,2})[日号]?(?:[T\s]+\d{1,2}[:时].*)?")
_MONTH = re.compile(r"(\d{4})[-./年\s]+(\d{1,2})月?(?:份)?")
_YEAR = re.compile(r"(\d{4})年?(?:度)?")
_SHORT = re.compile(r"(\d{2})[-./年\s]+(\d{1,2})(?:[-./月\s]+(\d{1,2})[日号]?|月)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_CHINESE = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九]?十[一二三四五六七八九]?")
_LOOSE = re.compile(r"\s+(?=[年月日号])|(?<=[年月])\s+")
_SPAN = re.compile(r"\s*(?:至|到|~|～|—+|–|－{1,2}|--|起止|起，?)\s*")
_FUTURE = 60
_FOUR_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
# Months, days and what joins two ends; a lone 年 of "明年" is not among them, one behind a year is.
_BETWEEN_YEARS = re.compile(
    r"\d{1,2}(?:[月日号]份?|[-./]|(?=\D|$))|年[度份]?|[\s.,，、;；/\\~～—–―－\-−至到起止始()（）:：及和与]|月[初底末]?|[初底末]"
)
_AS_SPAN = "请写成 2016-2018 的形式"


def parse_date(cell: Cell) -> Parsed:
    """A day; a month stands for its first day. Excel's serial numbers are read too.

    >>> [str(parse_date(text).value) for text in ("1962年5月", "196205", "1962/5/3", 22767.0)]
    ['1962-05-01', '1962-05-01', '1962-05-03', '1962-05-01']
    """
    if isinstance(cell, datetime):
        return Parsed(cell.date())
    if isinstance(cell, date):
        return Parsed(cell)
    text = _written(cell).strip(" 。.;,")
    if not text or text in ("长期", "至今"):
        return Parsed(None)
    if isinstance(cell, float) and re.fullmatch(r"\d{4}\.1", text):
        complaint = Complaint(f"“{text}”可能是 1 月，也可能是 10 月", f"请写成 {text[:4]}-01 或 {text[:4]}-10")
        return Parsed(_day(int(text[:4]), 1, 1), complaint)
    return _from_digits(text) or _from_parts(text) or _unreadable(plain(cell))


def parse_year(cell: Cell) -> Parsed:
    """A year of four digits, also out of a date.

    >>> parse_year("2016年").value, parse_year(2016.0).value, parse_year("2016-05").value
    (2016, 2016, 2016)
    """
    if isinstance(cell, date):
        return Parsed(cell.year)
    text = _written(cell)
    if not text:
        return Parsed(None)
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d{3})", text)
    if found:
        return Parsed(int(found[1]))
    short = re.fullmatch(r"'?(\d{2})年?", text)
    if short:
        year = _century(int(short[1]))
        return Parsed(year, Complaint(f"“{text}”只有两位年份，按 {year} 年收录", "请写四位年份"))
    return Parsed(None, Complaint(f"“{plain(cell)}”不是年份", "请写四位年份，例如 2016"))


def parse_year_span(cell: Cell) -> Parsed:
    """Start and end year, each None where not stated: "2016-2018", "2016年至2018年", "2016.01—2018.12".

    What else is written there, "明年底", was not taken.
    """
    text = _written(cell)
    years = [int(year) for year in _FOUR_DIGITS.findall(text)]
    if not text:
        return Parsed((None, None))
    if not years:
        return Parsed((None, None), Complaint(f"“{plain(cell)}”看不出起止年份，没有采用", _AS_SPAN))
    span = (years[0], years[-1] if len(years) > 1 else None)
    if not _BETWEEN_YEARS.sub("", _FOUR_DIGITS.sub("", text)):
        return Parsed(span)
    taken = f"{span[0]} 年至 {span[1]} 年" if span[1] else f"{span[0]} 年开始、没有结束年份"
    return Parsed(span, Complaint(f"“{plain(cell)}”没有全部看懂，按 {taken}收录", _AS_SPAN))


def parse_date_span(cell: Cell) -> Parsed:
    """First and last day; a last month or year counts to its end.

    >>> [str(day) for day in parse_date_span("2016年5月至2019年4月").value]
    ['2016-05-01', '2019-04-30']
    """
    if isinstance(cell, date):
        return Parsed((parse_date(cell).value, None))
    text = _written(cell)
    if not text:
        return Parsed((None, None))
    for first, last in _halves(text):
        start, end = parse_date(first), parse_date(last)
        if isinstance(start.value, date) and (isinstance(end.value, date) or last in ("", "长期", "至今")):
            return Parsed((start.value, _end_of(end.value, last)))
    return Parsed((None, None), Complaint(f"“{plain(cell)}”看不出起止日期", "请写成 2016-05-01 至 2019-04-30 的形式"))


def parse_last_day(cell: Cell) -> Parsed:
    """A day until which something holds: a month or a year counts to its end."""
    parsed = parse_date(cell)
    written = "" if isinstance(cell, date | float | int) else plain(cell)
    return Parsed(_end_of(parsed.value, written), parsed.complaint)


def _halves(text: str) -> list[tuple[str, str]]:
    pieces = [piece for piece in _SPAN.split(text) if piece]
    if len(pieces) == 2:
        return [(pieces[0], pieces[1])]
    cuts = [match.start() for match in re.finditer("-", text)]
    return [(text[:cut].strip(), text[cut + 1 :].strip()) for cut in cuts] + [(text.rstrip("-起 "), "")]


def _end_of(day: object, written: str) -> date | None:
    if not isinstance(day, date):
        return None
    text = _written(written)
    if _YEAR.fullmatch(text):
        return date(day.year, 12, 31)
    if _MONTH.fullmatch(text) or re.fullmatch(r"\d{6}", text):
        following = date(day.year + day.month // 12, day.month % 12 + 1, 1)
        return following - timedelta(days=1)
    return day


def _from_digits(text: str) -> Parsed | None:
    if not re.fullmatch(r"\d+(\.\d+)?", text) or _MONTH.fullmatch(text):
        return None
    whole = text.split(".")[0]
    if len(whole) == 8 and "." not in text:
        return _checked(text, int(whole[:4]), int(whole[4:6]), int(whole[6:]))
    if len(whole) == 6 and "." not in text:
        return _checked(text, int(whole[:4]), int(whole[4:]), 1)
    if len(whole) == 5 and int(whole) in _SERIALS:
        return Parsed(_SERIAL_ORIGIN + timedelta(days=int(whole)))
    if len(whole) == 4 and "." not in text:
        return _only_year(text)
    return None


def _from_parts(text: str) -> Parsed | None:
    if match := _FULL.fullmatch(text):
        return _checked(text, *map(int, match.groups()))
    if match := _MONTH.fullmatch(text):
        return _checked(text, int(match[1]), int(match[2]), 1)
    if match := _DAY_FIRST.fullmatch(text):
        return _checked(text, int(match[3]), *_month_and_day(int(match[1]), int(match[2])))
    if _YEAR.fullmatch(text):
        return _only_year(text)
    if match := _SHORT.fullmatch(text):
        return _short(text, int(match[1]), int(match[2]), int(match[3] or 1))
    return None


def _month_and_day(first: int, second: int) -> tuple[int, int]:
    return (second, first) if first > 12 else (first, second)


def _only_year(text: str) -> Parsed:
    parsed = _checked(text, int(text[:4]), 1, 1)
    return parsed if parsed.complaint else Parsed(parsed.value, Complaint(f"“{text}”只有年份", "请补上月份"))


def _short(text: str, year: int, month: int, day: int) -> Parsed:
    full = _century(year)
    parsed = _checked(text, full, month, day)
    complaint = Complaint(f"“{text}”只有两位年份，按 {full} 年收录", "请核对并写四位年份")
    return parsed if parsed.complaint else Parsed(parsed.value, complaint)


def _century(year: int) -> int:
    """Two digits are read as 1930 to 2029."""
    return 1900 + year if year >= 30 else 2000 + year


def _checked(text: str, year: int, month: int, day: int) -> Parsed:
    found = _day(year, month, day)
    if found is None or not 1850 <= year <= today().year + _FUTURE:
        return Parsed(None, Complaint(f"没有“{text}”这个日期", "请核对年、月、日"))
    return Parsed(found)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _unreadable(text: str) -> Parsed:
    return Parsed(None, Complaint(f"“{text}”看不出日期", "请写成 1962-05 或 1962-05-03 的形式"))


def _written(cell: Cell) -> str:
    """In Arabic digits, without the blanks that forms leave before 年, 月, 日."""
    text = plain(cell)
    if re.search("[〇○零一二三四五六七八九十]", text):
        text = _CHINESE_NUMBER.sub(_tens, text).translate(_CHINESE)
    return _LOOSE.sub("", text)


def _tens(match: re.Match[str]) -> str:
    tens, ones = match[0].split("十")
    return (tens.translate(_CHINESE) or "1") + (ones.translate(_CHINESE) or "0")
