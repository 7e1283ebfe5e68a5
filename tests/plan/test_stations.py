"""The model of stations against trying everything, the validator on every plan, hand-worked cases."""

from dataclasses import replace

from hypothesis import given, settings

from matcher.plan.fractions import relaxed
from matcher.plan.planner import plan_stations
from matcher.plan.problem import StationProblem
from matcher.plan.program import Limits, Row, worth
from matcher.plan.solver import solve
from matcher.plan.stations import station_model
from matcher.plan.validator import violations
from tests.plan.making import best_by_trying, problems


@settings(max_examples=60)
@given(problems())
def test_nothing_better_is_found_by_trying_everything(case: StationProblem) -> None:
    model = station_model(case)
    solved = solve(model.program)
    missed = sum(1000 + solved.values[gap] for gap in model.gaps.values() if solved.values[gap])
    plan = plan_stations(case, solve)
    assert (-missed, plan.quality.points) == best_by_trying(case)


@settings(max_examples=60)
@given(problems())
def test_every_plan_keeps_every_rule(case: StationProblem) -> None:
    plan = plan_stations(case, solve)
    assert violations(case, plan) == ()
    assert {s.demand_id for s in plan.stations} ^ {one.demand_id for one in plan.unchosen} == {
        site.demand_id for site in case.sites
    }


@settings(max_examples=60)
@given(problems())
def test_nothing_exceeds_the_bound_of_the_program_with_fractions(case: StationProblem) -> None:
    """Of both objectives, the first as good as can be; where its answer is whole, it is an answer."""
    program = station_model(case).program
    best = solve(program)
    missed = [worth(terms, best.values) for terms in program.objectives]
    held = [Row(program.objectives[0], missed[0], None)]
    for rows, terms, reached in zip(([], held), program.objectives, missed, strict=True):
        found = relaxed(program, rows, terms)
        assert found
        assert found.bound >= reached
        if found.values:
            assert replace(program, hint=found.values).hint_holds
            assert worth(terms, found.values) <= reached


@settings(max_examples=40)
@given(problems())
def test_there_is_a_plan_that_keeps_every_rule_without_any_search(case: StationProblem) -> None:
    plan = plan_stations(case, lambda program: solve(program, Limits(work=0)))
    assert violations(case, plan) == ()
    assert not plan.quality.by_clock


@settings(max_examples=20)
@given(problems())
def test_the_order_of_the_input_changes_nothing(case: StationProblem) -> None:
    turned = replace(case, sites=case.sites[::-1], people=case.people[::-1], pairs=case.pairs[::-1])
    assert plan_stations(turned, solve) == plan_stations(case, solve)
