"""The one door to the solver (OR-Tools CP-SAT). One program, one answer: fixed seed, one worker, counted work."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from matcher.plan.errors import PlanUnsolved, ProgramContradictory
from matcher.plan.fractions import relaxed
from matcher.plan.program import Limits, Program, Row, Solved, Term, worth

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

_SEED = 20160501
_USUAL = Limits()
# Variables from which on the relaxation comes first, and the gap that leaves nothing to search for.
_LARGE, _SETTLED = 20_000, 1e-6
_FREE = (-(2**53), 2**53)

Solve: TypeAlias = Callable[[Program], Solved]


def solve(program: Program, limits: Limits = _USUAL) -> Solved:
    """The best answer found within the limits. Raises PlanUnsolved, ProgramContradictory."""
    # Its import takes 0.7 s, which no other command should pay.
    from ortools.sat.python import cp_model

    model = cp_model.CpModel()
    variables = [model.new_int_var(low, high, "") for low, high in program.bounds]
    for row in program.rows:
        low, high = _FREE[0] if row.low is None else row.low, _FREE[1] if row.high is None else row.high
        model.add_linear_constraint(_sum(variables, row.terms), low, high)
    known: tuple[int, ...] | None = program.hint if program.hint_holds else None
    proven, by_clock, held = True, False, list[Row]()
    solved = Solved((), 0, 0, True)
    for terms in program.objectives or ((),):
        first = None if known is None else Solved(known, worth(terms, known), program.ceiling(terms), False)
        if first is not None and first.objective == first.bound:
            solved = replace(first, proven=True)
        else:
            search = partial(_best, model, variables, terms, limits=limits)
            solved = _sought(program, held, terms, first, search)
        known, proven, by_clock = solved.values, proven and solved.proven, by_clock or solved.by_clock
        model.add_linear_constraint(_sum(variables, terms), solved.objective, _FREE[1])
        held.append(Row(tuple(terms), solved.objective, None))
    return replace(solved, proven=proven, by_clock=by_clock)


def _sought(
    program: Program,
    held: Sequence[Row],
    terms: Sequence[Term],
    first: Solved | None,
    search: Callable[[Sequence[int]], Solved | None],
) -> Solved:
    """By search, and by the relaxation where that comes to no end; large programs the other way round."""
    large = len(program.bounds) >= _LARGE
    if large and first is not None:
        first = _with_fractions(program, held, terms, first)
        if first.gap <= _SETTLED:
            return first
    solved = search(program.hint if first is None else first.values) or _known(first)
    return solved if solved.proven or large else _with_fractions(program, held, terms, solved)


def _with_fractions(program: Program, held: Sequence[Row], terms: Sequence[Term], solved: Solved) -> Solved:
    """What the relaxation finds where the search came to no end, if it is better; and its bound."""
    found = relaxed(program, held, terms)
    if found is None:
        return solved
    better = bool(found.values) and worth(terms, found.values) > solved.objective
    values = found.values if better else solved.values
    reached, bound = worth(terms, values), min(solved.bound, found.bound)
    return replace(solved, values=values, objective=reached, bound=bound, proven=reached == bound)


def _known(first: Solved | None) -> Solved:
    """The answer to begin with, where the search found none. Raises PlanUnsolved."""
    if first is None:
        raise PlanUnsolved
    return first


def _best(
    model: cp_model.CpModel,
    variables: Sequence[cp_model.IntVar],
    terms: Sequence[Term],
    hint: Sequence[int],
    *,
    limits: Limits,
) -> Solved | None:
    """None: nothing was found within the limits."""
    from ortools.sat.python import cp_model

    model.maximize(_sum(variables, terms))
    model.clear_hints()  # type: ignore[no-untyped-call]
    for variable, value in zip(variables, hint, strict=False):
        model.add_hint(variable, value)
    solver = cp_model.CpSolver()
    solver.parameters.random_seed = _SEED
    solver.parameters.num_workers = 1
    # More cuts: on visits the proven gap halves for the same work.
    solver.parameters.linearization_level = 2
    solver.parameters.max_deterministic_time = limits.work
    solver.parameters.max_time_in_seconds = limits.seconds
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        raise ProgramContradictory
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    values = tuple(solver.value(variable) for variable in variables)
    reached = worth(terms, values)
    bound = reached if status == cp_model.OPTIMAL else int(solver.best_objective_bound)
    proven = status == cp_model.OPTIMAL
    return Solved(values, reached, bound, proven, not proven and solver.wall_time >= limits.seconds)


def _sum(variables: Sequence[cp_model.IntVar], terms: Sequence[Term]) -> cp_model.LinearExprT:
    from ortools.sat.python import cp_model

    return cp_model.LinearExpr.weighted_sum(
        [variables[number] for _, number in terms], [coefficient for coefficient, _ in terms]
    )
