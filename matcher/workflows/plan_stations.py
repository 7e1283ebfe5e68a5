"""`StationPlanner`: plans of stations from the database, and whether a kept plan still holds today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import Purpose, StationKind
from matcher.plan.book import StationBook
from matcher.plan.errors import ChoiceUnknown
from matcher.plan.planner import plan_stations
from matcher.plan.problem import TENTHS, Helper, Pair, QuotaTarget, Site, StationProblem, is_clear
from matcher.plan.result import Station, StationPlan
from matcher.plan.validator import Violation, violations
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.index_build import Progress
from matcher.workflows.plan_candidates import CandidateFinder, Candidates, without_academicians
from matcher.workflows.plan_census import Census
from matcher.workflows.plan_documents import StationDocument, StationRequest
from matcher.workflows.plan_facts import Facts, read_facts
from matcher.workflows.plan_ground import PlanGround


class StationPlanner:
    def __init__(self, ground: PlanGround, book: StationBook) -> None:
        self._ground = ground
        self._book = book

    def plan(self, request: StationRequest, progress: Progress | None = None) -> tuple[StationProblem, StationPlan]:
        """The best plan today, with the problem it answers. Raises ChoiceUnknown, TargetUnknown, PlanUnsolved."""
        problem = self.problem(request, progress)
        return problem, self.solved(problem, request.year)

    def solved(self, problem: StationProblem, year: int) -> StationPlan:
        """The best plan of a problem, as `plan` finds it: for what-ifs on the same candidates."""
        plan = plan_stations(problem, self._ground.solve)
        if not any(one.target in list(QuotaTarget) for one in plan.shortfalls):
            return plan
        counted = Census(self._ground, year).of(problem)
        missed = (replace(one, counted=counted.get(one.target, "")) for one in plan.shortfalls)
        return replace(plan, shortfalls=tuple(missed))

    def problem(self, request: StationRequest, progress: Progress | None = None) -> StationProblem:
        """Demands that ask for a station, with candidates from the top of each ranking; rules as in the plan's year."""
        facts = read_facts(self._ground.store, self._ground.rules.in_year(request.year), self._ground.regions)
        _check_choices(request, facts, self._ground.directory)
        sites = [facts.site(demand) for demand in facts.demands]
        found = self._candidates(facts, sites, request, progress)
        return self._assembled(facts, sites, found, request)

    def still_holds(self, document: StationDocument) -> tuple[Violation, ...]:
        """What stands against a kept plan today: people gone or changed, demands withdrawn, capacity used up."""
        plan = document.plan
        rules = self._ground.rules.in_year(document.request.year)
        facts = read_facts(self._ground.store, rules, self._ground.regions, [s.demand_id for s in plan.stations])
        self._ground.directory.follow()
        demands = {demand.id: demand for demand in facts.demands}
        planned = [demands[s.demand_id] for s in plan.stations if s.demand_id in demands]
        kept = {s.demand_id: s.kind for s in plan.stations}
        sites = [_with_kind(facts.site(demand), kept[demand.id]) for demand in planned]
        found = Candidates(
            tuple(self._pairs_of(plan, demands, facts)),
            tuple(self._helpers_of(plan, demands, facts)),
        )
        return violations(self._assembled(facts, sites, found, document.request), plan)

    def _candidates(
        self, facts: Facts, sites: Sequence[Site], request: StationRequest, progress: Progress | None
    ) -> Candidates:
        finder = CandidateFinder(self._ground.matchmaker, facts, self._book.candidates)
        pairs: list[Pair] = []
        helpers: list[Helper] = []
        open_sites = {site.demand_id for site in sites if site.clear}
        asked = [demand for demand in facts.demands if demand.id in open_sites]
        for done, demand in enumerate(asked, start=1):
            found = finder.of_demand(demand, request.steering.fixed)
            pairs += found.pairs
            helpers += found.helpers
            if progress is not None:
                progress(done, len(asked))
        return Candidates(tuple(pairs), tuple(helpers))

    def _assembled(
        self, facts: Facts, sites: Iterable[Site], found: Candidates, request: StationRequest
    ) -> StationProblem:
        experts = self._ground.directory.experts(found.experts)
        quotas = {
            StationKind.ACADEMICIAN: _or(request.quota_academician, self._book.quota_academician),
            StationKind.EXPERT: _or(request.quota_expert, self._book.quota_expert),
        }
        months = self._ground.rules.book.months_on_site
        return StationProblem(
            sites=tuple(sites),
            people=tuple(facts.person(expert) for expert in experts.values()),
            pairs=found.pairs,
            helpers=without_academicians(found.helpers, experts),
            quotas=tuple((kind, facts.quota_left(quota, kind, request.year)) for kind, quota in quotas.items()),
            budget=self._book.budget if request.budget is None else request.budget,
            tenths_a_station=round(months.per_station * TENTHS) if months.applies(facts.day) else 0,
            book=self._book,
            steering=request.steering,
            least_fit=self._ground.least_fit,
        )

    def _pairs_of(self, plan: StationPlan, demands: dict[str, Demand], facts: Facts) -> Iterable[Pair]:
        experts = self._ground.directory.experts(
            name for station in plan.stations for name in _possible_chiefs(station)
        )
        for station in plan.stations:
            demand = demands.get(station.demand_id)
            for name in _possible_chiefs(station) if demand else ():
                expert, purpose = experts.get(name), Purpose(station.kind.value)
                findings = facts.findings(expert, demand, purpose) if expert and demand else self._gone(name)
                yield Pair(station.demand_id, name, station.kind, station.fit, station.rank, findings)

    def _helpers_of(self, plan: StationPlan, demands: dict[str, Demand], facts: Facts) -> Iterable[Helper]:
        experts = self._ground.directory.experts(name for station in plan.stations for name in station.members)
        for station in plan.stations:
            demand = demands.get(station.demand_id)
            for name in station.members if demand else ():
                expert: Expert | None = experts.get(name)
                if expert and demand and is_clear(facts.findings(expert, demand, Purpose.ENTERPRISE_VISIT)):
                    yield Helper(station.demand_id, name, 0)

    def _gone(self, expert_id: str) -> tuple[Finding, ...]:
        kept = self._ground.store.experts.merged_into([expert_id]).get(expert_id)
        why = f"专家已并入 {kept}" if kept else "专家已不在库中（本人要求删除或已移除）"
        return (Finding("person_available", FindingKind.FORBIDDEN, why),)


def _possible_chiefs(station: Station) -> tuple[str, ...]:
    return (station.expert_id, *(backup.expert_id for backup in station.backups))


def _with_kind(site: Site, kind: StationKind) -> Site:
    """A kind that the form leaves open stays allowed once it was planned and marked."""
    return site if site.kind_stated or kind in site.kinds else replace(site, kinds=(*site.kinds, kind))


def _or(given: int | None, default: int) -> int:
    return default if given is None else given


def _check_choices(request: StationRequest, facts: Facts, directory: ExpertDirectory) -> None:
    """Raises ChoiceUnknown for whatever is fixed, preferred or forbidden and does not exist."""
    steering = request.steering
    asked = (*steering.fixed, *steering.preferred, *steering.forbidden)
    known = directory.experts(choice.expert_id for choice in asked if choice.expert_id)
    for choice in asked:
        if choice.demand_id and choice.demand_id not in facts.planned:
            raise ChoiceUnknown(f"指定的“{choice}”", f"需求 {choice.demand_id} 不在库中，或没有申请建站")
        if choice.expert_id and choice.expert_id not in known:
            raise ChoiceUnknown(f"指定的“{choice}”", f"专家 {choice.expert_id} 不在库中")
