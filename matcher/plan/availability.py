"""可服务时段 as people write it, against the days of a trip."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_WEEKDAYS = "一二三四五六日"
_ALWAYS = re.compile("不限|随时|全年|任何时间|均可|都可")
_WEEKEND = re.compile("周末|双休日|节假日")
_HOLIDAYS = re.compile("寒暑假|寒假|暑假")
_MONTHS = re.compile(r"(\d{1,2})月?\s*(?:[-—~～至到]\s*(\d{1,2}))?\s*月")
_WEEK = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])(?:\s*[-—~～至到]\s*(?:周|星期|礼拜)?([一二三四五六日天]))?")
# 寒假, 暑假 of universities, roughly.
_HOLIDAY_MONTHS = {1: "寒", 2: "寒", 7: "暑", 8: "暑"}


def days_given(text: str, days: Sequence[date]) -> tuple[int, ...] | None:
    """Numbers of the days on which somebody who wrote `text` can serve; None where it says nothing that is understood.

    >>> from datetime import date
    >>> days_given("周一、周三", [date(2026, 6, 1), date(2026, 6, 2), date(2026, 6, 3)])
    (0, 2)
    >>> days_given("提前联系", [date(2026, 6, 1)]) is None
    True
    """
    if _ALWAYS.search(text):
        return tuple(range(len(days)))
    months = {
        month for found in _MONTHS.finditer(text) for month in _span(int(found[1]), int(found[2] or found[1]), 12)
    }
    weekdays = {day for found in _WEEK.finditer(text) for day in _week_span(found[1], found[2] or found[1])}
    weekdays |= {5, 6} if _WEEKEND.search(text) else set()
    weekdays |= set(range(5)) if "工作日" in text else set()
    months |= {month for month, name in _HOLIDAY_MONTHS.items() if _HOLIDAYS.search(text) and name in text}
    if not months and not weekdays:
        return None
    return tuple(
        number
        for number, day in enumerate(days)
        if (not months or day.month in months) and (not weekdays or day.weekday() in weekdays)
    )


def _span(first: int, last: int, size: int) -> list[int]:
    """From first to last, over the year's end too."""
    if not (1 <= first <= size and 1 <= last <= size):
        return []
    return list(range(first, last + 1)) if first <= last else [*range(first, size + 1), *range(1, last + 1)]


def _week_span(first: str, last: str) -> list[int]:
    start, end = ("日" if day == "天" else day for day in (first, last))
    return [day - 1 for day in _span(_WEEKDAYS.index(start) + 1, _WEEKDAYS.index(end) + 1, 7)]
