"""The smallest set of rules to relax: against trying everything, and hand-worked cases with their numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings

from matcher.domain.match import Finding, FindingKind
from matcher.plan.planner import plan_stations
from matcher.plan.problem import Choice, Pair, Person, RegionFloor, Site, StationProblem
from matcher.plan.relaxable import Giving
from matcher.plan.solver import solve
from matcher.plan.station_relaxing import relaxed_stations
from tests.plan.making import ACADEMICIAN, EXPERT, FORBIDDEN, TITLE, UNKNOWN, missed_by, problem, problems

ORDER = list(Giving)


def site(n, kinds=(EXPERT,), **more):
    return replace(Site(f"D{n}", f"需求{n}", f"企业{n}", kinds), **more)


def pair(d, e, kind=EXPERT, **more):
    return replace(Pair(f"D{d}", f"E{e}", kind, 500, 1), **more)


def fixed(*names):
    return tuple(Choice(*name.split(":")) for name in names)


def ways(case) -> list[str]:
    return list(plan_stations(case, solve).ways_out)


@settings(max_examples=80, deadline=None)
@given(problems(demands_most=3, people_most=2, chosen_most=3, against=(FORBIDDEN, UNKNOWN, TITLE)))
def test_no_smaller_set_is_found_by_trying_everything(case: StationProblem) -> None:
    found = next(relaxed_stations(case, solve), None)
    best = min(_prices(case))
    if found is None:
        assert best[1] == 0
    else:
        amounts = Counter()
        for rule, amount in found.steps.items():
            amounts[rule.giving] += amount
        assert (found.cost, len(found.steps), *(amounts[giving] for giving in ORDER)) == best


def _prices(case: StationProblem) -> Iterator[tuple[int, ...]]:
    """What every thinkable plan misses, how many rules must give way for it, and by how much."""
    options = [[None, *_options(case, one)] for one in case.sites]
    for chosen in product(*options):
        plan = tuple(filter(None, chosen))
        given_way = _giving_way(case, plan)
        if given_way is not None:
            amounts = Counter()
            for (giving, _), amount in given_way.items():
                amounts[giving] += amount
            yield (missed_by(case, plan), len(given_way), *(amounts[giving] for giving in ORDER))


def _options(case: StationProblem, one: Site):
    for p in case.pairs:
        if p.demand_id == one.demand_id and p.kind in one.kinds and p.findings != FORBIDDEN:
            for mode, terms in case.book.modes.items():
                if one.has_rd_unit or not terms.needs_rd_unit:
                    yield one, p, mode


def _giving_way(case: StationProblem, plan) -> Counter | None:
    """None: something would have to give way that never does."""
    need = Counter()
    if max(Counter(one.firm for one, _, _ in plan).values(), default=0) > 1:
        return None
    for one, p, mode in plan:
        need |= _against(case, one, p, mode)
    for kind, quota in case.quotas:
        need[Giving.QUOTA, kind] = max(0, sum(p.kind is kind for _, p, _ in plan) - quota)
    spent = sum(case.book.modes[mode].funding(p.kind) for _, p, mode in plan)
    need[Giving.BUDGET, ""] = 0 if case.budget is None else max(0, spent - case.budget)
    for person in case.people:
        mine = _capacity(case, plan, person)
        if mine is None:
            return None
        need |= mine
    return +need


def _against(case, one, p, mode) -> Counter:
    found = Counter()
    found[Giving.QUESTION, p.expert_id] = p.findings == UNKNOWN
    found[Giving.RULE, "title_floor"] = p.findings == TITLE
    for c in case.steering.forbidden:
        who = c.demand_id == one.demand_id and c.expert_id in ("", p.expert_id)
        found[Giving.EXCLUSION, str(c)] |= who and c.kind in (None, p.kind) and c.mode in (None, mode)
    return found


def _capacity(case, plan, person) -> Counter | None:
    e, found = person.id, Counter()
    academic = sum((p.expert_id, p.kind) == (e, ACADEMICIAN) for _, p, _ in plan)
    other = sum((p.expert_id, p.kind) == (e, EXPERT) for _, p, _ in plan)
    if 30 * academic + 10 * other > person.tenths:
        return None
    found[Giving.MONTHS, e] = max(0, 30 * (academic + other) - person.tenths)
    if academic > person.academician_slots:
        asked = any(p.findings == UNKNOWN and p.expert_id == e for p in case.pairs)
        if not asked or person.academician_slots or academic > 1 or not person.academician:
            return None
        found[Giving.QUESTION, e] = 1
    return found


def test_quota_and_months_are_raised_to_numbers():
    sites, people = [site(n) for n in (1, 2, 3)], [Person("E1", tenths=60), Person("E2", tenths=120)]
    pairs = [pair(1, 1), pair(2, 1), pair(3, 1), pair(3, 2)]
    case = problem(sites, people, pairs, expert=2, fixed=fixed("D1:E1", "D2:E1", "D3:E2"))
    assert ways(case)[0] == "科技专家工作站名额由 2 增至 3"
    months = problem(sites, people, pairs, expert=3, fixed=fixed("D1:E1", "D2:E1", "D3:E1"))
    assert ways(months)[0] == (
        "⟨专家 E1⟩任 3 站按规定每年须驻站 9 个月，只余 6 个月：其科技专家工作站每站由 3 个月减为 2 个月"
    )


def test_two_rules_that_must_give_way_together():
    sites, people = [site(n) for n in (1, 2)], [Person("E1", tenths=120), Person("E2", tenths=120)]
    pairs = [pair(1, 1), pair(2, 2)]
    case = problem(sites, people, pairs, expert=1, budget=20, fixed=fixed("D1:E1", "D2:E2"))
    assert ways(case) == [
        "以下 2 条一起：科技专家工作站名额由 1 增至 2；预算由 20 万元增至 40 万元",
        "撤销“固定 ⟨需求 D1⟩：⟨专家 E1⟩”，则“固定 ⟨需求 D2⟩：⟨专家 E2⟩”可以满足",
    ]


def test_the_title_floor_gives_way_and_what_law_says_does_not():
    sites, people = [site(1)], [Person("E1", tenths=120)]
    low = problem(sites, people, [pair(1, 1, findings=TITLE)], fixed=fixed("D1:E1"), expert=1)
    assert ways(low) == ["放宽科技专家工作站的职称下限（职称级别为副高，科技专家工作站要求正高）"]
    kin = problem(sites, people, [pair(1, 1, findings=FORBIDDEN)], fixed=fixed("D1:E1"), expert=1)
    assert ways(kin) == []
    assert "回避规定不能放宽" in plan_stations(kin, solve).shortfalls[1].message


@pytest.mark.parametrize(
    ("finding", "way"),
    [
        (Finding("station_agreement", FindingKind.FORBIDDEN, "协议已于 2025-12-31 到期"),
         "续签或延长协议（⟨需求 D1⟩，⟨专家 E1⟩：协议已于 2025-12-31 到期）"),
        (UNKNOWN[0], "核实 1 位待核专家（⟨专家 E1⟩）"),
    ],
)  # fmt: skip
def test_agreements_are_renewed_and_questions_asked(finding: Finding, way: str):
    case = problem([site(1)], [Person("E1", tenths=120)], [pair(1, 1, findings=(finding,))], fixed=fixed("D1:E1"),
                   expert=1)  # fmt: skip
    assert ways(case) == [way]


def test_an_exclusion_is_taken_back_and_a_demand_reviewed():
    wait = (Finding("demand_review", FindingKind.UNKNOWN, "需求尚未审核，只能预排", "请先审核需求"),)
    case = problem([site(1, findings=wait)], [Person("E1", tenths=120)], [pair(1, 1)], expert=1,
                   forbidden=fixed("D1:E1"), fixed=fixed("D1"))  # fmt: skip
    assert ways(case) == ["以下 2 条一起：撤销排除“⟨需求 D1⟩：⟨专家 E1⟩”；审核或核实 1 项需求（⟨需求 D1⟩）"]


def test_other_sets_as_small_are_told_beside_the_smallest():
    """One station more: money for it, or an answer from somebody at an enterprise with an own R&D unit."""
    sites = [site(1, has_rd_unit=True), site(2), site(3, has_rd_unit=True)]
    people = [Person(f"E{n}", tenths=120) for n in (1, 2, 3)]
    pairs = [pair(1, 1), pair(2, 2), pair(3, 3, findings=UNKNOWN)]
    assert ways(problem(sites, people, pairs, expert=2, budget=20)) == [
        "核实 1 位待核专家（⟨专家 E3⟩）",
        "预算由 20 万元增至 30 万元",
    ]


def test_what_can_be_let_go_instead_is_told_with_numbers():
    floor = RegionFloor("2224", "延边", 2)
    sites = [site(1, region="2224"), site(2, region="2224"), site(3, region="2201")]
    people = [Person(f"E{n}", tenths=120) for n in (1, 2, 3)]
    case = problem(sites, people, [pair(n, n) for n in (1, 2, 3)], expert=2, floors=(floor,), fixed=fixed("D3"))
    plan = plan_stations(case, solve)
    (missed,) = plan.shortfalls
    assert set(ways(case)) == {"科技专家工作站名额由 2 增至 3", {
        "固定 D3": "“延边至少 2 站”减为 1 站，则“固定 ⟨需求 D3⟩”可以满足",
        "延边至少 2 站": "撤销“固定 ⟨需求 D3⟩”，则“延边至少 2 站”可以满足",
    }[missed.target]}  # fmt: skip
