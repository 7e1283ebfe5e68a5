"""What a plan of visits is made from: demands of a region, experts with the days they can give, travel times."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from matcher.domain.match import Finding
from matcher.domain.vocabulary import ServiceKind, Urgency
from matcher.plan.book import VisitBook
from matcher.plan.problem import Steering, is_clear


@dataclass(frozen=True, slots=True)
class VisitDemand:
    """`needs` are the confirmed needs, or the demand itself; each wants an expert. `place` is a 市州 code."""

    demand_id: str
    title: str
    place: str
    place_name: str
    county: str
    services: tuple[ServiceKind, ...]
    needs: tuple[str, ...]
    urgency: Urgency | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def clear(self) -> bool:
        return is_clear(self.findings)


@dataclass(frozen=True, slots=True)
class Traveller:
    """`days` are numbers of the trip's days that the person can give, `stops` how many enterprises in all.

    `remote`: takes part by video only. `standing` orders leaders, the highest first.
    """

    id: str
    days: tuple[int, ...]
    stops: int
    services: tuple[ServiceKind, ...]
    remote: bool = False
    standing: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How well an expert suits one need, in thousandths of probability."""

    demand_id: str
    need_id: str
    expert_id: str
    fit: int
    findings: tuple[Finding, ...] = ()

    @property
    def clear(self) -> bool:
        return is_clear(self.findings)


@dataclass(frozen=True, slots=True)
class VisitProblem:
    """`minutes` of travel between places both ways; what is not listed takes as long as the longest that is.

    `narrowed`: only experts named by whoever asks are travellers. `kept_days`: on which day the plan before visited
    a demand, which is liked. Who fits less than `least_fit` is there because a person said so.
    """

    demands: tuple[VisitDemand, ...]
    travellers: tuple[Traveller, ...]
    fits: tuple[Fit, ...]
    days: tuple[date, ...]
    minutes: tuple[tuple[str, str, int], ...]
    book: VisitBook
    steering: Steering = field(default_factory=Steering)
    narrowed: bool = False
    kept_days: tuple[tuple[str, date], ...] = ()
    least_fit: int = 0

    def usable(self) -> tuple[Fit, ...]:
        """Fits that no rule and no person stands against, in one order whatever the input's was."""
        clear = {demand.demand_id for demand in self.demands if demand.clear}
        known = {traveller.id for traveller in self.travellers}
        found = (f for f in self.fits if f.clear and f.demand_id in clear and f.expert_id in known)
        free = (fit for fit in found if not self._forbidden(fit))
        return tuple(sorted(free, key=lambda f: (f.demand_id, f.need_id, -f.fit, f.expert_id)))

    def travel(self, start: str, end: str) -> int:
        found = [m for a, b, m in self.minutes if (a, b) in ((start, end), (end, start))]
        return found[0] if found else max((m for _, _, m in self.minutes), default=0)

    def _forbidden(self, fit: Fit) -> bool:
        return any(
            choice.demand_id in ("", fit.demand_id) and choice.expert_id in ("", fit.expert_id)
            for choice in self.steering.forbidden
        )
