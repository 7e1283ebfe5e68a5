"""Fixed visits that cannot be held: why, the smallest set of rules to relax, what could be let go instead."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings

from matcher.domain.match import Finding, FindingKind
from matcher.plan.problem import Choice
from matcher.plan.relaxable import Giving, Relaxable
from matcher.plan.relaxing import Opened, smallest_sets
from matcher.plan.solver import solve
from matcher.plan.visit_loosened import loosened_visits
from matcher.plan.visit_planner import plan_visits
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visits import visit_model
from tests.plan.making import FORBIDDEN, UNKNOWN
from tests.plan.visit_making import BOOK, CONSULTING, LECTURE, case, demand, fit, person, small_visits


def fixed(*names: str) -> tuple[Choice, ...]:
    return tuple(Choice(*name.split(":")) for name in names)


def shape(**more):
    return BOOK.model_copy(update=more)


def asked(demands, people, fits, days=3, book=BOOK, **steering):
    plan = plan_visits(case(demands, people, fits, days, book, **steering), solve)
    return plan.missed_why, plan.ways_out


def test_what_can_be_held_needs_no_explanation():
    assert asked([demand(1)], [person(1)], [fit(1, 1)], fixed=fixed("D1:E1")) == ((), ())


def test_days_and_teams_are_raised_to_numbers():
    """延边 is 306 minutes away: with a visit of three hours the way there takes a day, and the way back another."""
    far = demand(1, "2224")
    why, ways = asked([far], [person(1)], [fit(1, 1)], days=1, fixed=fixed("D1"))
    assert why == ("与天数、组数、每组人数、期望服务方式或专家的时间合在一起排不下",)
    assert ways == ("天数由 1 天增至 3 天（新增日期须与专家约定）",)
    near = demand(2, "2202")
    _, ways = asked([far, near], [person(1), person(2)], [fit(1, 1), fit(2, 2)], book=shape(teams=1),
                    fixed=fixed("D1", "D2"))  # fmt: skip
    assert "组数由 1 组增至 2 组" in ways


def test_the_day_is_made_longer():
    """Two enterprises of three hours beside a way of 96 minutes there and back: 9.2 hours; nobody has another day."""
    demands = [demand(1), demand(2)]
    book = shape(teams=1, one_cluster=False)
    _, ways = asked(demands, [person(1, days=(0,))], [fit(1, 1), fit(2, 1)], days=1, book=book,
                    fixed=fixed("D1:E1", "D2:E1"))  # fmt: skip
    assert "每天由 8 小时增至 9.5 小时" in ways
    assert (
        "撤销“固定 ⟨需求 D1⟩：⟨专家 E1⟩”，则“固定 ⟨需求 D2⟩：⟨专家 E1⟩”可以满足" in ways
        or "撤销“固定 ⟨需求 D2⟩：⟨专家 E1⟩”，则“固定 ⟨需求 D1⟩：⟨专家 E1⟩”可以满足" in ways
    )


def test_team_size_stops_and_days_of_people():
    two = [fit(1, 1), fit(1, 2)]
    _, ways = asked([demand(1)], [person(1), person(2)], two, book=shape(teams=1, team_size=1),
                    fixed=fixed("D1:E1", "D1:E2"))  # fmt: skip
    assert ways[0] == "每组由 1 人增至 2 人"
    _, ways = asked([demand(1), demand(2)], [person(1, stops=1)], [fit(1, 1), fit(2, 1)], fixed=fixed("D1:E1", "D2:E1"))
    assert ways[0] == "⟨专家 E1⟩走访由 1 家增至 2 家（须本人同意）"
    apart = [person(1, days=(0,)), person(2, days=(1,))]
    _, ways = asked([demand(1)], apart, two, days=2, fixed=fixed("D1:E1", "D1:E2"))
    assert (
        "⟨专家 E1⟩另腾出 2026-06-02（现可：2026-06-01）" in ways or "E2 另腾出 2026-06-01（现可：2026-06-02）" in ways
    )


def test_a_service_that_nobody_offers_and_two_rules_together():
    lecture = demand(1, services=(LECTURE,))
    able = person(1, services=(CONSULTING,))
    assert asked([lecture], [able], [fit(1, 1)], fixed=fixed("D1"))[1] == ("⟨需求 D1⟩期望的“学术讲座”本次不安排",)
    _, ways = asked([lecture], [able], [fit(1, 1, findings=UNKNOWN)], fixed=fixed("D1"))
    assert ways == ("以下 2 条一起：⟨需求 D1⟩期望的“学术讲座”本次不安排；核实 1 位待核专家（⟨专家 E1⟩）",)


@pytest.mark.parametrize(
    ("findings", "why", "ways"),
    [
        (FORBIDDEN, "专家就在该企业任职，须回避。回避规定不能放宽，只能换人", ()),
        (UNKNOWN, "没有授权同意日期", ("核实 1 位待核专家（⟨专家 E1⟩）",)),
        ((Finding("yearly_limit", FindingKind.FORBIDDEN, "本年度已安排 2 次"),), "本年度已安排 2 次", ()),
    ],
)
def test_what_the_rules_say_of_a_fixed_visit(findings, why, ways):
    plan = asked([demand(1)], [person(1)], [fit(1, 1, findings=findings)], fixed=fixed("D1:E1"))
    assert plan == ((why,), ways)


def test_an_exclusion_is_taken_back():
    assert asked([demand(1)], [person(1)], [fit(1, 1)], fixed=fixed("D1:E1"), forbidden=fixed(":E1")) == (
        ("同时又被排除",), ("撤销排除“⟨专家 E1⟩”",)
    )  # fmt: skip


def test_what_is_not_in_the_trip_cannot_be_held():
    assert asked([demand(1)], [person(1)], [fit(1, 1)], fixed=fixed("D9"))[0] == ("不在本次走访的需求或候选专家中",)


def test_a_trip_may_have_two_places():
    book = shape(teams=1, overnight_hours=5)
    people = [person(1)]
    demands = [demand(1, "2202"), demand(2, "2224")]
    _, ways = asked(demands, people, [fit(1, 1), fit(2, 1)], days=3, book=book, fixed=fixed("D1:E1", "D2:E1"))
    assert ways[0] == "放宽“一组一次只去一个市州”"


@settings(max_examples=60, deadline=None)
@given(small_visits(fixed_most=3))
def test_the_smallest_set_suffices_and_every_step_of_it_is_needed(problem: VisitProblem) -> None:
    opened = loosened_visits(problem)
    model = visit_model(opened.problem, opened)
    if not model.missed:
        return
    found = next(smallest_sets(Opened(model.program, model.slack, model.missed), solve))
    assert _missed(_relaxed(problem, found.steps)) == len(found.left)
    for rule, amount in found.steps.items():
        less = {**found.steps, rule: amount - 1}
        assert _missed(_relaxed(problem, {r: n for r, n in less.items() if n})) > len(found.left)


def _missed(problem: VisitProblem) -> int:
    model = visit_model(problem)
    solved = solve(model.program)
    return sum(solved.values[number] for number in model.missed.values())


def _relaxed(problem: VisitProblem, steps: Mapping[Relaxable, int]) -> VisitProblem:
    """The problem with the rules changed by so much, as people would change them."""
    by = {giving: {r.about: n for r, n in steps.items() if r.giving is giving} for giving in Giving}
    more, all_days = by[Giving.DAYS].get("", 0), tuple(range(len(problem.days)))
    book = problem.book.model_copy(update={
        "teams": problem.book.teams + by[Giving.TEAMS].get("", 0),
        "team_size": problem.book.team_size + by[Giving.TEAM_SIZE].get("", 0),
        "day_hours": problem.book.day_hours + by[Giving.HOURS].get("", 0) / 2,
    })  # fmt: skip
    dropped = {(r.about, r.what) for r in steps if r.giving is Giving.SERVICE}
    return replace(
        problem,
        book=book,
        days=(*problem.days, *(problem.days[-1] + timedelta(n + 1) for n in range(more))),
        demands=tuple(
            replace(d, services=tuple(s for s in d.services if (d.demand_id, s.value) not in dropped))
            for d in problem.demands
        ),
        travellers=tuple(
            replace(
                t,
                days=(*(all_days if t.id in by[Giving.AWAY] else t.days), *range(len(all_days), len(all_days) + more)),
                stops=t.stops + by[Giving.STOPS].get(t.id, 0),
            )
            for t in problem.travellers
        ),
        fits=tuple(replace(f, findings=()) if f.expert_id in by[Giving.QUESTION] else f for f in problem.fits),
        steering=replace(
            problem.steering,
            forbidden=tuple(c for c in problem.steering.forbidden if str(c) not in by[Giving.EXCLUSION]),
        ),
    )
