"""What planners know of demands and experts today: rules, capacities and the ledger, read from the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import (
    EngagementKind,
    EngagementStatus,
    Purpose,
    ReviewStatus,
    ServiceKind,
    StationKind,
)
from matcher.plan.problem import TENTHS, Person, Site
from matcher.rank.rules import Case, check_demand, check_expert, unit_name
from matcher.rank.station_rules import capacity_left, check_agreement, check_enterprise, is_of
from matcher.reference.regions import Regions
from matcher.store.store import Store
from matcher.workflows.match import RuleSetting

_DONE = (EngagementStatus.SIGNED, EngagementStatus.RUNNING, EngagementStatus.COMPLETED)
_NOT_PRIOR = (EngagementStatus.PROPOSED, EngagementStatus.REVOKED)


def asks_station(demand: Demand) -> bool:
    return ServiceKind.STATION in demand.services or demand.station_kind is not None


def station_kinds(demand: Demand) -> tuple[StationKind, ...]:
    """The kinds that may be proposed: the stated one, else what the wish for an academician leaves open."""
    if demand.station_kind is not None:
        return (demand.station_kind,)
    if demand.academician_wanted is None:
        return tuple(StationKind)
    return (StationKind.ACADEMICIAN,) if demand.academician_wanted else (StationKind.EXPERT,)


@dataclass(frozen=True, slots=True)
class Facts:
    """One reading of the ledger and the demands that ask for a station.

    `kept` are demands of a plan that is looked at again: what the ledger says of their stations is the plan itself.
    """

    demands: tuple[Demand, ...]
    ledger: tuple[Engagement, ...]
    by_expert: Mapping[str, tuple[Engagement, ...]]
    rules: RuleSetting
    regions: Regions
    kept: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day for which rules and agreements are looked at."""
        return self.rules.today

    @property
    def planned(self) -> frozenset[str]:
        return frozenset(demand.id for demand in self.demands)

    def lines_of(self, expert_id: str) -> tuple[Engagement, ...]:
        return self.by_expert.get(expert_id, ())

    def site(self, demand: Demand) -> Site:
        firm = demand.enterprise
        code = firm.region_code[:4]
        region = self.regions.get(code) if len(code) == 4 else None
        return Site(
            demand_id=demand.id,
            title=demand.title,
            firm=firm.credit_code or unit_name(firm.name) or demand.id,
            kinds=station_kinds(demand),
            kind_stated=demand.station_kind is not None,
            region=code,
            region_name=region.name if region else firm.region_name,
            industry=firm.industry_code[:2],
            urgency=demand.urgency,
            has_rd_unit=bool(firm.rd_units),
            findings=self._about(demand),
        )

    def _about(self, demand: Demand) -> tuple[Finding, ...]:
        book, today = self.rules.book, self.rules.today
        mine = [line for line in self.ledger if line.kind.is_station and line.demand_id == demand.id]
        built = [line for line in mine if line.status in _DONE]
        if built and demand.id not in self.kept:
            return (Finding("built", FindingKind.FORBIDDEN, f"该需求已建站（台账 {built[0].id}）"),)
        others = [line for line in self.ledger if line.demand_id != demand.id and is_of(line, demand.enterprise)]
        found = (
            *check_demand(demand, Purpose.EXPERT_STATION, today, book, self.rules.home),
            *check_enterprise(demand, [line for line in others if not self._replanned(line)], today, book),
        )
        if demand.review is ReviewStatus.RETURNED:
            return (*found, Finding("demand_review", FindingKind.FORBIDDEN, "需求审核时被退回"))
        return found

    def person(self, expert: Expert) -> Person:
        lines = self.lines_of(expert.id)
        anew = [line for line in lines if self._replanned(line)]
        left = capacity_left(
            expert,
            [line for line in lines if not self._replanned(line)],
            sum(line.kind is EngagementKind.ACADEMICIAN_STATION for line in anew),
            self.rules.today,
            self.rules.book,
        )
        return Person(
            expert.id,
            expert.is_academician,
            left.academician_stations,
            int(left.months * TENTHS),
            expert.region_code.startswith(self.rules.home.code),
        )

    def findings(self, expert: Expert, demand: Demand, purpose: Purpose) -> tuple[Finding, ...]:
        """What the rules say of the pair; ranking says the same of those it lists. An agreement binds stations only."""
        case = Case(purpose, self.rules.today, demand, demand.services, self.lines_of(expert.id))
        agreement = self.agreement(expert.id, demand) if purpose.is_station else ()
        return (*check_expert(expert, case, self.rules.book), *agreement)

    def agreement(self, expert_id: str, demand: Demand) -> tuple[Finding, ...]:
        own = (x for x in self.lines_of(expert_id) if x.kind.is_station and x.demand_id == demand.id)
        return tuple(f for f in (check_agreement(line, self.rules.today, self.rules.book) for line in own) if f)

    def worked_together(self, expert_id: str, demand: Demand) -> bool:
        return any(
            line.status not in _NOT_PRIOR and is_of(line, demand.enterprise) for line in self.lines_of(expert_id)
        )

    def quota_left(self, quota: int, kind: StationKind, year: int) -> int:
        """The year's quota less the stations of the ledger that were signed in it."""
        signed = {
            line.demand_id or unit_name(line.unit)
            for line in self.ledger
            if line.kind.value == kind.value
            and line.status in _DONE
            and line.demand_id not in self.kept
            and line.agreement_start is not None
            and line.agreement_start.year == year
        }
        return max(0, quota - len(signed))

    def _replanned(self, line: Engagement) -> bool:
        """A proposal for a demand of this plan: the plan decides anew, so that it holds nobody's capacity."""
        return line.demand_id in self.kept or (
            line.status is EngagementStatus.PROPOSED and line.demand_id in self.planned
        )


def read_facts(store: Store, rules: RuleSetting, regions: Regions, also: Iterable[str] = ()) -> Facts:
    """`also`: demands of a plan that stay in it whatever they ask for now."""
    kept = frozenset(also)
    demands = tuple(d for d in store.demands.stream() if asks_station(d) or d.id in kept)
    ledger = tuple(store.ledger.stream())
    by_expert: dict[str, tuple[Engagement, ...]] = {}
    for line in ledger:
        by_expert[line.expert_id] = (*by_expert.get(line.expert_id, ()), line)
    return Facts(demands, ledger, by_expert, rules, regions, kept)
