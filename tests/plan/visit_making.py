"""Small problems of visits, made by hand or by chance, and a search that tries everything."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import strategies as st

from matcher.domain.vocabulary import ServiceKind, Urgency
from matcher.plan.book import parse_plan_book
from matcher.plan.problem import Choice, Steering
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem
from matcher.resources import bundled
from tests.plan.making import UNKNOWN

BOOK = parse_plan_book(bundled("plan.toml").read_text(encoding="utf-8")).visits
MONDAY = date(2026, 6, 1)
CONSULTING, LECTURE, VISIT = ServiceKind.CONSULTING, ServiceKind.LECTURE, ServiceKind.VISIT
ALL = (CONSULTING, LECTURE, VISIT)
MINUTES = (
    ("2201", "2202", 96),
    ("2201", "2224", 306),
    ("2202", "2224", 229),
    ("2202", "2202", 60),
    ("2224", "2224", 60),
)


def demand(n, place="2202", services=(CONSULTING,), needs=None, **more):
    return replace(VisitDemand(f"D{n}", f"需求{n}", place, place, place + "01", services, needs or (f"D{n}",)), **more)


def person(n, days=(0, 1, 2), stops=4, services=ALL, **more):
    return replace(Traveller(f"E{n}", tuple(days), stops, services), **more)


def fit(d, e, value=500, need="", **more):
    return replace(Fit(f"D{d}", need or f"D{d}", f"E{e}", value), **more)


def case(demands, people, fits, days=3, book=BOOK, **steering):
    dates = tuple(MONDAY + timedelta(n) for n in range(days))
    return VisitProblem(tuple(demands), tuple(people), tuple(fits), dates, MINUTES, book, Steering(**steering))


@st.composite
def small_visits(draw, fixed_most=1) -> VisitProblem:
    demands = [
        demand(
            n,
            draw(st.sampled_from(["2202", "2224"])),
            draw(st.sampled_from([(), (CONSULTING,), (LECTURE, VISIT)])),
            draw(st.sampled_from([None, None, (f"D{n}#1", f"D{n}#2")])),
            urgency=draw(st.sampled_from([None, Urgency.URGENT])),
        )
        for n in range(draw(st.integers(1, 3)))
    ]
    people = [
        person(n, draw(st.sampled_from([(0,), (1,), (0, 1), (0, 1, 2)])), draw(st.integers(0, 3)),
               draw(st.sampled_from([ALL, ALL, (CONSULTING,)])), remote=draw(st.integers(0, 3)) == 0)
        for n in range(draw(st.integers(1, 3)))
    ]  # fmt: skip
    # What the rules find concerns a demand and an expert, whichever of its needs.
    found = {(d.demand_id, who.id): draw(st.sampled_from([(), (), (), UNKNOWN])) for d in demands for who in people}
    fits = [
        Fit(one.demand_id, need, who.id, draw(st.integers(1, 999)), found[one.demand_id, who.id])
        for one in demands
        for need in one.needs
        for who in people
        if draw(st.integers(0, 3))
    ]
    choice = st.builds(Choice, st.sampled_from(["", "D0", "D1"]), st.sampled_from(["", "E0", "E1"])).filter(
        lambda choice: choice.demand_id or choice.expert_id
    )
    few = st.lists(choice, max_size=1).map(tuple)
    shape = {
        "teams": draw(st.integers(1, 2)),
        "team_size": draw(st.integers(1, 2)),
        "one_cluster": draw(st.booleans()),
        "day_hours": draw(st.sampled_from([8, 12])),
    }
    problem = case(
        demands, people, fits, draw(st.integers(1, 3)), BOOK.model_copy(update=shape),
        fixed=tuple(draw(st.lists(choice, max_size=fixed_most, unique=True))),
        forbidden=draw(few), preferred=draw(few), kept=draw(few),
    )  # fmt: skip
    return replace(problem, kept_days=draw(st.sampled_from([(), (("D0", MONDAY),)])))


def best_visits_by_trying(problem: VisitProblem) -> tuple[int, int]:
    """The fewest missed choices, and the most points with them, in thousandths: a tie counts less than a point."""
    days, teams = range(len(problem.days)), range(problem.book.teams)
    when = [None, *product(teams, days)]
    ways: dict[tuple[tuple[str, int], ...], int | None] = {}
    best = (-len(problem.steering.fixed) - 1, 0)
    for chosen in product(when, repeat=len(problem.demands)):
        visited = {d.demand_id: at for d, at in zip(problem.demands, chosen, strict=True) if at is not None}
        out = 0
        for team in teams:
            stops = tuple((d.place, visited[d.demand_id][1]) for d in problem.demands
                          if visited.get(d.demand_id, (None,))[0] == team)  # fmt: skip
            if stops not in ways:
                ways[stops] = _days_out(problem, stops)
            lost = ways[stops]
            if lost is None:
                break
            out += lost
        else:
            best = max(best, max(_staffed(problem, visited, out), default=best))
    return best


def _days_out(problem: VisitProblem, stops: tuple[tuple[str, int], ...]) -> int | None:
    """The fewest days on the road that let a team make these stops; None: it cannot."""
    places, days, book = sorted({place for place, _ in stops}), len(problem.days), problem.book
    possible = []
    for road in product([None, *places], repeat=days):
        if any(road[day] != place for place, day in stops) or (book.one_cluster and len({*road} - {None}) > 1):
            continue
        if all(_day_goes(problem, road, day, sum(at == day for _, at in stops)) for day in range(days)):
            possible.append(sum(place is not None for place in road))
    return min(possible, default=None)


def _day_goes(problem: VisitProblem, road: tuple[str | None, ...], day: int, stops: int) -> bool:
    place, book = road[day], problem.book
    if place is None:
        return True
    before = road[day - 1] if day else None
    after = road[day + 1] if day + 1 < len(road) else None
    minutes = stops * book.stop_hours * 60 + problem.travel(book.home, place) * ((before is None) + (after is None))
    far = before not in (None, place) and problem.travel(before, place) > book.overnight_hours * 60
    return minutes <= book.day_hours * 60 and not far


def _staffed(problem: VisitProblem, visited: Mapping[str, tuple[int, int]], out: int) -> Iterator[tuple[int, int]]:
    people = {t.id: t for t in problem.travellers}
    fits = {(f.demand_id, f.need_id, f.expert_id): f.fit for f in problem.fits if not f.findings and not any(
        _names(c, f.demand_id, f.expert_id) for c in problem.steering.forbidden)}  # fmt: skip
    able = {id: sorted({e for d, _, e in fits if d == id}) for id in visited}
    groups = [[g for size in range(1, len(able[id]) + 1) for g in combinations(able[id], size)] for id in visited]
    for chosen in product(*groups):
        there = dict(zip(visited, chosen, strict=True))
        if _people_can(problem, people, visited, there):
            points = _visit_points(problem, people, fits, visited, there)
            if points is not None:
                missed = sum(not _met(choice, there) for choice in problem.steering.fixed)
                yield -missed, points - 1000 * out * problem.book.weights.team_day


def _people_can(problem, people, visited, there) -> bool:
    teams: dict[str, set[int]] = {}
    for id, group in there.items():
        asked = next(d for d in problem.demands if d.demand_id == id).services
        on_site = [e for e in group if not people[e].remote]
        if not on_site or any(visited[id][1] not in people[e].days for e in group):
            return False
        for service in asked:
            if not any(service in people[e].services for e in (on_site if service is VISIT else group)):
                return False
        for e in on_site:
            teams.setdefault(e, set()).add(visited[id][0])
    stops = Counter(e for group in there.values() for e in group)
    a_day = Counter((e, visited[id][1]) for id, group in there.items() for e in group if people[e].remote)
    sizes = Counter(team for mine in teams.values() for team in mine)
    return (
        all(len(mine) == 1 for mine in teams.values())
        and all(count <= people[e].stops for e, count in stops.items())
        and max(a_day.values(), default=0) <= problem.book.remote_a_day
        and max(sizes.values(), default=0) <= problem.book.team_size
    )


def _visit_points(problem, people, fits, visited, there) -> int | None:
    weights, steering = problem.book.weights, problem.steering
    wished = (*steering.preferred, *(c for c in steering.fixed if c.expert_id))
    total = -1000 * weights.expert * len({e for group in there.values() for e in group})
    for one in problem.demands:
        if one.demand_id not in visited:
            continue
        day = problem.days[visited[one.demand_id][1]]
        total += 1000 * (weights.covered + weights.urgent * (one.urgency is not None))
        total += 1000 * weights.kept * ((one.demand_id, day) in problem.kept_days) - len(there[one.demand_id])
        for need in one.needs:
            ranked = sorted((-fit, e) for (d, n, e), fit in fits.items() if (d, n) == (one.demand_id, need))
            worth = [
                1000 * (-minus + weights.preferred * any(_names(c, one.demand_id, e) for c in wished)
                        + weights.kept * any(_names(c, one.demand_id, e) for c in steering.kept)) - place
                for place, (minus, e) in enumerate(ranked) if e in there[one.demand_id]
            ]  # fmt: skip
            if not worth:
                return None
            total += max(worth)
    return total


def _met(choice: Choice, there: Mapping[str, tuple[str, ...]]) -> bool:
    return any(choice.demand_id in ("", id) and (not choice.expert_id or choice.expert_id in group)
               for id, group in there.items())  # fmt: skip


def _names(choice: Choice, demand_id: str, expert_id: str) -> bool:
    return choice.demand_id in ("", demand_id) and choice.expert_id in ("", expert_id)
