"""Days and hours as people in China read them, whatever zone the machine is set to: servers often keep UTC.

The store keeps UTC; what is shown, and every "today" that a rule or a form asks for, is Beijing time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "北京时间")


def in_beijing(at: datetime) -> datetime:
    """The same moment on a clock in Beijing; `at` knows its zone."""
    return at.astimezone(BEIJING)


def day_in_beijing(at: datetime) -> date:
    """
    >>> day_in_beijing(datetime(2026, 12, 31, 16, 30, tzinfo=UTC))
    datetime.date(2027, 1, 1)
    """
    return in_beijing(at).date()


def today() -> date:
    return day_in_beijing(datetime.now(UTC))
