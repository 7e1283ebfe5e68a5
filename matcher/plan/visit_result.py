"""A plan of visits as an answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

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
    """`missed` are fixed choices that could not be held, `missed_why` why not, `ways_out` each way to hold them."""

    stops: tuple[Stop, ...]
    teams: tuple[Team, ...]
    unvisited: tuple[Unchosen, ...]
    missed: tuple[str, ...]
    quality: Quality
    missed_why: tuple[str, ...] = ()
    ways_out: tuple[str, ...] = ()

    @property
    def missed_words(self) -> tuple[str, ...]:
        """In sentences; a plan of an earlier release does not say why."""
        return tuple(f"指定的 {name} 没有安排{f'：{why}' if why else ''}" for name, why in self.missed_with_why)

    @property
    def missed_with_why(self) -> tuple[tuple[str, str], ...]:
        return tuple(zip_longest(self.missed, self.missed_why, fillvalue=""))
