"""Small problems of stations, made by hand or by chance, and a solver that tries everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from matcher.domain.match import Finding, FindingKind
from matcher.domain.vocabulary import StationKind, StationMode, Urgency
from matcher.plan.book import parse_plan_book
from matcher.plan.problem import Choice, Pair, Person, RegionFloor, Site, StationProblem, Steering
from matcher.resources import bundled

ACADEMICIAN, EXPERT = StationKind.ACADEMICIAN, StationKind.EXPERT
BOOK = parse_plan_book(bundled("plan.toml").read_text(encoding="utf-8")).stations
FORBIDDEN = (Finding("avoidance", FindingKind.FORBIDDEN, "专家就在该企业任职，须回避"),)
UNKNOWN = (Finding("consent", FindingKind.UNKNOWN, "没有授权同意日期", "请取得专家本人书面同意并登记日期"),)


def problem(sites=(), people=(), pairs=(), *, academician=0, expert=0, budget=None, helpers=(), **steering):
    return StationProblem(
        tuple(sites),
        tuple(people),
        tuple(pairs),
        tuple(helpers),
        ((ACADEMICIAN, academician), (EXPERT, expert)),
        budget,
        30,
        BOOK,
        Steering(**steering),
    )


TITLE = (Finding("title_floor", FindingKind.FORBIDDEN, "职称级别为副高，科技专家工作站要求正高"),)


@st.composite
def problems(draw, demands_most=4, people_most=3, chosen_most=1, against=(FORBIDDEN, UNKNOWN)) -> StationProblem:
    demands = [f"D{n}" for n in range(draw(st.integers(1, demands_most)))]
    people = [
        Person(f"E{n}", academician := draw(st.booleans()), draw(st.integers(0, 2)) * academician,
               draw(st.sampled_from([0, 30, 60, 120])), draw(st.booleans()))
        for n in range(draw(st.integers(1, people_most)))
    ]  # fmt: skip
    kinds = st.sampled_from([(ACADEMICIAN,), (EXPERT,), (ACADEMICIAN, EXPERT)])
    findings = st.sampled_from([(), (), (), *against])
    sites = [
        Site(d, d, draw(st.sampled_from(["甲厂", d, d])), draw(kinds), draw(st.booleans()),
             draw(st.sampled_from(["2202", "2201", ""])), "", draw(st.sampled_from(["C13", "C14", ""])),
             draw(st.sampled_from([None, *Urgency])), draw(st.booleans()))
        for d in demands
    ]  # fmt: skip
    pairs = [
        Pair(d, p.id, kind, draw(st.integers(100, 999)), rank, draw(findings), draw(st.booleans()))
        for d in demands
        for rank, p in enumerate(people, 1)
        for kind in StationKind
        if (p.academician or kind is EXPERT) and draw(st.integers(0, 3))
    ]
    choice = st.builds(
        Choice, st.sampled_from(demands), st.sampled_from(["", *(p.id for p in people)]),
        st.sampled_from([None, None, EXPERT]), st.sampled_from([None, None, StationMode.JOINT]),
    )  # fmt: skip
    few = st.lists(choice, max_size=chosen_most, unique=True).map(tuple)
    return problem(
        sites, people, pairs, academician=draw(st.integers(0, 2)), expert=draw(st.integers(0, 2)),
        budget=draw(st.sampled_from([None, 20, 60, 100])), fixed=draw(few), forbidden=draw(few),
        preferred=draw(few), kept=draw(few),
        floors=draw(st.sampled_from([(), (RegionFloor("2202", "吉林市", 1),)])),
    )  # fmt: skip


def best_by_trying(case: StationProblem) -> tuple[int, int]:
    """The least cost of missed targets, and the most points with it."""
    options = [[None, *_options(case, site)] for site in case.sites]
    plans = (tuple(filter(None, chosen)) for chosen in product(*options))
    return max((-missed_by(case, plan), _points(case, plan)) for plan in plans if _allowed(case, plan))


def _options(case: StationProblem, site: Site) -> Iterator[tuple[Site, Pair, StationMode]]:
    for pair in case.pairs:
        if pair.demand_id != site.demand_id or pair.findings or pair.kind not in site.kinds:
            continue
        for mode, terms in case.book.modes.items():
            barred = any(
                c.demand_id in ("", site.demand_id) and c.expert_id in ("", pair.expert_id)
                and c.kind in (None, pair.kind) and c.mode in (None, mode)
                for c in case.steering.forbidden
            )  # fmt: skip
            if not barred and (site.has_rd_unit or not terms.needs_rd_unit):
                yield site, pair, mode


def _allowed(case: StationProblem, plan) -> bool:
    people = {p.id: p for p in case.people}
    firms = Counter(site.firm for site, _, _ in plan)
    chiefs = Counter(pair.expert_id for _, pair, _ in plan)
    capped = Counter(pair.expert_id for _, pair, _ in plan if pair.kind is ACADEMICIAN)
    kinds = Counter(pair.kind for _, pair, _ in plan)
    spent = sum(case.book.modes[mode].funding(pair.kind) for _, pair, mode in plan)
    return (
        max(firms.values(), default=0) <= 1
        and all(30 * count <= people[e].tenths for e, count in chiefs.items())
        and all(count <= people[e].academician_slots for e, count in capped.items())
        and all(kinds[kind] <= quota for kind, quota in case.quotas)
        and (case.budget is None or spent <= case.budget)
    )


def missed_by(case: StationProblem, plan) -> int:
    gaps = [max(0, quota - sum(pair.kind is kind for _, pair, _ in plan)) for kind, quota in case.quotas]
    for floor in case.steering.floors:
        gaps.append(max(0, floor.least - sum(site.region == floor.code for site, _, _ in plan)))
    for c in case.steering.fixed:
        met = [
            x for x in plan
            if c.demand_id == x[0].demand_id and c.expert_id in ("", x[1].expert_id) and c.kind in (None, x[1].kind)
        ]  # fmt: skip
        gaps.append(not met)
        if c.mode:
            built = [x for x in plan if x[0].demand_id == c.demand_id and c.kind in (None, x[1].kind)]
            gaps.append(not any(mode is c.mode for _, _, mode in built))
    return sum(1000 + gap for gap in gaps if gap)


def _points(case: StationProblem, plan) -> int:
    w, total = case.book.weights, 0
    people = {p.id: p for p in case.people}
    for site, pair, mode in plan:
        first = site.region in ("2202", "2224")
        terms = case.book.modes[mode]
        total += pair.fit + w.priority_region * first + w.prior_cooperation * pair.prior
        total += {Urgency.URGENT: w.urgent, Urgency.PRESSING: w.pressing}.get(site.urgency, 0)
        total += w.in_province * people[pair.expert_id].in_province
        total += terms.points + terms.priority_points * first
        for choices, weight in ((case.steering.preferred, w.preferred), (case.steering.kept, w.kept)):
            total += weight * any(
                c.demand_id == site.demand_id and c.expert_id in ("", pair.expert_id) and c.kind in (None, pair.kind)
                for c in choices
            )
    for keys, weight in (
        ([site.region for site, _, _ in plan if site.region], w.region_balance),
        ([site.industry for site, _, _ in plan if site.industry], w.industry_balance),
        ([pair.expert_id for _, pair, _ in plan], w.load),
    ):
        total -= weight * (len(keys) - len(set(keys)))
    return total
