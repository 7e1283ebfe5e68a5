"""Hand-worked cases: what is missing and by how much, backups, steering, reasons, comparisons."""

from dataclasses import replace

import pytest

from matcher.domain.vocabulary import StationMode
from matcher.plan import naming
from matcher.plan.comparison import compare
from matcher.plan.errors import ChoiceUnreadable, TargetUnknown
from matcher.plan.planner import plan_stations
from matcher.plan.problem import Choice, Helper, Pair, Person, RegionFloor, Site, Steering, typed
from matcher.plan.result import Backup
from matcher.plan.solver import solve
from matcher.plan.steering import joined, parse_choice, parse_replacement, parse_swap, replaced, swapped
from matcher.plan.validator import violations
from tests.plan.making import ACADEMICIAN, EXPERT, FORBIDDEN, UNKNOWN, problem


def site(n, kinds=(ACADEMICIAN,), **more):
    return replace(Site(f"D{n}", f"需求{n}", f"企业{n}", kinds), **more)


def academician(n, slots=1):
    return Person(f"E{n}", True, slots, 120)


def pair(d, e, fit=500, kind=ACADEMICIAN, **more):
    return replace(Pair(f"D{d}", f"E{e}", kind, fit, 1), **more)


SITES = [site(n) for n in (1, 2, 3)]


def test_too_few_academicians_are_named_with_numbers():
    pairs = [pair(d, e) for d in (1, 2, 3) for e in (1, 2)]
    plan = plan_stations(problem(SITES, [academician(1), academician(2)], pairs, academician=3), solve)
    (missed,) = plan.shortfalls
    assert missed.message == "院士名额 3，可用院士 2：需再征集 1 位或减少 1 站"
    assert (missed.asked, missed.reached, len(plan.stations)) == (3, 2, 2)
    assert missed.ways_out == ()


def test_a_retired_academician_counts_for_several():
    pairs = [pair(d, 1) for d in (1, 2, 3)]
    plan = plan_stations(problem(SITES, [academician(1, slots=2)], pairs, academician=3), solve)
    assert plan.shortfalls[0].message == "院士名额 3，可用院士 1（共可任 2 站）：需再征集 1 位或减少 1 站"


def test_who_waits_for_an_answer_is_named_as_a_way_out():
    pairs = [pair(1, 1), pair(2, 2, findings=UNKNOWN), pair(3, 3, findings=FORBIDDEN)]
    case = problem(SITES, [academician(1), academician(2), academician(3)], pairs, academician=2)
    plan = plan_stations(case, solve)
    assert plan.ways_out == ("核实 1 位待核专家（⟨专家 E2⟩）",)
    assert [(one.demand_id, one.why, one.ask) for one in plan.unchosen] == [
        ("D2", "最合适的人选不能安排（待核：没有授权同意日期）", "请取得专家本人书面同意并登记日期"),
        ("D3", "最合适的人选不能安排（不可：专家就在该企业任职，须回避）", ""),
    ]


def test_money_that_does_not_reach_is_said_to_the_yuan():
    pairs = [pair(1, 1), pair(2, 2)]
    case = problem(SITES, [academician(1), academician(2)], pairs, academician=2, budget=80)
    plan = plan_stations(case, solve)
    assert [s.mode for s in plan.stations] == [StationMode.JOINT]
    assert "预算由 80 万元增至 100 万元" in plan.shortfalls[0].ways_out
    assert plan.shortfalls[0].message == (
        "院士名额 2，可用院士 2，可建站企业 2，但与预算、驻站月数或指定人选合在一起排不下：需减少 1 站，或放宽下列一条"
    )


def test_a_fixed_pair_that_a_rule_forbids_is_let_go_and_the_rule_named():
    case = problem(SITES[:1], [academician(1)], [pair(1, 1, findings=FORBIDDEN)], fixed=(Choice("D1", "E1"),))
    plan = plan_stations(case, solve)
    assert (
        plan.shortfalls[0].message
        == "“固定 ⟨需求 D1⟩：⟨专家 E1⟩”不能满足：专家就在该企业任职，须回避。回避规定不能放宽，只能换人或撤销这一条"
    )
    assert violations(case, plan) == ()


def test_two_chiefs_fixed_for_one_station_contradict_each_other():
    both = (Choice("D1", "E1"), Choice("D1", "E2"))
    case = problem(SITES[:1], [academician(1), academician(2)], [pair(1, 1, 900), pair(1, 2, 300)], fixed=both,
                   academician=1)  # fmt: skip
    (missed,) = plan_stations(case, solve).shortfalls
    assert missed.message == (
        "“固定 ⟨需求 D1⟩：⟨专家 E2⟩”不能满足：与“固定 ⟨需求 D1⟩：⟨专家 E1⟩”是同一项需求，一站只有一位首席、"
        "一种类型和筹建方式。须撤销其中一条"
    )


def test_somebody_fixed_for_more_stations_than_the_months_allow():
    people = [Person("E1", tenths=60), Person("E2", tenths=120)]
    sites = [site(n, (EXPERT,)) for n in (1, 2, 3)]
    pairs = [pair(n, 1, kind=EXPERT) for n in (1, 2, 3)]
    fixed = tuple(Choice(f"D{n}", "E1") for n in (1, 2, 3))
    (missed,) = plan_stations(problem(sites, people, pairs, expert=3, fixed=fixed), solve).shortfalls[1:]
    assert missed.message.endswith("⟨专家 E1⟩按驻站月数和任站上限只可再任 2 站，指定了 3 站。须撤销其中一条")


def test_more_fixed_than_the_quota_and_twice_the_same_enterprise():
    people, fixed = [academician(1), academician(2)], (Choice("D1", "E1"), Choice("D2", "E2"))
    pairs = [pair(1, 1), pair(2, 2)]
    (missed,) = plan_stations(problem(SITES[:2], people, pairs, academician=1, fixed=fixed), solve).shortfalls
    assert "院士专家工作站名额 1，指定了 2 站" in missed.message
    one_firm = [replace(one, firm="甲厂") for one in SITES[:2]]
    case = problem(one_firm, people, pairs, academician=2, fixed=fixed)
    assert any("同一企业，一个企业只建一站" in one.message for one in plan_stations(case, solve).shortfalls)


def test_a_region_floor_that_nothing_can_meet_is_said_with_numbers():
    floor = RegionFloor("2224", "延边朝鲜族自治州", 3)
    sites = [site(1, region="2224"), site(2, region="2201")]
    case = problem(sites, [academician(1), academician(2)], [pair(1, 1), pair(2, 2)], academician=2, floors=(floor,))
    (missed,) = plan_stations(case, solve).shortfalls
    assert (missed.asked, missed.reached) == (3, 1)
    assert missed.message == (
        "延边朝鲜族自治州至少 3 站，按现有规则只能安排 1 站：需在该地区再征集 2 项需求或减少 2 站"
    )


def test_a_mode_that_cannot_be_had_is_accepted_with_its_choice():
    fixed = parse_choice("D1:E1:自主筹建")
    case = problem(SITES[:1], [academician(1)], [pair(1, 1)], academician=1, fixed=(fixed,))
    (missed,) = plan_stations(case, solve).shortfalls
    assert missed.target == "固定 D1:E1:自主筹建（筹建方式）"
    accepted = replace(case, steering=replace(case.steering, accepted=("固定 D1:E1:自主筹建",)))
    assert plan_stations(accepted, solve).open_shortfalls == ()


def test_a_region_floor_moves_a_station_and_says_what_it_costs():
    sites = [site(1, region="2201"), site(2, region="2224")]
    people, pairs = [academician(1), academician(2)], [pair(1, 1, 900), pair(2, 2, 300)]
    free = plan_stations(problem(sites, people, pairs, academician=1), solve)
    floor = RegionFloor("2224", "延边朝鲜族自治州", 1)
    bound = plan_stations(problem(sites, people, pairs, academician=1, floors=(floor,)), solve)
    assert compare(free, bound).in_words() == (
        "新增⟨需求 D2⟩：⟨专家 E2⟩（院士专家工作站，支持承建）",
        "不再安排⟨需求 D1⟩：⟨专家 E1⟩（院士专家工作站，联合共建）",
        "总分减少 515，匹配概率合计减少 0.600，资助增加 30 万元",
    )


def test_what_a_trial_says_it_costs_is_what_the_versions_differ_by():
    """D1 by E1 (900), D2 by E2 (800); then E3 (300) in E1's place. Points for staying as before count nowhere."""
    people = [academician(n) for n in (1, 2, 3)]
    case = problem(SITES[:2], people, [pair(1, 1, 900), pair(2, 2, 800), pair(1, 3, 300)], academician=2)
    first = plan_stations(case, solve)
    kept = tuple(Choice(s.demand_id, s.expert_id) for s in first.stations)
    base = plan_stations(replace(case, steering=Steering(kept=kept)), solve)
    second = plan_stations(replace(case, steering=Steering(kept=kept, fixed=(Choice("D1", "E3"),))), solve)
    assert compare(first, base).points == 0
    assert compare(base, second).points == compare(first, second).points == -600
    assert compare(first, second).in_words()[-1].startswith("总分减少 600，")


def test_whom_a_person_chose_although_unfit_is_marked():
    people = [academician(1), academician(2)]
    case = replace(
        problem(SITES[:2], people, [pair(1, 1), pair(2, 2, 0)], academician=2, fixed=(Choice("D2", "E2"),)),
        least_fit=100,
    )
    plan = plan_stations(case, solve)
    assert {s.demand_id: s.to_check for s in plan.stations} == {
        "D1": (),
        "D2": ("首席由工作人员指定，匹配概率 不足 1%，低于推荐的下限 10%，请核实是否对口",),
    }
    assert violations(case, plan) == ()


def test_an_accepted_target_no_longer_stands_in_the_way():
    name = "院士专家工作站名额"
    plan = plan_stations(problem(SITES, [academician(1)], [pair(1, 1)], academician=3, accepted=(name,)), solve)
    assert plan.shortfalls
    assert plan.open_shortfalls == ()
    with pytest.raises(TargetUnknown, match="院士专家工作站名额"):
        plan_stations(problem(SITES, [academician(1)], [pair(1, 1)], academician=3, accepted=("名额",)), solve)


def test_backups_keep_every_rule_and_are_best_first():
    """E2 fits best but has no place left, E3 is forbidden, E4 and E5 may step in; E6 is the third."""
    people = [academician(1), academician(2, slots=0), *map(academician, (3, 4, 5, 6))]
    pairs = [pair(1, 1, 990), pair(1, 2, 950), pair(1, 3, 940, findings=FORBIDDEN)]
    pairs += [pair(1, n, 900 - n) for n in (4, 5, 6)]
    case = problem(SITES[:1], people, pairs, academician=1)
    (station,) = plan_stations(case, solve).stations
    assert station.backups == (Backup("E4", 896), Backup("E5", 895))


def test_the_validator_sees_a_backup_that_has_no_place():
    people = [academician(1), academician(2, slots=0)]
    case = problem(SITES[:1], people, [pair(1, 1), pair(1, 2)], academician=1)
    plan = plan_stations(case, solve)
    forged = replace(plan, stations=(replace(plan.stations[0], backups=(Backup("E2", 500),)),))
    assert [v.rule for v in violations(case, forged)] == ["backup:academician_station_cap"]


def test_a_chief_with_time_left_may_be_backup_elsewhere():
    people = [academician(1, slots=2), academician(2)]
    pairs = [pair(1, 1, 900), pair(2, 2, 900), pair(2, 1, 500)]
    case = problem(SITES[:2], people, pairs, academician=2)
    plan = plan_stations(case, solve)
    assert {s.demand_id: (s.expert_id, s.backups) for s in plan.stations} == {
        "D1": ("E1", ()),
        "D2": ("E2", (Backup("E1", 500),)),
    }
    assert violations(case, plan) == ()


def test_who_is_forbidden_for_one_mode_is_no_backup_of_a_station_of_that_mode():
    people = [academician(1), academician(2)]
    pairs = [pair(1, 1, 900), pair(1, 2)]
    forbidden = (parse_choice("D1:E2:联合共建"),)
    case = problem(SITES[:1], people, pairs, academician=1, forbidden=forbidden)
    (station,) = plan_stations(case, solve).stations
    assert (station.mode, station.backups) == (StationMode.JOINT, ())
    forbidden = (parse_choice("D1:E2:自主筹建"),)
    case = problem(SITES[:1], people, pairs, academician=1, forbidden=forbidden)
    assert plan_stations(case, solve).stations[0].backups == (Backup("E2", 500),)


def test_the_team_comes_from_the_chiefs_colleagues_first():
    helpers = [Helper("D1", "E7", 800), Helper("D1", "E8", 300, ("E1",)), Helper("D1", "E9", 700)]
    people = [academician(1), *(Person(f"E{n}", tenths=120) for n in (7, 8, 9))]
    plan = plan_stations(problem(SITES[:1], people, [pair(1, 1)], academician=1, helpers=helpers), solve)
    assert plan.stations[0].members == ("E8", "E7")


def test_who_fits_too_little_is_backup_only():
    people = [academician(1), academician(2)]
    case = replace(
        problem(SITES[:2], people, [pair(1, 1), pair(1, 2, 40), pair(2, 2, 40)], academician=1), least_fit=100
    )
    plan = plan_stations(case, solve)
    assert [(s.demand_id, s.expert_id, s.backups) for s in plan.stations] == [("D1", "E1", (Backup("E2", 40),))]
    assert plan.unchosen[0].why == "库中没有匹配概率足够、可任院士专家工作站首席的专家"


def test_twelve_months_are_four_stations():
    sites = [site(n, (EXPERT,)) for n in range(5)]
    pairs = [pair(n, 1, kind=EXPERT) for n in range(5)]
    plan = plan_stations(problem(sites, [Person("E1", tenths=120)], pairs, expert=5), solve)
    assert len(plan.stations) == 4
    assert plan.shortfalls[0].message.startswith(
        "科技专家工作站名额 5，可用专家 1（共可任 4 站）：需再征集 1 位或减少 1 站"
    )


@pytest.mark.parametrize("text", ["", ":", "D1:E1:E2", "D1:联合共建:自主筹建"])
def test_choices_that_say_nothing_are_refused(text: str):
    with pytest.raises(ChoiceUnreadable):
        parse_choice(text)


@pytest.mark.parametrize("numbers", [("D:1", "E：2"), ("D,1", "E=2"), ("a\\b", "c\\"), ("", "E:1"), ("D:1", "")])
def test_numbers_with_signs_of_the_syntax_are_steered(numbers: tuple[str, str]):
    choice = Choice(*numbers, EXPERT)
    assert parse_choice(str(choice)) == choice
    if all(numbers):
        assert parse_replacement(f"{choice}={typed('E:9')}") == (choice, Choice(numbers[0], "E:9", EXPERT))
        assert parse_swap(f"{choice},{choice}") == (choice, choice)


def test_sentences_take_names_for_marked_numbers():
    said = naming.target("固定 D\\:1:E1:联合共建")
    assert said == "固定 ⟨需求 D:1⟩：⟨专家 E1⟩，联合共建"
    assert naming.named(said, "张{}".format, "甲厂{}".format) == "固定 甲厂D:1：张E1，联合共建"
    assert naming.bare(said) == "固定 D:1：E1，联合共建"


def test_replacing_and_swapping():
    assert replaced(Steering(), "D1:E1") == Steering(fixed=(Choice("D1"),), forbidden=(Choice("D1", "E1"),))
    assert replaced(Steering(), "D1:E1=E7").fixed == (Choice("D1", "E7"),)
    crossed = swapped(Steering(), Choice("D1", "E1"), Choice("D2", "E2"))
    assert crossed.fixed == (Choice("D1", "E2"), Choice("D2", "E1"))
    newer = joined(Steering(fixed=(Choice("D1", "E1"), Choice("D2", "E2"))), Steering(fixed=(Choice("D1", "E9"),)))
    assert newer.fixed == (Choice("D2", "E2"), Choice("D1", "E9"))
