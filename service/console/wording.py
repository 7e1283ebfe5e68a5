"""How values are written on pages: filters for templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from types import MappingProxyType

from matcher.beijing import day_in_beijing, in_beijing
from matcher.domain.match import in_percent
from matcher.plan.clusters import degree
from matcher.plan.problem import Choice, typed
from service.addresses import step
from service.console.reasons import carried, pieces, tone

_NOTHING = "—"


def moment(value: datetime | None) -> str:
    """In Beijing time, to the minute."""
    return f"{in_beijing(value):%Y-%m-%d %H:%M}" if value else _NOTHING


def instant(value: datetime) -> str:
    """In Beijing time, to the second, for records."""
    return f"{in_beijing(value):%Y-%m-%d %H:%M:%S}"


def day(value: date | None) -> str:
    """Of a moment, the day it is in Beijing."""
    if isinstance(value, datetime):
        value = day_in_beijing(value)
    return f"{value:%Y-%m-%d}" if value else _NOTHING


def count(value: int) -> str:
    return f"{value:,}"


def percent(value: float) -> str:
    """0.834 -> 83%."""
    return f"{value:.0%}"


def stated(value: object) -> object:
    """A dash where a form says nothing."""
    return _NOTHING if value is None or value == "" or value == () else value


def plain(value: object) -> str:
    """A stored value in a history: lists in one line, yes and no in words."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list | tuple):
        return "；".join(map(plain, value)) or _NOTHING
    if isinstance(value, dict):
        return "，".join(plain(one) for one in value.values() if one)
    return str(stated(value))


def choice(demand_id: str, expert_id: str) -> str:
    """A pair as the forms of plans send it."""
    return str(Choice(demand_id, expert_id))


FILTERS: Mapping[str, Callable[..., object]] = MappingProxyType(
    {
        "carried": carried,
        "choice": choice,
        "count": count,
        "day": day,
        "degree": degree,
        "instant": instant,
        "moment": moment,
        "percent": percent,
        "plain": plain,
        "pieces": pieces,
        "probability": in_percent,
        "stated": stated,
        "tone": tone,
        "urlencode": step,  # Jinja's own leaves a slash as it is
        "typed": typed,
    }
)
