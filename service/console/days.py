"""Days as people type them into forms, in every form that an import reads."""

from __future__ import annotations

from datetime import date

from matcher.intake.dates import parse_date


class DayUnreadable(ValueError):
    def __init__(self, text: str) -> None:
        super().__init__(f"“{text[:20]}”不是日期，请写成 2026-03-01 或 2026年3月1日")


def read_day(text: str) -> date | None:
    """None for an empty text. Raises DayUnreadable."""
    if not text.strip():
        return None
    found, complaint = parse_date(text)
    if complaint or not isinstance(found, date):
        raise DayUnreadable(text)
    return found
