"""What a plan of stations is made from: plain frozen data, in which order and machine leave no trace."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import StationKind, StationMode, Urgency
from matcher.plan.book import StationBook

FIXED = "固定 "
MODE_TARGET = "（筹建方式）"
"""Behind the name of a fixed choice: its 筹建方式, a target by itself."""
TENTHS = 10
"""Months are counted in tenths, so that everything is a whole number."""


MARKS = r"\\:：=＝,，"
"""What parts choices where they are typed; in a number each stands behind a backslash."""


def typed(number: str) -> str:
    """The number of a demand or an expert as a part of a typed choice."""
    return re.sub(f"[{MARKS}]", r"\\\g<0>", number)


def is_clear(findings: tuple[Finding, ...]) -> bool:
    """Whether nothing forbids and nothing is unknown: the unknown blocks a plan (design decision 8)."""
    return all(finding.kind is FindingKind.NOTE for finding in findings)


@dataclass(frozen=True, slots=True)
class Site:
    """An approved or not yet approved demand that asks for a station.

    `kinds` may be built here; `kind_stated` is False where the form says 建站 only. `firm` tells enterprises apart,
    `region` and `industry` are the codes that balance counts by ("" counts for none).
    """

    demand_id: str
    title: str
    firm: str
    kinds: tuple[StationKind, ...]
    kind_stated: bool = True
    region: str = ""
    region_name: str = ""
    industry: str = ""
    urgency: Urgency | None = None
    has_rd_unit: bool = False
    findings: tuple[Finding, ...] = ()

    @property
    def clear(self) -> bool:
        return is_clear(self.findings)


@dataclass(frozen=True, slots=True)
class Person:
    """What an expert can still take on; `tenths` are tenths of months a year."""

    id: str
    academician: bool = False
    academician_slots: int = 0
    tenths: int = 0
    in_province: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """An expert as chief of a station: `fit` in thousandths of probability, `rank` in the demand's ranking."""

    demand_id: str
    expert_id: str
    kind: StationKind
    fit: int
    rank: int
    findings: tuple[Finding, ...] = ()
    prior: bool = False
    need_id: str = ""

    @property
    def clear(self) -> bool:
        return is_clear(self.findings)


@dataclass(frozen=True, slots=True)
class Helper:
    """Somebody who may join the team of a station; `colleagues` are experts with whom items are shared."""

    demand_id: str
    expert_id: str
    fit: int
    colleagues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person asks for: a demand, an expert, a pair; where given, the kind and the mode."""

    demand_id: str = ""
    expert_id: str = ""
    kind: StationKind | None = None
    mode: StationMode | None = None

    def __str__(self) -> str:
        """As `parse_choice` reads it."""
        demand_id, expert_id = map(typed, (self.demand_id, self.expert_id))
        who = f"{demand_id}:{expert_id}" if expert_id else demand_id
        return ":".join(str(part) for part in (who, self.kind, self.mode) if part)

    def fits(self, pair: Pair) -> bool:
        return (
            self.demand_id in ("", pair.demand_id)
            and self.expert_id in ("", pair.expert_id)
            and self.kind in (None, pair.kind)
        )


def fixed_name(choice: Choice | str) -> str:
    """The name under which a fixed choice is a target."""
    return f"{FIXED}{choice}"


@dataclass(frozen=True, slots=True)
class RegionFloor:
    """At least so many stations in a region (a code, matched as prefix)."""

    code: str
    name: str
    least: int

    def __str__(self) -> str:
        return f"{self.name}至少 {self.least} 站"


class QuotaTarget(StrEnum):
    """The year's quotas: ceilings always, and targets to be reached unless a person lets them go."""

    ACADEMICIAN = "院士专家工作站名额"
    EXPERT = "科技专家工作站名额"

    @property
    def kind(self) -> StationKind:
        return StationKind.ACADEMICIAN if self is QuotaTarget.ACADEMICIAN else StationKind.EXPERT


@dataclass(frozen=True, slots=True)
class Steering:
    """What people decided. `kept` pairs are liked for being in the plan before; `accepted` names targets let go."""

    fixed: tuple[Choice, ...] = ()
    forbidden: tuple[Choice, ...] = ()
    preferred: tuple[Choice, ...] = ()
    kept: tuple[Choice, ...] = ()
    floors: tuple[RegionFloor, ...] = ()
    accepted: tuple[str, ...] = ()

    def forbids(self, pair: Pair) -> bool:
        return any(choice.fits(pair) and choice.mode is None for choice in self.forbidden)

    def forbids_in(self, pair: Pair, mode: StationMode) -> bool:
        """Whether the pair is forbidden altogether or for this 筹建方式."""
        return any(choice.fits(pair) and choice.mode in (None, mode) for choice in self.forbidden)

    def accepts(self, target: str) -> bool:
        """Whether a person let the target go; that of a choice's 筹建方式 goes with the choice."""
        return target.removesuffix(MODE_TARGET) in self.accepted

    def accepted_names(self, typed: Iterable[str]) -> tuple[str, ...]:
        """Names of targets as the plan names them, however their blanks were typed."""
        named = [*QuotaTarget, *map(str, self.floors), *map(fixed_name, self.fixed)]
        known = {name.replace(" ", ""): str(name) for name in named}
        return tuple(known.get(text.replace(" ", ""), text) for text in typed)

    def forbids_mode(self, demand_id: str, kind: StationKind, mode: StationMode) -> bool:
        return any(
            choice.mode is mode
            and not choice.expert_id
            and choice.demand_id in ("", demand_id)
            and choice.kind in (None, kind)
            for choice in self.forbidden
        )


@dataclass(frozen=True, slots=True)
class StationProblem:
    """`quotas` are what is left of the year's; `budget` in 万元, None without a ceiling; `tenths_a_station` of months.

    Nobody below `least_fit` is planned as chief; as a backup such a person is better than none.
    """

    sites: tuple[Site, ...]
    people: tuple[Person, ...]
    pairs: tuple[Pair, ...]
    helpers: tuple[Helper, ...]
    quotas: tuple[tuple[StationKind, int], ...]
    budget: int | None
    tenths_a_station: int
    book: StationBook
    steering: Steering = field(default_factory=Steering)
    least_fit: int = 0

    def quota(self, kind: StationKind) -> int:
        return dict(self.quotas).get(kind, 0)

    def usable(self) -> tuple[Pair, ...]:
        """Possible chiefs: the allowed who fit well enough, or whom a person fixed."""
        fixed = self.steering.fixed
        return tuple(
            pair
            for pair in self.allowed()
            if pair.fit >= self.least_fit or any(choice.expert_id and choice.fits(pair) for choice in fixed)
        )

    def allowed(self) -> tuple[Pair, ...]:
        """Pairs that no rule and no person stands against, in one order whatever the input's was."""
        clear = {site.demand_id: site.kinds for site in self.sites if site.clear}
        found = (pair for pair in self.pairs if pair.clear and pair.kind in clear.get(pair.demand_id, ()))
        return tuple(sorted((pair for pair in found if not self.steering.forbids(pair)), key=_order))

    def modes(self, site: Site, kind: StationKind) -> tuple[StationMode, ...]:
        """筹建方式 open to the enterprise, in the order of the vocabulary."""
        return tuple(
            mode
            for mode in StationMode
            if mode in self.book.modes
            and (site.has_rd_unit or not self.book.modes[mode].needs_rd_unit)
            and not self.steering.forbids_mode(site.demand_id, kind, mode)
        )


def _order(pair: Pair) -> tuple[str, str, int, str]:
    return (pair.demand_id, pair.kind, pair.rank, pair.expert_id)
