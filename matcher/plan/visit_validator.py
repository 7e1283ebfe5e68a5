"""Checks a plan of visits against its problem, rule by rule. Shares no code with the model and the backups."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from matcher.domain.match import FindingKind
from matcher.domain.vocabulary import ServiceKind
from matcher.plan import naming
from matcher.plan.validator import Violation
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visit_result import Stop, VisitPlan


def visit_violations(problem: VisitProblem, plan: VisitPlan) -> tuple[Violation, ...]:
    """Everything that stands against the plan, its backups tried one by one."""
    found = [violation for check in _CHECKS for violation in check(problem, plan)]
    for stop in plan.stops:
        for backup in stop.backups:
            for gone in backup.instead_of or (*stop.on_site, *stop.remote):
                found += _stepping_in(problem, plan, stop, gone, backup.expert_id)
    return tuple(found)


def _stepping_in(problem: VisitProblem, plan: VisitPlan, stop: Stop, gone: str, backup: str) -> Iterator[Violation]:
    """What would be wrong at the stop, and for the backup, if `gone` stayed at home and the backup came to the stop."""
    if backup in (*stop.on_site, *stop.remote) or gone not in (*stop.on_site, *stop.remote):
        yield Violation("backup", "备选本来就在场，或要替的人不在场", stop.demand_id, backup)
        return
    others = [_without(one, gone) for one in plan.stops if one is not stop]
    here = replace(
        _without(stop, gone),
        on_site=(*(name for name in stop.on_site if name != gone), backup),
        covered=tuple(replace(one, expert_id=backup) if one.expert_id == gone else one for one in stop.covered),
    )
    stepped_in = replace(plan, stops=(here, *others))
    for check in (_demands, _people, _services, _time):
        for violation in check(problem, stepped_in):
            mine = violation.expert_id in ("", backup) and violation.demand_id in ("", stop.demand_id)
            if mine:
                yield replace(violation, rule=f"backup:{violation.rule}", message=f"备选不能递补：{violation.message}")
    travelling = {name for one in stepped_in.stops if one.team == stop.team for name in one.on_site}
    if len(travelling) > problem.book.team_size:
        yield Violation("backup:team_size", "备选不能递补：该组人员过多", stop.demand_id, backup)


def _without(stop: Stop, gone: str) -> Stop:
    return replace(
        stop,
        on_site=tuple(name for name in stop.on_site if name != gone),
        remote=tuple(name for name in stop.remote if name != gone),
    )


def _demands(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    demands = {demand.demand_id: demand for demand in problem.demands}
    seen: set[str] = set()
    for stop in plan.stops:
        demand = demands.get(stop.demand_id)
        if demand is None or stop.demand_id in seen:
            yield Violation("demand", "需求不在本次走访中，或排了两次", stop.demand_id)
            continue
        seen.add(stop.demand_id)
        for finding in demand.findings:
            if finding.kind is not FindingKind.NOTE:
                yield Violation(finding.rule, finding.message, stop.demand_id)
        if stop.place != demand.place:
            yield Violation("place", "走访地点与企业所在地不符", stop.demand_id)
        for need in demand.needs:
            if need not in {one.need_id for one in stop.covered}:
                yield Violation("need", f"{need} 没有专家", stop.demand_id)


def _people(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    fits = {(f.demand_id, f.need_id, f.expert_id): f for f in problem.fits}
    for stop in plan.stops:
        there = {*stop.on_site, *stop.remote}
        for one in stop.covered:
            fit = fits.get((stop.demand_id, one.need_id, one.expert_id))
            if fit is None or one.expert_id not in there:
                yield Violation("pair", "专家不在该需求的候选人中，或没有参加", stop.demand_id, one.expert_id)
        for (demand_id, _, expert_id), fit in fits.items():
            for finding in fit.findings if demand_id == stop.demand_id and expert_id in there else ():
                if finding.kind is not FindingKind.NOTE:
                    yield Violation(finding.rule, finding.message, demand_id, expert_id)
        for choice in problem.steering.forbidden:
            for name in there:
                if choice.demand_id in ("", stop.demand_id) and choice.expert_id in ("", name):
                    yield Violation("forbidden", f"工作人员已排除{naming.chosen(choice)}", stop.demand_id, name)


def _services(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    people = {traveller.id: traveller for traveller in problem.travellers}
    asked = {demand.demand_id: demand.services for demand in problem.demands}
    for stop in plan.stops:
        if not stop.on_site:
            yield Violation("on_site", "没有专家到现场", stop.demand_id)
        for service in asked.get(stop.demand_id, ()):
            who = stop.on_site if service is ServiceKind.VISIT else (*stop.on_site, *stop.remote)
            if not any(name in people and service in people[name].services for name in who):
                yield Violation("service", f"没有专家可提供“{service}”", stop.demand_id)


def _time(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    people = {traveller.id: traveller for traveller in problem.travellers}
    for name in sorted({e for stop in plan.stops for e in (*stop.on_site, *stop.remote)}):
        person = people.get(name)
        mine = [stop for stop in plan.stops if name in (*stop.on_site, *stop.remote)]
        if person is None:
            yield Violation("person_available", "专家已不能参加", expert_id=name)
            continue
        if len(mine) > person.stops:
            yield Violation("stops", f"安排了 {len(mine)} 家，最多 {person.stops} 家", expert_id=name)
        if any(problem.days.index(stop.day) not in person.days for stop in mine):
            yield Violation("days", "有一天专家没有时间", expert_id=name)
        if person.remote and any(name in stop.on_site for stop in mine):
            yield Violation("remote", "只能线上参加，却排到现场", expert_id=name)
        if not person.remote and len({stop.team for stop in mine}) > 1:
            yield Violation("booked_twice", "同时排在两个组", expert_id=name)
        for day in {stop.day for stop in mine} if person.remote else ():
            if sum(stop.day == day for stop in mine) > problem.book.remote_a_day:
                yield Violation("booked_twice", f"{day} 线上参加的家数过多", expert_id=name)


def _teams(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    if len(plan.teams) > problem.book.teams:
        yield Violation("teams", f"分了 {len(plan.teams)} 组，最多 {problem.book.teams} 组")
    for team in plan.teams:
        there = {e for stop in plan.stops if stop.team == team.number for e in stop.on_site}
        if there != {team.leader, *team.members} or len(there) > problem.book.team_size:
            yield Violation("team_size", f"第 {team.number} 组的人员不对或过多")
        places = dict(team.days)
        if len(places) != len(team.days):
            yield Violation("booked_twice", f"第 {team.number} 组同一天在两地")
        if problem.book.one_cluster and len(set(places.values())) > 1:
            yield Violation("cluster", f"第 {team.number} 组去了几个市州")
        for stop in plan.stops:
            if stop.team == team.number and places.get(stop.day) != stop.place:
                yield Violation("place", f"第 {team.number} 组当天不在该地", stop.demand_id)


def _roads(problem: VisitProblem, plan: VisitPlan) -> Iterator[Violation]:
    """Hours of each team and day: visits, and the way from home or back where the team was not out the day before."""
    hours: dict[tuple[str, str], float] = {}
    for start, end, minutes in problem.minutes:
        hours[start, end] = hours[end, start] = minutes / 60
    longest, home, book = max(hours.values(), default=0.0), problem.book.home, problem.book
    for team in plan.teams:
        out = {problem.days.index(day): place for day, place in team.days}
        for day, place in out.items():
            spent = book.stop_hours * sum(
                stop.team == team.number and stop.day == problem.days[day] for stop in plan.stops
            )
            spent += hours.get((home, place), longest) * ((day - 1 not in out) + (day + 1 not in out))
            if spent > book.day_hours + 0.02:
                yield Violation("hours", f"第 {team.number} 组 {problem.days[day]} 需 {spent:.1f} 小时")
            before = out.get(day - 1, place)
            if before != place and hours.get((before, place), longest) > book.overnight_hours + 0.02:
                yield Violation("travel", f"第 {team.number} 组 {problem.days[day]} 来不及换地方")


_CHECKS: tuple[Callable[[VisitProblem, VisitPlan], Iterator[Violation]], ...] = (
    _demands,
    _people,
    _services,
    _time,
    _teams,
    _roads,
)
