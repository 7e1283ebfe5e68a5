"""The model of visits against trying everything on small cases, the validator on every plan, hand-worked cases."""

from dataclasses import replace

from hypothesis import given, settings

from matcher.plan.problem import Choice
from matcher.plan.result import Backup
from matcher.plan.solver import solve
from matcher.plan.visit_planner import plan_visits
from matcher.plan.visit_problem import VisitProblem
from matcher.plan.visit_validator import visit_violations
from matcher.plan.visits import visit_model
from tests.plan.making import UNKNOWN
from tests.plan.visit_making import (
    BOOK,
    CONSULTING,
    LECTURE,
    MONDAY,
    VISIT,
    best_visits_by_trying,
    case,
    demand,
    fit,
    person,
    small_visits,
)


def where(plan):
    return {stop.demand_id: (stop.day.day, stop.team, stop.on_site, stop.remote) for stop in plan.stops}


def test_two_needs_may_need_two_and_one_trip_covers_both_firms():
    demands = [demand(1, needs=("D1#1", "D1#2")), demand(2)]
    fits = [fit(1, 1, need="D1#1"), fit(1, 2, need="D1#2"), fit(2, 1)]
    problem = case(demands, [person(1), person(2)], fits, days=2)
    plan = plan_visits(problem, solve)
    assert visit_violations(problem, plan) == ()
    assert {stop.demand_id: stop.on_site for stop in plan.stops} == {"D1": ("E1", "E2"), "D2": ("E1",)}
    assert len(plan.teams) == 1


def test_the_way_takes_the_first_and_the_last_day():
    """延边 is 5.1 h away: nothing but the way fits into the outer days, two visits (6 h) into the middle one."""
    demands = [demand(n, "2224") for n in (1, 2, 3)]
    problem = case(
        demands, [person(1)], [fit(n, 1) for n in (1, 2, 3)], days=3, book=BOOK.model_copy(update={"teams": 1})
    )
    plan = plan_visits(problem, solve)
    assert [stop.day.day for stop in plan.stops] == [2, 2]
    assert [day.day for day, _ in plan.teams[0].days] == [1, 2, 3]
    assert plan.unvisited[0].why == "天数、组数或专家的时间排不下"


def test_a_team_goes_to_one_place_and_another_team_to_the_other():
    demands = [demand(1, "2202"), demand(2, "2224")]
    problem = case(demands, [person(1), person(2)], [fit(1, 1), fit(2, 2)])
    plan = plan_visits(problem, solve)
    assert len({stop.team for stop in plan.stops}) == 2
    assert visit_violations(problem, plan) == ()


def test_whoever_is_remote_joins_by_video_and_somebody_is_there():
    far = person(1, remote=True)
    asked = demand(1, services=(LECTURE, VISIT))
    plan = plan_visits(case([asked], [far, person(2)], [fit(1, 1, 900), fit(1, 2, 300)]), solve)
    assert where(plan) == {"D1": (plan.stops[0].day.day, 1, ("E2",), ("E1",))}
    alone = plan_visits(case([asked], [far], [fit(1, 1, 900)]), solve)
    assert alone.unvisited[0].why == "合适的专家只能线上参加，没有可到现场的人"


def test_every_service_asked_needs_somebody_who_offers_it():
    asked = demand(1, services=(CONSULTING, LECTURE))
    people = [person(1, services=(CONSULTING,)), person(2, services=(LECTURE,))]
    plan = plan_visits(case([asked], people, [fit(1, 1, 900), fit(1, 2, 400)]), solve)
    assert plan.stops[0].on_site == ("E1", "E2")
    none = plan_visits(case([asked], people[:1], [fit(1, 1, 900)]), solve)
    assert none.unvisited[0].why == "合适的专家都没有声明可提供“学术讲座”"


def test_days_stops_and_open_questions_are_kept():
    demands = [demand(n) for n in (1, 2, 3)]
    people = [person(1, days=(1,), stops=1), person(2)]
    fits = [fit(1, 1), fit(2, 1), fit(3, 2, findings=UNKNOWN)]
    problem = case(demands, people, fits)
    plan = plan_visits(problem, solve)
    assert [(stop.day.day, stop.on_site) for stop in plan.stops] == [(2, ("E1",))]
    assert visit_violations(problem, plan) == ()
    assert plan.unvisited[-1].ask == "请取得专家本人书面同意并登记日期"


def test_fixed_and_forbidden_people():
    fits = [fit(1, 1, 900), fit(1, 2, 300)]
    people = [person(1), person(2)]
    fixed = plan_visits(case([demand(1)], people, fits, fixed=(Choice("D1", "E2"),)), solve)
    assert "E2" in fixed.stops[0].on_site
    barred = plan_visits(case([demand(1)], people, fits, forbidden=(Choice("D1", "E1"),)), solve)
    assert barred.stops[0].on_site == ("E2",)
    missed = plan_visits(case([demand(1)], people, fits, fixed=(Choice("D9"),)), solve)
    assert missed.missed == ("D9",)


def test_the_leader_stands_highest_and_backups_stay_at_home():
    demands = [demand(1), demand(2)]
    people = [person(1), person(2, standing=3), person(3)]
    fits = [fit(1, 1, 900), fit(2, 2, 900), fit(1, 3, 800)]
    plan = plan_visits(case(demands, people, fits, book=BOOK.model_copy(update={"teams": 1})), solve)
    assert (plan.teams[0].leader, plan.teams[0].members) == ("E2", ("E1",))
    assert [b.expert_id for b in plan.stops[0].backups] == ["E3"]


def test_a_backup_names_whose_place_it_can_take():
    """E3 answers the first need only; E4 answers the second and lectures as E2 does; E5 is away on that day."""
    asked = demand(1, services=(LECTURE,), needs=("D1#1", "D1#2"))
    able = (CONSULTING,)
    people = [person(1, days=(0,), services=able), person(2, days=(0,)), person(3, services=able), person(4)]
    fits = [fit(1, 1, 900, "D1#1"), fit(1, 2, 900, "D1#2"), fit(1, 3, 500, "D1#1"), fit(1, 4, 400, "D1#2")]
    away = person(5, days=(1, 2))
    problem = case([asked], [*people, away], [*fits, fit(1, 5, 800, "D1#1")], days=1)
    (stop,) = plan_visits(problem, solve).stops
    assert stop.on_site == ("E1", "E2")
    assert stop.backups == (Backup("E3", 500, ("E1",)), Backup("E4", 400, ("E2",)))


def test_the_validator_sees_backups_that_cannot_step_in():
    people = [person(1), person(2, services=(LECTURE,)), person(3, days=(2,))]
    problem = case([demand(1)], people, [fit(1, 1, 900), fit(1, 2), fit(1, 3, findings=UNKNOWN)])
    plan = plan_visits(problem, solve)
    forged = [replace(plan.stops[0], day=MONDAY, backups=(Backup(name, 500),)) for name in ("E1", "E2", "E3", "E9")]
    plans = [replace(plan, stops=(stop,), teams=(replace(plan.teams[0], days=((MONDAY, "2202"),)),)) for stop in forged]
    found = [sorted({v.rule for v in visit_violations(problem, plan)}) for plan in plans]
    assert found == [["backup"], ["backup:service"], ["backup:consent", "backup:days"],
                     ["backup:pair", "backup:person_available", "backup:service"]]  # fmt: skip


@settings(max_examples=40)
@given(small_visits())
def test_nothing_better_is_found_by_trying_everything(problem: VisitProblem) -> None:
    solved = solve(visit_model(problem).program)
    missed = len(plan_visits(problem, solve).missed)
    assert (-missed, solved.objective) == best_visits_by_trying(problem)


@settings(max_examples=50)
@given(small_visits())
def test_every_plan_keeps_every_rule_and_is_made_twice_alike(problem: VisitProblem) -> None:
    plan = plan_visits(problem, solve)
    assert visit_violations(problem, plan) == ()
    turned = replace(
        problem, demands=problem.demands[::-1], travellers=problem.travellers[::-1], fits=problem.fits[::-1]
    )
    assert plan_visits(turned, solve) == plan
