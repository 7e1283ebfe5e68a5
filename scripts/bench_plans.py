#!/usr/bin/env python3
"""Plans on real and large input, beside two baselines in the same run: `bench_plans.py --home MATCHER_HOME [--large]`.

The home holds the test collection with made attributes (`make_plan_data.py`). Stations: all demands that ask for one.
Visits: 40 demands, 60 experts, 5 days. `--large`: 1,000 demands x 20,000 experts with made suitabilities, pruned to the
first 30 of each demand as the planner prunes a ranking. Times: clock and processor.

Baselines: greedy (best pair first; quotas, budget and enterprises only) and top-1 (each demand's best allowed expert,
best demands first, keeping every rule); for visits the same, an expert a need.
Violations are counted by the validator, stated shortfalls left aside.
"""

from __future__ import annotations

import argparse
import os
import platform
import resource
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain, product, zip_longest
from pathlib import Path

import numpy as np

from matcher.domain.vocabulary import StationKind, Urgency
from matcher.plan.book import StationBook
from matcher.plan.planner import plan_stations
from matcher.plan.problem import Pair, Person, Site, StationProblem
from matcher.plan.result import Quality, Station, StationPlan
from matcher.plan.solver import solve
from matcher.plan.validator import violations
from matcher.plan.visit_planner import plan_visits
from matcher.plan.visit_problem import Fit, VisitProblem
from matcher.plan.visit_result import Covered, Stop, Team, VisitPlan
from matcher.plan.visit_validator import visit_violations
from matcher.settings import MatcherSettings
from matcher.wiring import Application
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_visits import VisitRequest

_STATED = {"quota", "floor", "fixed"}
_MONDAY = date(2026, 6, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--budget", type=int, help="万元")
    parser.add_argument("--large", action="store_true")
    options = parser.parse_args()
    application = Application(MatcherSettings(home=options.home))
    load = os.getloadavg()[0]
    print(f"{platform.machine()}, {os.cpu_count()} cores, load {load:.1f}, Python {platform.python_version()}")
    _stations(application, options.budget)
    _visits(application)
    if options.large:
        _large(application.plan_book.stations)
    print(f"largest memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2:.2f} GB")


class Watch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        self._clock, self._processor = time.perf_counter(), time.process_time()

    def __str__(self) -> str:
        clock, processor = time.perf_counter() - self._clock, time.process_time() - self._processor
        return f"{clock:.1f} s (processor {processor:.1f} s)"


def _stations(application: Application, budget: int | None) -> None:
    watch = Watch()
    problem = application.station_planner.problem(StationRequest(2026, budget=budget))
    print(f"stations: ranked in {watch}")
    _compare(problem)


def _compare(problem: StationProblem) -> None:
    print(f"  {len(problem.sites)} demands, {len(problem.people)} experts, {len(problem.usable())} usable pairs")
    watch = Watch()
    plan = plan_stations(problem, solve)
    quality = plan.quality
    print(f"  solved in {watch}, proven {quality.proven}, gap {quality.gap:.3%}, points {quality.points}")
    for name, stations in (("ours", plan.stations), ("greedy", greedy(problem)), ("top-1", top_one(problem))):
        fits = [station.fit / 1000 for station in stations]
        broken = Counter(v.rule for v in _violations(problem, stations, plan))
        backups = sum(len(station.backups) for station in stations)
        print(
            f"  {name:>7}: {len(stations)} stations, suitability {sum(fits):.3f}, worst {min(fits, default=0):.3f}, "
            f"violations {broken.total()} {dict(broken) or ''} backups {backups}"
        )


def _violations(problem: StationProblem, stations: Sequence[Station], ours: StationPlan) -> list:
    shown = replace(ours, stations=tuple(stations), quality=Quality(0, True, 0))
    return [v for v in violations(problem, shown) if stations is ours.stations or v.rule not in _STATED]


def greedy(problem: StationProblem) -> list[Station]:
    """The best pairs by score: quotas, one station an enterprise, the first mode; no other rule."""
    return _taken(problem, problem.pairs, lambda pair, taken: True)


def top_one(problem: StationProblem) -> list[Station]:
    """Each demand's best allowed expert and nobody else, best demands first, while every rule is kept."""
    best: dict[str, Pair] = {}
    for pair in problem.usable():
        if pair.demand_id not in best or pair.fit > best[pair.demand_id].fit:
            best[pair.demand_id] = pair
    people = {person.id: person for person in problem.people}

    def keeps(pair: Pair, taken: Sequence[Station]) -> bool:
        mine = [station for station in taken if station.expert_id == pair.expert_id]
        capped = sum(station.kind is StationKind.ACADEMICIAN for station in mine)
        person = people[pair.expert_id]
        within = pair.kind is StationKind.EXPERT or capped < person.academician_slots
        return within and (len(mine) + 1) * problem.tenths_a_station <= person.tenths

    return _taken(problem, list(best.values()), keeps)


def _taken(
    problem: StationProblem, pairs: Sequence[Pair], keeps: Callable[[Pair, Sequence[Station]], bool]
) -> list[Station]:
    sites = {site.demand_id: site for site in problem.sites}
    taken: list[Station] = []
    firms: set[str] = set()
    for pair in sorted(pairs, key=lambda p: (-p.fit, p.demand_id, p.expert_id, p.kind)):
        site = sites[pair.demand_id]
        modes = problem.modes(site, pair.kind)
        built = sum(station.kind is pair.kind for station in taken)
        spent = sum(station.funding for station in taken)
        funding = problem.book.modes[modes[0]].funding(pair.kind) if modes else 0
        dear = problem.budget is not None and spent + funding > problem.budget
        if site.firm in firms or built >= problem.quota(pair.kind) or not modes or dear or not keeps(pair, taken):
            continue
        firms.add(site.firm)
        taken.append(Station(pair.demand_id, pair.expert_id, pair.kind, modes[0], funding, pair.fit, pair.rank, ()))
    return taken


def _visits(application: Application) -> None:
    problem = narrowed(application.visit_planner.problem(VisitRequest(("22",), _MONDAY, 5)), 40, 60)
    watch = Watch()
    plan = plan_visits(problem, solve)
    print(
        f"visits: {len(problem.demands)} demands, {len(problem.travellers)} experts, 5 days: solved in {watch}, "
        f"proven {plan.quality.proven}, gap {plan.quality.gap:.1%}, points {plan.quality.points}"
    )
    for name, shown in (
        ("ours", plan),
        ("greedy", visits_one_by_one(problem, lambda stops: True)),
        ("top-1", visits_one_by_one(problem, lambda stops: not visit_violations(problem, _trip(problem, stops)))),
    ):
        fits = [one.fit / 1000 for stop in shown.stops for one in stop.covered]
        broken = Counter(violation.rule for violation in visit_violations(problem, shown))
        print(
            f"  {name:>7}: {len(shown.stops)} visited, {len(shown.teams)} teams, suitability {sum(fits):.3f}, "
            f"worst {min(fits, default=0):.3f}, violations {broken.total()} {dict(broken) or ''}"
        )


def visits_one_by_one(problem: VisitProblem, keeps: Callable[[Sequence[Stop]], bool]) -> VisitPlan:
    """Each demand with the best expert of each need, best demands first, at the first place and day that `keeps`.

    A team stays in the place of its first demand from the first day to the last; a day has room for two.
    """
    best: dict[tuple[str, str], Fit] = {}
    for fit in problem.usable():
        best.setdefault((fit.demand_id, fit.need_id), fit)
    chosen = {d.demand_id: [best.get((d.demand_id, need)) for need in d.needs] for d in problem.demands}
    whole = [d for d in problem.demands if all(chosen[d.demand_id])]
    stops: list[Stop] = []
    for demand in sorted(whole, key=lambda d: (-max(f.fit for f in chosen[d.demand_id] if f), d.demand_id)):
        covered = tuple(Covered(f.need_id, f.expert_id, f.fit) for f in chosen[demand.demand_id] if f)
        people = tuple(dict.fromkeys(one.expert_id for one in covered))
        for team, day in product(range(1, problem.book.teams + 1), problem.days):
            there = [stop for stop in stops if stop.team == team]
            if {stop.place for stop in there} - {demand.place} or sum(stop.day == day for stop in there) > 1:
                continue
            stop = Stop(demand.demand_id, day, team, len(there) + 1, demand.place, people, (), covered)
            if keeps([*stops, stop]):
                stops.append(stop)
                break
    return _trip(problem, stops)


def _trip(problem: VisitProblem, stops: Sequence[Stop]) -> VisitPlan:
    teams = []
    for number in sorted({stop.team for stop in stops}):
        mine = [stop for stop in stops if stop.team == number]
        leader, *others = dict.fromkeys(expert for stop in mine for expert in stop.on_site)
        teams.append(Team(number, leader, tuple(others), tuple((day, mine[0].place) for day in problem.days)))
    return VisitPlan(tuple(stops), tuple(teams), (), (), Quality(0, False, 0))


def narrowed(problem: VisitProblem, demands: int, experts: int) -> VisitProblem:
    """The first demands that have anybody, with the best experts of each in turn."""
    best: dict[str, list[str]] = {}
    for fit in sorted(problem.usable(), key=lambda f: (f.demand_id, -f.fit, f.expert_id)):
        best.setdefault(fit.demand_id, []).append(fit.expert_id)
    kept = dict(list(best.items())[:demands])
    turns = chain.from_iterable(zip_longest(*kept.values()))
    chosen = set(list(dict.fromkeys(name for name in turns if name))[:experts])
    return replace(
        problem,
        demands=tuple(demand for demand in problem.demands if demand.demand_id in kept),
        travellers=tuple(traveller for traveller in problem.travellers if traveller.id in chosen),
        fits=tuple(fit for fit in problem.fits if fit.expert_id in chosen and fit.demand_id in kept),
    )


def _large(book: StationBook, demands: int = 1000, experts: int = 20_000) -> None:
    """Suitabilities fall off as in a ranking; popular experts come up for several demands."""
    watch = Watch()
    draw = np.random.default_rng(20160501)
    academic, popular = draw.random(experts) < 0.02, draw.random(experts) * 0.5
    pairs: list[Pair] = []
    for number in range(demands):
        fits = popular + draw.random(experts) * 0.5
        for kind in StationKind:
            able = np.flatnonzero(academic) if kind is StationKind.ACADEMICIAN else np.arange(experts)
            top = able[np.argsort(-fits[able])[: book.candidates]]
            pairs += [
                Pair(f"D{number:04}", f"E{e:05}", kind, int(1000 * fits[e]), rank) for rank, e in enumerate(top, 1)
            ]
    people = [
        Person(
            f"E{e:05}", bool(academic[e]), int(academic[e]) * int(draw.integers(0, 4)), 30 * int(draw.integers(0, 5))
        )
        for e in range(experts)
    ]
    sites = [
        Site(f"D{n:04}", "", f"D{n:04}", tuple(StationKind), region=f"22{draw.integers(1, 10):02}",
             industry=f"{draw.integers(1, 60):02}", urgency=list(Urgency)[draw.integers(0, 3)],
             has_rd_unit=bool(draw.integers(0, 2)))
        for n in range(demands)
    ]  # fmt: skip
    quotas = ((StationKind.ACADEMICIAN, 30), (StationKind.EXPERT, 300))
    problem = StationProblem(tuple(sites), tuple(people), tuple(pairs), (), quotas, 5000, 30, book)
    print(f"large: {demands} x {experts}, pruned to {book.candidates} a demand and kind; quotas 30 + 300, 5,000 万元")
    _compare(problem)
    print(f"  in all {watch}")


if __name__ == "__main__":
    main()
