"""What else people could let go instead of what the plan misses, every rule kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.plan.problem import QuotaTarget, StationProblem
from matcher.plan.program import Draft, Solved
from matcher.plan.solver import Solve
from matcher.plan.stations import StationModel

_SHOWN = 3


def missed_targets(model: StationModel, solved: Solved) -> dict[str, int]:
    """By how much each target is missed; met ones are left out."""
    return {name: solved.values[gap] for name, gap in model.gaps.items() if solved.values[gap]}


def releases(problem: StationProblem, model: StationModel, missed: Mapping[str, int], solve: Solve) -> Iterator[str]:
    """Other sets of targets, as many as are missed, that may be missed in their place: those that change the least."""
    draft = Draft(list(model.program.bounds), list(model.program.rows))
    found, again = dict(missed), draft.variable()
    changed, least = [(-1, number) for name, number in model.missed.items() if name not in missed], 0
    for _ in range(_SHOWN):
        draft.require([*((1, model.missed[name]) for name in found), (-1, again)], high=len(found) - 1)
        solved = solve(draft.finish([(-1, again)], model.program.objectives[0], changed))
        found = missed_targets(model, solved)
        if solved.values[again] or len(found) > len(missed):
            return
        new = {name: gap for name, gap in found.items() if name not in missed or gap > missed[name]}
        least = least or len(new)
        if len(new) > least:
            return
        met = [name for name in missed if name not in found]
        yield f"{'、'.join(_let_go(problem, *one) for one in new.items())}，则“{'”“'.join(met)}”可以满足"


def _let_go(problem: StationProblem, name: str, gap: int) -> str:
    target = next((target for target in QuotaTarget if target == name), None)
    if target is not None:
        return f"{target}由 {problem.quota(target.kind)} 减为 {problem.quota(target.kind) - gap}"
    floor = next((floor for floor in problem.steering.floors if str(floor) == name), None)
    return f"“{floor}”减为 {floor.least - gap} 站" if floor else f"撤销“{name}”"
