"""Why a fixed choice cannot be held in a plan of visits, and each way out, with numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from matcher.domain.match import FindingKind
from matcher.plan import naming
from matcher.plan.errors import PlanUnsolved
from matcher.plan.problem import Choice, fixed_name
from matcher.plan.relaxable import CLUSTER, Giving, Relaxable
from matcher.plan.relaxing import Opened, Relaxation, common_words, smallest_sets
from matcher.plan.releasing import releases
from matcher.plan.solver import Solve
from matcher.plan.visit_loosened import loosened_visits
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visit_travel import HALF_HOUR
from matcher.plan.visits import VisitModel, visit_model
from matcher.rank.relief import never_relaxed

_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Known:
    problem: VisitProblem
    model: VisitModel
    found: Relaxation


def visit_ways(problem: VisitProblem, missed: Sequence[str], solve: Solve) -> tuple[str, ...]:
    """The plan stands without an explanation that the search does not find within its limits."""
    return tuple(_ways(problem, tuple(map(fixed_name, missed)), solve)) if missed else ()


def why_missed(problem: VisitProblem, choice: Choice) -> str:
    """What stands against a fixed choice: a rule, or that all together has no room."""
    fits = [
        fit
        for fit in problem.fits
        if choice.demand_id in ("", fit.demand_id) and choice.expert_id in ("", fit.expert_id)
    ]
    demand = next((one for one in problem.demands if one.demand_id == choice.demand_id), None)
    against = [*(demand.findings if demand else ()), *(finding for fit in fits for finding in fit.findings)]
    blocking = list(dict.fromkeys(f.message for f in against if f.kind is not FindingKind.NOTE))
    if not fits:
        return "不在本次走访的需求或候选专家中"
    usable = {(fit.demand_id, fit.expert_id) for fit in problem.usable()}
    if any((fit.demand_id, fit.expert_id) in usable for fit in fits):
        return "与天数、组数、每组人数、期望服务方式或专家的时间合在一起排不下"
    fast = "、".join(never_relaxed(against))
    return f"{'；'.join(blocking[:_SHOWN]) or '同时又被排除'}{f'。{fast}不能放宽，只能换人' if fast else ''}"


def _ways(problem: VisitProblem, missed: Sequence[str], solve: Solve) -> Iterator[str]:
    with suppress(PlanUnsolved):
        for known in _sets(problem, len(missed), missed, solve):
            yield known.found.in_words(list(_words(known)))
    # What was not fixed plays no part in what may be let go.
    model = visit_model(loosened_visits(problem).asked)
    with suppress(PlanUnsolved):
        for found in releases(model.program, _named(model), missed, solve):
            yield found.in_words([f"撤销“{naming.target(name)}”" for name in found.gone])


def _named(model: VisitModel) -> dict[str, int]:
    return {fixed_name(name): number for name, number in model.missed.items()}


def _sets(problem: VisitProblem, cost: int, missed: Sequence[str], solve: Solve) -> list[_Known]:
    """The smallest sets, of those with one place a trip and those without; what brings nothing is left out."""
    found = list(_opened(problem, missed, solve))
    if problem.book.one_cluster:
        apart = replace(problem, book=problem.book.model_copy(update={"one_cluster": False}))
        found += [_with_cluster(known) for known in _opened(apart, missed, solve)]
    useful = [known for known in found if known.found.cost < cost]
    least = min(((known.found.cost, len(known.found.steps)) for known in useful), default=None)
    return [known for known in useful if (known.found.cost, len(known.found.steps)) == least][:_SHOWN]


def _opened(problem: VisitProblem, missed: Sequence[str], solve: Solve) -> Iterator[_Known]:
    opened = loosened_visits(problem)
    model = visit_model(opened.problem, opened)
    for found in smallest_sets(Opened(model.program, model.slack, _named(model)), solve, missed):
        yield _Known(problem, model, found)


def _with_cluster(known: _Known) -> _Known:
    steps: dict[Relaxable, int] = {CLUSTER: 1, **known.found.steps}
    return replace(known, found=replace(known.found, steps=steps))


def _words(known: _Known) -> Iterator[str]:
    book, days = known.problem.book, len(known.problem.days)
    for rule, amount in known.found.steps.items():
        match rule.giving:
            case Giving.SERVICE:
                yield f"{naming.demand(rule.about)}期望的“{rule.what}”本次不安排"
            case Giving.CLUSTER:
                yield "放宽“一组一次只去一个市州”"
            case Giving.HOURS:
                yield f"每天由 {book.day_hours:g} 小时增至 {book.day_hours + amount * HALF_HOUR / 60:g} 小时"
            case Giving.STOPS:
                most = next(one.stops for one in known.problem.travellers if one.id == rule.about)
                yield f"{naming.expert(rule.about)}走访由 {most} 家增至 {most + amount} 家（须本人同意）"
            case Giving.AWAY:
                yield _another_day(known, rule.about)
            case Giving.TEAM_SIZE:
                yield f"每组由 {book.team_size} 人增至 {book.team_size + amount} 人"
            case Giving.DAYS:
                yield f"天数由 {days} 天增至 {days + amount} 天（新增日期须与专家约定）"
            case Giving.TEAMS:
                yield f"组数由 {book.teams} 组增至 {book.teams + amount} 组"
    yield from common_words(known.found.steps)


def _another_day(known: _Known, expert_id: str) -> str:
    """The days on which the person is needed and has not said to be free."""
    problem, values = known.problem, known.found.solved.values
    own = next(one.days for one in problem.travellers if one.id == expert_id)
    seen = {d for (d, e, _), number in known.model.attends.items() if e == expert_id and values[number]}
    needed = {day for (d, _, day), number in known.model.at.items() if d in seen and values[number]}
    days = "、".join(str(problem.days[day]) for day in sorted(needed - set(own)) if day < len(problem.days))
    free = "、".join(str(problem.days[day]) for day in own if day < len(problem.days)) or "无"
    return f"{naming.expert(expert_id)}另腾出 {days}（现可：{free}）"
