"""From a problem of visits to a plan: teams with leaders, stops by day, backups, what is not visited and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from matcher.domain.match import FindingKind
from matcher.plan import naming
from matcher.plan.program import Solved
from matcher.plan.result import Quality, Unchosen
from matcher.plan.scoring import unfit
from matcher.plan.solver import Solve
from matcher.plan.visit_backups import with_backups
from matcher.plan.visit_draft import At
from matcher.plan.visit_problem import Fit, VisitDemand, VisitProblem
from matcher.plan.visit_relaxing import visit_ways, why_missed
from matcher.plan.visit_result import Covered, Stop, Team, VisitPlan
from matcher.plan.visits import VisitModel, visit_model

_POINTS = 1_000


def plan_visits(problem: VisitProblem, solve: Solve) -> VisitPlan:
    """The best plan that keeps every rule; demands that find no place are named with the reason."""
    model = visit_model(problem)
    solved = solve(model.program)
    numbers = _team_numbers(model, solved)
    stops = with_backups(problem, _stops(problem, model, solved, numbers))
    teams = tuple(_teams(problem, model, solved, numbers, stops))
    missed = tuple(name for name, number in model.missed.items() if solved.values[number])
    quality = Quality(round(solved.objective / _POINTS), solved.proven, round(solved.gap, 6), solved.by_clock)
    why = tuple(why_missed(problem, choice) for choice in problem.steering.fixed if str(choice) in missed)
    ways = visit_ways(problem, missed, solve)
    return VisitPlan(stops, teams, tuple(_unvisited(problem, stops)), missed, quality, why, ways)


def _team_numbers(model: VisitModel, solved: Solved) -> dict[int, int]:
    """Teams that visit somebody, numbered from 1 by their first visit: which of equal teams it was leaves no trace."""
    first: dict[int, tuple[int, str]] = {}
    for (demand_id, team, day), number in model.at.items():
        if solved.values[number]:
            first[team] = min(first.get(team, (day, demand_id)), (day, demand_id))
    return {team: place for place, team in enumerate(sorted(first, key=lambda team: first[team]), start=1)}


def _stops(problem: VisitProblem, model: VisitModel, solved: Solved, numbers: Mapping[int, int]) -> list[Stop]:
    demands = {demand.demand_id: demand for demand in problem.demands}
    remote = {traveller.id for traveller in problem.travellers if traveller.remote}
    chosen = [at for at, number in model.at.items() if solved.values[number]]
    chosen.sort(key=lambda at: (at[2], numbers[at[1]], demands[at[0]].county, at[0]))
    fits = problem.usable()
    found: list[Stop] = []
    for at in chosen:
        demand = demands[at[0]]
        people = sorted(e for (d, e, _), number in model.attends.items() if d == at[0] and solved.values[number])
        found.append(
            Stop(
                demand_id=at[0],
                day=problem.days[at[2]],
                team=numbers[at[1]],
                order=1 + sum((stop.team, stop.day) == (numbers[at[1]], problem.days[at[2]]) for stop in found),
                place=demand.place,
                on_site=tuple(e for e in people if e not in remote),
                remote=tuple(e for e in people if e in remote),
                covered=_covered(model, solved, at, fits),
                doubts=tuple(_doubts(problem, at[0], people)),
            )
        )
    return found


def _doubts(problem: VisitProblem, demand_id: str, people: Sequence[str]) -> Iterator[str]:
    """Of whoever comes because a person said so and suits no need."""
    for id in people:
        best = max(f.fit for f in problem.fits if (f.demand_id, f.expert_id) == (demand_id, id))
        if best < problem.least_fit:
            yield f"{naming.expert(id)}由工作人员指定，{unfit(best, problem.least_fit)}"


def _covered(model: VisitModel, solved: Solved, at: At, fits: Sequence[Fit]) -> tuple[Covered, ...]:
    chosen = {key for key, number in model.answers.items() if solved.values[number] and key[0] == at[0]}
    return tuple(
        Covered(f.need_id, f.expert_id, f.fit) for f in fits if (f.demand_id, f.need_id, f.expert_id) in chosen
    )


def _teams(
    problem: VisitProblem, model: VisitModel, solved: Solved, numbers: Mapping[int, int], stops: Sequence[Stop]
) -> list[Team]:
    """Only who attends a stop travels; the leader has the highest standing, then the most stops."""
    standing = {traveller.id: traveller.standing for traveller in problem.travellers}
    found = []
    for team, number in sorted(numbers.items(), key=lambda pair: pair[1]):
        visits = [stop for stop in stops if stop.team == number]
        times = {e: sum(e in stop.on_site for stop in visits) for stop in visits for e in stop.on_site}
        order = sorted(times, key=lambda e: (-standing[e], -times[e], e))
        places = [(day, p) for (t, day, p), n in model.places.items() if t == team and solved.values[n]]
        days = tuple((problem.days[day], place) for day, place in sorted(places))
        found.append(Team(number, order[0], tuple(order[1:]), days))
    return found


def _unvisited(problem: VisitProblem, stops: Sequence[Stop]) -> list[Unchosen]:
    visited = {stop.demand_id for stop in stops}
    left = sorted((d for d in problem.demands if d.demand_id not in visited), key=lambda d: d.demand_id)
    usable = problem.usable()
    return [_why(problem, demand, [fit for fit in usable if fit.demand_id == demand.demand_id]) for demand in left]


def _why(problem: VisitProblem, demand: VisitDemand, usable: Sequence[Fit]) -> Unchosen:
    against = [finding for finding in demand.findings if finding.kind is not FindingKind.NOTE]
    if against:
        return Unchosen(demand.demand_id, against[0].message, against[0].ask)
    known = {fit.need_id for fit in usable}
    lacking = [need for need in demand.needs if need not in known]
    if lacking:
        return _nobody(problem, demand, lacking)
    people = {t.id: t for t in problem.travellers}
    able = [people[fit.expert_id] for fit in usable]
    for service in demand.services:
        if not any(service in person.services for person in able):
            return Unchosen(demand.demand_id, f"合适的专家都没有声明可提供“{service}”", "请征求专家意见")
    if all(person.remote for person in able):
        return Unchosen(demand.demand_id, "合适的专家只能线上参加，没有可到现场的人", "可单独安排线上对接")
    if not any(person.days and person.stops for person in able):
        return Unchosen(demand.demand_id, "合适的专家在这些天都没有时间，或本年度次数已满", "", usable[0].expert_id)
    return Unchosen(demand.demand_id, "天数、组数或专家的时间排不下", "可增加天数或组数", usable[0].expert_id)


def _nobody(problem: VisitProblem, demand: VisitDemand, lacking: Sequence[str]) -> Unchosen:
    what = "" if tuple(lacking) == (demand.demand_id,) else f"（{'、'.join(lacking)}）"
    waiting = [f for f in problem.fits if f.demand_id == demand.demand_id and f.need_id in lacking and not f.clear]
    if not waiting:
        if problem.narrowed:
            return Unchosen(demand.demand_id, f"选定的专家中没有匹配概率足够的{what}", "可增加专家，或不限定专家")
        return Unchosen(demand.demand_id, f"库中没有匹配概率足够的专家{what}", "请征集该方向的专家")
    best = min(waiting, key=lambda f: (any(x.forbids for x in f.findings), -f.fit, f.expert_id))
    messages = [f"{x.kind}：{x.message}" for x in best.findings if x.kind is not FindingKind.NOTE]
    asks = "；".join(dict.fromkeys(x.ask for x in best.findings if x.ask))
    return Unchosen(demand.demand_id, f"最合适的人选不能安排{what}（{'；'.join(messages)}）", asks, best.expert_id)
