"""Replacing and swapping people of visits, where several may go to one enterprise."""

import pytest

from matcher.plan.errors import ChoiceUnreadable
from matcher.plan.problem import Choice, Steering
from matcher.plan.solver import solve
from matcher.plan.steering import parse_swap
from matcher.plan.visit_planner import plan_visits
from matcher.plan.visit_steering import visitor_replaced, visitors_swapped, visits_joined
from matcher.plan.visit_validator import visit_violations
from tests.plan.visit_making import case, demand, fit, person

FITS = [fit(1, 1, 900), fit(1, 2, 500), fit(1, 3, 400), fit(2, 2, 900), fit(2, 1, 300), fit(2, 3, 200)]


def planned(**steering):
    problem = case([demand(1), demand(2)], [person(1), person(2), person(3)], FITS, **steering)
    plan = plan_visits(problem, solve)
    assert visit_violations(problem, plan) == ()
    return {stop.demand_id: stop.on_site for stop in plan.stops}


def steered(steering: Steering):
    return planned(fixed=steering.fixed, forbidden=steering.forbidden, preferred=steering.preferred)


def test_somebody_is_replaced_by_the_next_best_or_by_whom_is_named():
    assert planned() == {"D1": ("E1",), "D2": ("E2",)}
    assert steered(visitor_replaced(Steering(), "D1:E1")) == {"D1": ("E2",), "D2": ("E2",)}
    assert steered(visitor_replaced(Steering(), "D1:E1=E3")) == {"D1": ("E3",), "D2": ("E2",)}


def test_two_change_places():
    swap = parse_swap("D1:E1，D2:E2")
    assert steered(visitors_swapped(Steering(), *swap)) == {"D1": ("E2",), "D2": ("E1",)}


def test_replacing_one_of_two_leaves_the_other():
    both = Steering(fixed=(Choice("D1", "E1"), Choice("D1", "E2")))
    changed = visitor_replaced(both, "D1:E1=E3")
    assert changed.fixed == (Choice("D1", "E2"), Choice("D1", "E3"))
    assert steered(changed)["D1"] == ("E2", "E3")


def test_the_newer_word_holds():
    older = Steering(fixed=(Choice("D1", "E1"),), forbidden=(Choice("D2", "E1"),))
    newer = visits_joined(older, Steering(fixed=(Choice("D2", "E1"),), forbidden=(Choice("D1", "E1"),)))
    assert (newer.fixed, newer.forbidden) == ((Choice("D2", "E1"),), (Choice("D1", "E1"),))


def test_who_or_what_is_left_out_as_a_whole_is_fixed_no_longer():
    older = Steering(fixed=(Choice("D1", "E1"), Choice("D1", "E2"), Choice("D2", "E2")))
    assert visits_joined(older, Steering(forbidden=(Choice("D1"),))).fixed == (Choice("D2", "E2"),)
    assert visits_joined(older, Steering(forbidden=(Choice(expert_id="E2"),))).fixed == (Choice("D1", "E1"),)


@pytest.mark.parametrize("text", ["D1:E1", "D1,D2", "D1:E1,D2"])
def test_a_swap_names_two_pairs(text: str):
    with pytest.raises(ChoiceUnreadable):
        parse_swap(text)
