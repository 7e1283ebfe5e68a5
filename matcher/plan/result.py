"""A plan of stations as an answer: plain data that can be stored, shown, compared and checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.scoring import KEPT, Part


@dataclass(frozen=True, slots=True)
class Backup:
    """Somebody who may take the chief's place; at a visit that of any of `instead_of`, or of everybody where it is ().

    `fit` in thousandths of probability.
    """

    expert_id: str
    fit: int
    instead_of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Station:
    """`funding` in 万元; `parts` sum to the station's points; `backups` may each take the chief's place.

    `notes` are remarks of the rules (提示), `doubts` speak against the choice and want an answer.
    """

    demand_id: str
    expert_id: str
    kind: StationKind
    mode: StationMode
    funding: int
    fit: int
    rank: int
    parts: tuple[Part, ...]
    members: tuple[str, ...] = ()
    backups: tuple[Backup, ...] = ()
    need_id: str = ""
    kind_to_check: bool = False
    notes: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def to_check(self) -> tuple[str, ...]:
        """What has to be found out (待核) before the station is built."""
        kind = ("问卷只写了建站，类型须与企业核实",) if self.kind_to_check else ()
        return (*kind, *self.doubts)

    @property
    def points(self) -> int:
        return sum(part.points for part in self.parts)


@dataclass(frozen=True, slots=True)
class Unchosen:
    """A demand without a station: why, and what to ask so that it may have one. `expert_id`: whom `why` concerns."""

    demand_id: str
    why: str
    ask: str = ""
    expert_id: str = ""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A target that cannot be met with every rule kept: by how much, why, and each way out of all that is missed.

    `counted`: of whom there are how many, and why they may not.
    """

    target: str
    asked: int
    reached: int
    message: str
    ways_out: tuple[str, ...] = ()
    accepted: bool = False
    counted: str = ""

    @property
    def in_words(self) -> str:
        return f"{self.message}。{self.counted}" if self.counted else self.message


@dataclass(frozen=True, slots=True)
class Quality:
    """`points` as the solver counts them. `proven`: nothing better exists; else the best may be better by `gap`.

    `by_clock`: a busy machine ended the search; solving again may give another plan.
    """

    points: int
    proven: bool
    gap: float
    by_clock: bool = False

    def in_words(self) -> str:
        if self.proven:
            return "已是最好的安排"
        busy = "；机器繁忙，计算被时间上限打断，重新安排结果可能不同" if self.by_clock else ""
        return f"规定时间内得出，与最好的安排相差不超过 {self.gap:.2%}{busy}"


@dataclass(frozen=True, slots=True)
class StationPlan:
    stations: tuple[Station, ...]
    unchosen: tuple[Unchosen, ...]
    shortfalls: tuple[Shortfall, ...]
    quality: Quality

    @property
    def funding(self) -> int:
        return sum(station.funding for station in self.stations)

    @property
    def points(self) -> int:
        """What the plan is worth by itself, so that versions compare: without the points for staying as before."""
        parts = (part for station in self.stations for part in station.parts)
        return self.quality.points - sum(part.points for part in parts if part.name == KEPT)

    @property
    def open_shortfalls(self) -> tuple[Shortfall, ...]:
        """Those that nobody has accepted: the plan cannot be signed with them."""
        return tuple(one for one in self.shortfalls if not one.accepted)

    @property
    def ways_out(self) -> tuple[str, ...]:
        """Of the open shortfalls, each once."""
        return tuple(dict.fromkeys(way for one in self.open_shortfalls for way in one.ways_out))

    @property
    def sentences(self) -> Iterator[str]:
        """Everything in which numbers of people or demands are marked."""
        yield from (one.why for one in self.unchosen)
        for one in self.shortfalls:
            yield from (one.message, one.counted, *one.ways_out)

    def told(self, tell: Callable[[str], str]) -> StationPlan:
        """With every sentence as `tell` puts it."""
        missed = (
            replace(one, message=tell(one.message), counted=tell(one.counted), ways_out=tuple(map(tell, one.ways_out)))
            for one in self.shortfalls
        )
        unchosen = tuple(replace(one, why=tell(one.why)) for one in self.unchosen)
        return replace(self, unchosen=unchosen, shortfalls=tuple(missed))
