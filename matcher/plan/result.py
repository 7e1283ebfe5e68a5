"""A plan of stations as an answer: plain data that can be stored, shown, compared and checked."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.scoring import Part


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
    """`funding` in 万元; `parts` sum to the station's points; `backups` may each take the chief's place."""

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
    """A target that cannot be met with every rule kept: by how much, why, and each way out of all that is missed."""

    target: str
    asked: int
    reached: int
    message: str
    ways_out: tuple[str, ...] = ()
    accepted: bool = False


@dataclass(frozen=True, slots=True)
class Quality:
    """`proven`: nothing better exists; else the best may be better by the share `gap`.

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
    def open_shortfalls(self) -> tuple[Shortfall, ...]:
        """Those that nobody has accepted: the plan cannot be signed with them."""
        return tuple(one for one in self.shortfalls if not one.accepted)

    @property
    def ways_out(self) -> tuple[str, ...]:
        """Of the open shortfalls, each once."""
        return tuple(dict.fromkeys(way for one in self.open_shortfalls for way in one.ways_out))
