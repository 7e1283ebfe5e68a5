"""Which rules must give way so that a plan of stations holds everything demanded, in words."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass

from matcher.domain.vocabulary import StationKind
from matcher.plan import naming
from matcher.plan.problem import TENTHS, QuotaTarget, StationProblem
from matcher.plan.relaxable import Giving
from matcher.plan.relaxing import Opened, Relaxation, common_words, smallest_sets
from matcher.plan.solver import Solve
from matcher.plan.station_loosened import loosened
from matcher.plan.stations import StationModel, station_model


@dataclass(frozen=True, slots=True)
class _Known:
    problem: StationProblem
    model: StationModel
    found: Relaxation


def relaxed_stations(problem: StationProblem, solve: Solve, missed: Container[str] = ()) -> Iterator[Relaxation]:
    """The smallest sets; see `smallest_sets`."""
    return (known.found for known in _sets(problem, solve, missed))


def station_ways(problem: StationProblem, cost: int, solve: Solve, missed: Container[str]) -> Iterator[str]:
    """Those sets that bring something: less is missed than `cost` says."""
    for known in _sets(problem, solve, missed):
        if known.found.cost < cost:
            yield known.found.in_words(list(_words(known)))


def _sets(problem: StationProblem, solve: Solve, missed: Container[str]) -> Iterator[_Known]:
    opened = loosened(problem)
    model = station_model(opened.problem, opened)
    for found in smallest_sets(Opened(model.program, model.slack, model.missed), solve, missed):
        yield _Known(problem, model, found)


def _words(known: _Known) -> Iterator[str]:
    for rule, amount in known.found.steps.items():
        match rule.giving:
            case Giving.QUOTA:
                quota = known.problem.quota(QuotaTarget(rule.about).kind)
                yield f"{rule.about}由 {quota} 增至 {quota + amount}"
            case Giving.BUDGET:
                budget = known.problem.budget or 0
                yield f"预算由 {budget} 万元增至 {budget + amount} 万元"
            case Giving.MONTHS:
                yield _months(known, rule.about)
    yield from common_words(known.found.steps)


def _months(known: _Known, expert_id: str) -> str:
    """What is left of the year after the 院士专家工作站, shared among the others."""
    problem, values = known.problem, known.found.solved.values
    chosen = [pair for number, pair in known.model.chosen.items() if values[number] and pair.expert_id == expert_id]
    fast = sum(pair.kind is StationKind.ACADEMICIAN for pair in chosen) * problem.tenths_a_station
    tenths = next(person.tenths for person in problem.people if person.id == expert_id)
    each = (tenths - fast) // sum(pair.kind is StationKind.EXPERT for pair in chosen)
    need = problem.tenths_a_station * len(chosen) / TENTHS
    return (
        f"{naming.expert(expert_id)}任 {len(chosen)} 站按规定每年须驻站 {need:g} 个月，只余 {tenths / TENTHS:g} 个月："
        f"其科技专家工作站每站由 {problem.tenths_a_station / TENTHS:g} 个月减为 {each / TENTHS:g} 个月"
    )
