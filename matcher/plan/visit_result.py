"""A plan of visits as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.plan.result import Backup, Quality, Unchosen


@dataclass(frozen=True, slots=True)
class Covered:
    """Who answers a need."""

    need_id: str
    expert_id: str
    fit: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit: team `team`, the `order`-th enterprise of that day. `remote` experts join by video."""

    demand_id: str
    day: date
    team: int
    order: int
    place: str
    on_site: tuple[str, ...]
    remote: tuple[str, ...]
    covered: tuple[Covered, ...]
    backups: tuple[Backup, ...] = ()


@dataclass(frozen=True, slots=True)
class Team:
    """`days` away from home, those on the road included, with the place of each day."""

    number: int
    leader: str
    members: tuple[str, ...]
    days: tuple[tuple[date, str], ...]


@dataclass(frozen=True, slots=True)
class VisitPlan:
    stops: tuple[Stop, ...]
    teams: tuple[Team, ...]
    unvisited: tuple[Unchosen, ...]
    missed: tuple[str, ...]
    quality: Quality
