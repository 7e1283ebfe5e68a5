"""Checks a plan of stations against its problem, rule by rule. Shares no code with the model, the scores, the backups.

Whatever it finds is a fault of the planner, or of the world that changed since the plan was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from matcher.domain.match import FindingKind
from matcher.domain.vocabulary import StationKind
from matcher.plan import naming
from matcher.plan.problem import StationProblem
from matcher.plan.result import Station, StationPlan


@dataclass(frozen=True, slots=True)
class Violation:
    """`rule` names it, `message` says in Chinese what is wrong; numbers of experts and demands beside it."""

    rule: str
    message: str
    demand_id: str = ""
    expert_id: str = ""


def violations(problem: StationProblem, plan: StationPlan) -> tuple[Violation, ...]:
    """Everything that stands against the plan, its backups tried one by one."""
    found = [violation for check in _CHECKS for violation in check(problem, plan)]
    for station in plan.stations:
        mine = replace(problem, pairs=tuple(pair for pair in problem.pairs if pair.demand_id == station.demand_id))
        for backup in station.backups:
            found += _as_chief(mine, plan, station, backup.expert_id)
    return tuple(found)


def _as_chief(problem: StationProblem, plan: StationPlan, station: Station, backup: str) -> Iterator[Violation]:
    """What would be wrong if the backup took the chief's place, the rest of the plan given.

    What speaks against the backup as chief of another demand is no matter of stepping in here.
    """
    if backup == station.expert_id or backup in station.members:
        yield Violation("backup", "备选与首席或团队成员是同一人", station.demand_id, backup)
        return
    stepped_in = replace(station, expert_id=backup, backups=())
    others = tuple(stepped_in if one is station else replace(one, backups=()) for one in plan.stations)
    swapped = replace(plan, stations=others)
    for check in (_pairs, _people):
        for violation in check(problem, swapped):
            if violation.expert_id == backup and violation.demand_id in ("", station.demand_id):
                yield replace(violation, rule=f"backup:{violation.rule}", message=f"备选不能递补：{violation.message}")


def _pairs(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    """Every chief stands in the problem, and no rule or person speaks against the pair."""
    known = {(p.demand_id, p.expert_id, p.kind): p for p in problem.pairs}
    for station in plan.stations:
        pair = known.get((station.demand_id, station.expert_id, station.kind))
        if pair is None:
            yield Violation("pair", "首席不在该需求的候选人中", station.demand_id, station.expert_id)
            continue
        for finding in pair.findings:
            if finding.kind is not FindingKind.NOTE:
                yield Violation(finding.rule, finding.message, station.demand_id, station.expert_id)
        for choice in problem.steering.forbidden:
            named = choice.demand_id in ("", station.demand_id) and choice.expert_id in ("", station.expert_id)
            if named and choice.kind in (None, station.kind) and choice.mode in (None, station.mode):
                yield Violation(
                    "forbidden", f"工作人员已排除{naming.chosen(choice)}", station.demand_id, station.expert_id
                )


def _sites(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    sites = {site.demand_id: site for site in problem.sites}
    firms: dict[str, str] = {}
    for station in plan.stations:
        site = sites.get(station.demand_id)
        if site is None:
            yield Violation("site", "需求不在本次计划中", station.demand_id)
            continue
        for finding in site.findings:
            if finding.kind is not FindingKind.NOTE:
                yield Violation(finding.rule, finding.message, station.demand_id)
        if station.kind not in site.kinds:
            yield Violation("kind", f"企业申请的不是{station.kind}", station.demand_id)
        if site.firm in firms:
            yield Violation("firm", f"同一企业已为{naming.demand(firms[site.firm])}建站", station.demand_id)
        firms[site.firm] = station.demand_id


def _money(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    sites = {site.demand_id: site for site in problem.sites}
    spent = 0
    for station in plan.stations:
        terms = problem.book.modes.get(station.mode)
        if terms is None:
            yield Violation("mode", f"没有“{station.mode}”这种筹建方式", station.demand_id)
            continue
        academician = station.kind is StationKind.ACADEMICIAN
        right = terms.funding_academician if academician else terms.funding_expert
        site = sites.get(station.demand_id)
        if station.funding != right:
            yield Violation("funding", f"资助应为 {right} 万元", station.demand_id)
        if terms.needs_rd_unit and site is not None and not site.has_rd_unit:
            yield Violation("mode", f"企业没有研发机构，不能{station.mode}", station.demand_id)
        spent += station.funding
    if problem.budget is not None and spent > problem.budget:
        yield Violation("budget", f"资助共 {spent} 万元，超过预算 {problem.budget} 万元")


def _people(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    """Months and caps of everybody, chiefs and members together."""
    people = {person.id: person for person in problem.people}
    months: dict[str, float] = {}
    for station in plan.stations:
        chief = station.expert_id
        months[chief] = months.get(chief, 0) + problem.tenths_a_station / 10
        for member in station.members:
            months[member] = months.get(member, 0) + problem.book.member_months
    for name, used in months.items():
        left = people[name].tenths / 10 if name in people else 0
        if used > left + 1e-9:
            yield Violation("months_on_site", f"每年驻站需 {used:g} 个月，只余 {left:g} 个月", expert_id=name)
    chiefs = [station.expert_id for station in plan.stations if station.kind is StationKind.ACADEMICIAN]
    for name in sorted(set(chiefs)):
        person, count = people.get(name), chiefs.count(name)
        if person is None or not person.academician:
            yield Violation("academician_needed", "院士专家工作站首席不是院士", expert_id=name)
        elif count > person.academician_slots:
            message = f"本次任 {count} 个院士工作站，只可再任 {person.academician_slots} 个"
            yield Violation("academician_station_cap", message, expert_id=name)


def _teams(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    helpers = {(helper.demand_id, helper.expert_id) for helper in problem.helpers}
    joined = [member for station in plan.stations for member in station.members]
    for station in plan.stations:
        for member in station.members:
            if member == station.expert_id or (station.demand_id, member) not in helpers:
                yield Violation("member", "不能作该站团队成员", station.demand_id, member)
    for name in sorted(set(joined)):
        if joined.count(name) > problem.book.member_stations:
            yield Violation("member", f"参加了 {joined.count(name)} 个站的团队", expert_id=name)


def _targets(problem: StationProblem, plan: StationPlan) -> Iterator[Violation]:
    """Quotas are never exceeded, and whatever falls short of a target is said."""
    said = {one.target for one in plan.shortfalls}
    for kind, quota in problem.quotas:
        built = sum(station.kind is kind for station in plan.stations)
        if built > quota:
            yield Violation("quota", f"{kind}安排了 {built} 个，名额只有 {quota} 个")
        if built < quota and f"{kind}名额" not in said:
            yield Violation("quota", f"{kind}只安排了 {built} 个，名额 {quota} 个，计划中没有说明")
    regions = {site.demand_id: site.region for site in problem.sites}
    for floor in problem.steering.floors:
        inside = sum(regions.get(station.demand_id, "").startswith(floor.code) for station in plan.stations)
        if inside < floor.least and str(floor) not in said:
            yield Violation("floor", f"{floor}，实际 {inside} 站，计划中没有说明")
    for choice in problem.steering.fixed:
        met = any(
            choice.demand_id in ("", station.demand_id)
            and choice.expert_id in ("", station.expert_id)
            and choice.kind in (None, station.kind)
            and choice.mode in (None, station.mode)
            for station in plan.stations
        )
        if not met and not any(name.startswith(f"固定 {choice}") for name in said):
            yield Violation("fixed", f"指定的 {choice} 没有安排，计划中没有说明", choice.demand_id, choice.expert_id)


_CHECKS: tuple[Callable[[StationProblem, StationPlan], Iterator[Violation]], ...] = (
    _pairs,
    _sites,
    _money,
    _people,
    _teams,
    _targets,
)
