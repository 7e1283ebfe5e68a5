"""A problem of visits out of which everything was taken that may give way, and what that was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from matcher.plan.problem import Choice
from matcher.plan.relaxable import Relaxable, exclusion, what_gives, what_stays
from matcher.plan.visit_problem import Fit, VisitProblem

# So many days and teams more are tried.
MORE = 2


@dataclass(frozen=True, slots=True)
class LoosenedVisits:
    """`asked`: the problem without demands that no fixed choice concerns; `problem` has days and teams more than that.

    `days` and `teams` were asked for.
    `demands` and `pairs`: what stands against a demand, a demand and an expert, and may give way.
    """

    asked: VisitProblem
    problem: VisitProblem
    days: int
    teams: int
    demands: Mapping[str, tuple[Relaxable, ...]]
    pairs: Mapping[tuple[str, str], tuple[Relaxable, ...]]


def loosened_visits(problem: VisitProblem) -> LoosenedVisits:
    """Only demands that a fixed choice concerns; whoever comes is taken to be free on a day more."""
    fixed = problem.steering.fixed
    about = {c.demand_id for c in fixed if c.demand_id}
    about |= {f.demand_id for f in problem.fits if any(not c.demand_id and c.expert_id == f.expert_id for c in fixed)}
    days, teams = len(problem.days), problem.book.teams
    more = tuple(range(days, days + MORE))
    kept = tuple(demand for demand in problem.demands if demand.demand_id in about)
    fits = tuple(fit for fit in problem.fits if fit.demand_id in about)
    pairs: dict[tuple[str, str], tuple[Relaxable, ...]] = {}
    for fit in fits:
        key = (fit.demand_id, fit.expert_id)
        pairs[key] = tuple(dict.fromkeys((*pairs.get(key, ()), *_against(fit, problem.steering.forbidden))))
    free = replace(
        problem,
        demands=tuple(replace(demand, findings=what_stays(demand.findings)) for demand in kept),
        travellers=tuple(replace(one, days=(*one.days, *more)) for one in problem.travellers),
        fits=tuple(replace(fit, findings=what_stays(fit.findings)) for fit in fits),
        days=(*problem.days, *(problem.days[-1] + timedelta(number + 1) for number in range(MORE))),
        book=problem.book.model_copy(update={"teams": teams + MORE}),
        steering=replace(problem.steering, forbidden=()),
    )
    demands = {demand.demand_id: tuple(what_gives(demand.findings, demand.demand_id)) for demand in kept}
    asked = replace(problem, demands=kept, fits=fits)
    return LoosenedVisits(asked, free, days, teams, demands, pairs)


def _against(fit: Fit, forbidden: tuple[Choice, ...]) -> tuple[Relaxable, ...]:
    barred = (
        exclusion(choice)
        for choice in forbidden
        if choice.demand_id in ("", fit.demand_id) and choice.expert_id in ("", fit.expert_id)
    )
    return (*what_gives(fit.findings, fit.expert_id, fit.demand_id), *barred)
