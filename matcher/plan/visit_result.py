"""A plan of visits as an answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from matcher.plan import naming
from matcher.plan.result import Backup, Quality, Unchosen
from matcher.plan.steering import parse_choice


@dataclass(frozen=True, slots=True)
class Covered:
    """Who answers a need."""

    need_id: str
    expert_id: str
    fit: int


@dataclass(frozen=True, slots=True)
class Stop:
    """One visit: team `team`, the `order`-th enterprise of that day. `remote` experts join by video.

    `doubts` speak against a choice and want an answer (待核).
    """

    demand_id: str
    day: date
    team: int
    order: int
    place: str
    on_site: tuple[str, ...]
    remote: tuple[str, ...]
    covered: tuple[Covered, ...]
    backups: tuple[Backup, ...] = ()
    doubts: tuple[str, ...] = ()


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
        return tuple(
            f"指定的“{naming.chosen(parse_choice(name))}”没有安排{f'：{why}' if why else ''}"
            for name, why in self.missed_with_why
        )

    @property
    def missed_with_why(self) -> tuple[tuple[str, str], ...]:
        return tuple(zip_longest(self.missed, self.missed_why, fillvalue=""))

    @property
    def sentences(self) -> Iterator[str]:
        """Everything in which numbers of people or demands are marked."""
        yield from (one.why for one in self.unvisited)
        yield from (doubt for stop in self.stops for doubt in stop.doubts)
        yield from (*self.missed_words, *self.ways_out)

    def told(self, tell: Callable[[str], str]) -> VisitPlan:
        """With every sentence as `tell` puts it."""
        return replace(
            self,
            stops=tuple(replace(stop, doubts=tuple(map(tell, stop.doubts))) for stop in self.stops),
            unvisited=tuple(replace(one, why=tell(one.why)) for one in self.unvisited),
            missed_why=tuple(map(tell, self.missed_why)),
            ways_out=tuple(map(tell, self.ways_out)),
        )
