"""How values are written on pages: filters for templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

_NOTHING = "—"


def moment(value: datetime | None) -> str:
    """In the time of the server's place, to the minute."""
    return f"{value.astimezone():%Y-%m-%d %H:%M}" if value else _NOTHING


def day(value: date | None) -> str:
    return f"{value:%Y-%m-%d}" if value else _NOTHING


def count(value: int) -> str:
    return f"{value:,}"


def percent(value: float) -> str:
    """0.834 -> 83%."""
    return f"{value:.0%}"


def stated(value: object) -> object:
    """A dash where a form says nothing."""
    return _NOTHING if value is None or value == "" or value == () else value


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {"moment": moment, "day": day, "count": count, "percent": percent, "stated": stated}
)
