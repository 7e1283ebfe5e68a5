"""`VisitPlanner`: plans of visits from the database, and whether a kept one still holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import (
    EngagementKind,
    EngagementStatus,
    Purpose,
    ServiceKind,
    TitleLevel,
)
from matcher.errors import UsageError
from matcher.plan.availability import days_given
from matcher.plan.book import VisitBook
from matcher.plan.errors import ChoiceUnknown
from matcher.plan.problem import Steering
from matcher.plan.validator import Violation
from matcher.plan.visit_planner import plan_visits
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem
from matcher.plan.visit_result import Stop, VisitPlan
from matcher.plan.visit_validator import visit_violations
from matcher.rank.filters import ExpertFilter
from matcher.rank.rules import check_demand
from matcher.reference.regions import Regions
from matcher.workflows.index_build import Progress
from matcher.workflows.match import MatchRequest, RuleSetting, readings
from matcher.workflows.plan_facts import Facts, read_facts
from matcher.workflows.plan_ground import PlanGround

_STANDING = {TitleLevel.SENIOR: 3, TitleLevel.ASSOCIATE: 2, TitleLevel.INTERMEDIATE: 1}
_ACADEMICIAN = 4
# Ranked deeper than needed, so that open questions about the best do not leave a demand without candidates.
_DEPTH = 3
# More regions than a title names.
_NAMED = 3
_ASK_SERVICES = Finding("service_kind", FindingKind.UNKNOWN, "可服务方式未填", "请征求专家意见")


class RegionUnreadable(UsageError):
    def __init__(self, text: str) -> None:
        super().__init__(f"没有“{text}”这个市州或县区。请写成 延边、吉林市 或行政区划代码。")


class NothingToVisit(UsageError):
    def __init__(self, regions: Iterable[str]) -> None:
        super().__init__(f"{'、'.join(regions)}没有可走访的需求。请核对地区，或先导入并审核该地区的需求。")


@dataclass(frozen=True, slots=True)
class VisitRequest:
    """`regions` are codes (prefixes); `away` lists days on which an expert cannot come.

    Where given: only these `demands`, only those that wish one of `services`, only these `people`. `kept_days`: when
    the plan before visited whom.
    """

    regions: tuple[str, ...]
    start: date
    days: int
    demands: tuple[str, ...] = ()
    away: tuple[tuple[str, date], ...] = ()
    teams: int | None = None
    team_size: int | None = None
    steering: Steering = field(default_factory=Steering)
    services: tuple[ServiceKind, ...] = ()
    people: tuple[str, ...] = ()
    kept_days: tuple[tuple[str, date], ...] = ()


class VisitPlanner:
    def __init__(self, ground: PlanGround, book: VisitBook, minutes: tuple[tuple[str, str, int], ...]) -> None:
        self._ground = ground
        self._book = book
        self._minutes = minutes

    def plan(self, request: VisitRequest, progress: Progress | None = None) -> tuple[VisitProblem, VisitPlan]:
        """Raises NothingToVisit, ChoiceUnknown, PlanUnsolved."""
        problem = self.problem(request, progress)
        return problem, plan_visits(problem, self._ground.solve)

    def solved(self, problem: VisitProblem) -> VisitPlan:
        """The best plan of a problem, as `plan` finds it."""
        return plan_visits(problem, self._ground.solve)

    def problem(self, request: VisitRequest, progress: Progress | None = None) -> VisitProblem:
        """Approved demands of the regions with the best experts of each need; rules as on the first day."""
        demands = [demand for demand in self._ground.store.demands.stream() if self._asked(demand, request)]
        if not demands:
            raise NothingToVisit(self._name(code) for code in request.regions)
        fits: list[Fit] = []
        for done, demand in enumerate(demands, start=1):
            fits += self._fits(demand, request)
            if progress is not None:
                progress(done, len(demands))
        facts = read_facts(self._ground.store, self._ground.rules.on(request.start), self._ground.regions)
        return self._assembled(demands, fits, facts, request)

    def title(self, request: VisitRequest) -> str:
        """Of the plan, in lists and on paper."""
        names = [self._name(code) for code in request.regions]
        where = "、".join(names) if len(names) <= _NAMED else f"{names[0]}等 {len(names)} 个地区"
        return f"{where}走访计划（{request.start} 起 {request.days} 天）"

    def ways(self) -> dict[str, int]:
        """Minutes one way from home, by place."""
        home = self._book.home
        return {end if start == home else start: way for start, end, way in self._minutes if home in (start, end)}

    def still_holds(self, request: VisitRequest, plan: VisitPlan) -> tuple[Violation, ...]:
        """What stands against a kept plan today."""
        facts = read_facts(self._ground.store, self._ground.rules.on(request.start), self._ground.regions)
        demands = self._ground.store.demands.get_many([stop.demand_id for stop in plan.stops])
        self._ground.directory.follow()
        fits: list[Fit] = []
        for stop in plan.stops:
            demand = demands.get(stop.demand_id)
            for name, needs in _counted_on(stop) if demand else ():
                expert = self._ground.directory.experts([name]).get(name)
                found = facts.findings(expert, demand, Purpose.ENTERPRISE_VISIT) if expert and demand else ()
                fits += [Fit(stop.demand_id, need, name, 0, found) for need in needs]
        return visit_violations(self._assembled(list(demands.values()), fits, facts, request), plan)

    def _asked(self, demand: Demand, request: VisitRequest) -> bool:
        if request.demands and demand.id not in request.demands:
            return False
        if request.services and not set(request.services) & set(demand.services):
            return False
        return demand.enterprise.region_code.startswith(request.regions)

    def _name(self, code: str) -> str:
        region = self._ground.regions.get(code)
        return region.name if region else code

    def _fits(self, demand: Demand, request: VisitRequest) -> list[Fit]:
        among = ExpertFilter(people=frozenset(request.people))
        asked = MatchRequest(Purpose.ENTERPRISE_VISIT, self._book.candidates * _DEPTH, filters=among, day=request.start)
        found: list[Fit] = []
        for reading in readings(demand):
            ranked = self._ground.matchmaker.match(reading, asked, demand)
            likely = [c for c in ranked.experts if not self._ground.matchmaker.abstains_at(c.ranked.score)]
            fits = [
                Fit(demand.id, reading.id, c.ranked.expert_id, round(1000 * c.ranked.score), c.findings) for c in likely
            ]
            clear = [fit for fit in fits if fit.clear][: self._book.candidates]
            found += [*clear, *[fit for fit in fits if not fit.clear][:5]]
            known = {fit.expert_id for fit in found}
            for choice in request.steering.fixed:
                if choice.expert_id and choice.demand_id in ("", demand.id) and choice.expert_id not in known:
                    checked = self._ground.matchmaker.single(reading, choice.expert_id, asked, demand)
                    if checked is None:
                        raise ChoiceUnknown(f"指定的“{choice}”", f"专家 {choice.expert_id} 不在库中")
                    score = round(1000 * checked.ranked.score)
                    found.append(Fit(demand.id, reading.id, choice.expert_id, score, checked.findings))
        return found

    def _assembled(
        self, demands: Sequence[Demand], fits: Sequence[Fit], facts: Facts, request: VisitRequest
    ) -> VisitProblem:
        days = tuple(request.start + timedelta(number) for number in range(request.days))
        experts = self._ground.store.experts.get_many(dict.fromkeys(fit.expert_id for fit in fits), reveal=True)
        blank = {id for id, expert in experts.items() if not expert.services}
        shape = {"teams": request.teams, "team_size": request.team_size}
        return VisitProblem(
            demands=tuple(self._demand(demand, facts.rules) for demand in demands),
            travellers=tuple(self._traveller(e, facts.lines_of(e.id), days, request.away) for e in experts.values()),
            fits=tuple(replace(f, findings=(*f.findings, _ASK_SERVICES)) if f.expert_id in blank else f for f in fits),
            days=days,
            minutes=self._minutes,
            book=self._book.model_copy(update={name: value for name, value in shape.items() if value is not None}),
            steering=request.steering,
            narrowed=bool(request.people),
            kept_days=request.kept_days,
            least_fit=self._ground.least_fit,
        )

    def _demand(self, demand: Demand, rules: RuleSetting) -> VisitDemand:
        code = demand.enterprise.region_code
        findings = check_demand(demand, Purpose.ENTERPRISE_VISIT, rules.today, rules.book, rules.home)
        return VisitDemand(
            demand_id=demand.id,
            title=demand.title,
            place=code[:4],
            place_name=self._name(code[:4]),
            county=code,
            services=tuple(kind for kind in demand.services if kind is not ServiceKind.STATION),
            needs=tuple(reading.id for reading in readings(demand)),
            urgency=demand.urgency,
            findings=findings,
        )

    def _traveller(
        self, expert: Expert, lines: Sequence[Engagement], days: Sequence[date], away: Sequence[tuple[str, date]]
    ) -> Traveller:
        """The old go to fewer enterprises; who is overseas or ill joins by video."""
        given = days_given(expert.available, days)
        absent = {day for name, day in away if name == expert.id}
        free = tuple(n for n in (range(len(days)) if given is None else given) if days[n] not in absent)
        stops = self._book.care_stops if self._is_old(expert, days[0]) else self._book.stops
        if expert.yearly_limit is not None:
            stops = max(0, min(stops, expert.yearly_limit - _visits(lines, days[0].year)))
        standing = _STANDING[expert.title_level] if expert.title_level else 0
        return Traveller(
            expert.id,
            free,
            stops,
            expert.services,
            bool(expert.overseas) or bool(expert.private.health.strip()),
            _ACADEMICIAN if expert.is_academician else standing,
        )

    def _is_old(self, expert: Expert, day: date) -> bool:
        terms = self._ground.rules.book.age_care
        if expert.birth is None or not terms.applies(day):
            return False
        age = day.year - expert.birth.year - ((day.month, day.day) < (expert.birth.month, expert.birth.day))
        return age >= terms.age


def _counted_on(stop: Stop) -> Iterator[tuple[str, list[str]]]:
    """Everybody at the stop and every backup, with the needs answered, or those of whom the backup would stand for."""
    there = (*stop.on_site, *stop.remote)
    answers = {name: [one.need_id for one in stop.covered if one.expert_id == name] for name in there}
    for name in there:
        yield name, answers[name] or [stop.demand_id]
    for backup in stop.backups:
        needs = [need for gone in backup.instead_of or there for need in answers[gone]]
        yield backup.expert_id, needs or [stop.demand_id]


def _visits(lines: Sequence[Engagement], year: int) -> int:
    return sum(
        line.kind is EngagementKind.VISIT
        and line.status is not EngagementStatus.REVOKED
        and line.visit_date is not None
        and line.visit_date.year == year
        for line in lines
    )


def region_codes(texts: Sequence[str], regions: Regions) -> tuple[str, ...]:
    """Codes of the regions as typed. Raises RegionUnreadable."""
    found = []
    for text in texts:
        region = regions.find(text)
        if region is None or not region.code:
            raise RegionUnreadable(text)
        found.append(region.code)
    return tuple(found)
