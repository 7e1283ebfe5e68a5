"""The model of visits: teams that travel together, a place a day, each need and service answered at the stop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TypeAlias

from matcher.domain.vocabulary import ServiceKind
from matcher.plan.problem import Choice
from matcher.plan.program import Draft, Program, Term
from matcher.plan.scoring import urgency_points
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem

# An expert more at a stop costs next to nothing, but is not there for nothing; of equals the first by number comes.
_TIE = 1_000
_HOUR = 60
REMOTE = -1
At: TypeAlias = tuple[str, int, int]
"""A demand, a team, a day."""
Attending: TypeAlias = tuple[str, str, int]
"""A demand, an expert, the team travelled with; REMOTE for who joins by video."""


@dataclass(slots=True)
class VisitModel:
    """The program with what its variables mean."""

    program: Program
    at: Mapping[At, int]
    attends: Mapping[Attending, int]
    answers: Mapping[tuple[str, str, str], int]
    joins: Mapping[tuple[str, int, str], int]
    places: Mapping[tuple[int, int, str], int]
    missed: Mapping[str, int]


@dataclass(slots=True)
class _Making:
    problem: VisitProblem
    demands: dict[str, VisitDemand]
    people: dict[str, Traveller]
    fits: dict[tuple[str, str, str], Fit]
    draft: Draft = field(default_factory=Draft)
    at: dict[At, int] = field(default_factory=dict)
    attends: dict[Attending, int] = field(default_factory=dict)
    answers: dict[tuple[str, str, str], int] = field(default_factory=dict)
    joins: dict[tuple[str, int, str], int] = field(default_factory=dict)
    goes: dict[tuple[int, str], int] = field(default_factory=dict)
    places: dict[tuple[int, int, str], int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    remote_used: list[int] = field(default_factory=list)

    @property
    def teams(self) -> range:
        return range(self.problem.book.teams)

    @property
    def days(self) -> range:
        return range(len(self.problem.days))

    def trip(self, demand_id: str) -> str:
        """Whom one joins, one joins for a place where a team goes to one only, which binds tighter; else for all."""
        return self.demands[demand_id].place if self.problem.book.one_cluster else ""

    def visited(self, demand_id: str) -> list[Term]:
        return [(1, self.at[demand_id, team, day]) for team in self.teams for day in self.days]


def visit_model(problem: VisitProblem) -> VisitModel:
    """First as few fixed choices missed as can be; then as much covered, and as well, with as few people and days."""
    fits = {(f.demand_id, f.need_id, f.expert_id): f for f in problem.usable()}
    demands = {d.demand_id: d for d in sorted(problem.demands, key=lambda d: d.demand_id) if _coverable(d, fits)}
    making = _Making(problem, demands, {t.id: t for t in problem.travellers}, fits)
    _variables(making)
    _answered(making)
    _together(making)
    _stops(making)
    _remote(making)
    _travel(making)
    _fixed(making)
    missed = [(-1, number) for number in making.missed.values()]
    program = making.draft.finish(missed, _points(making)) if missed else making.draft.finish(_points(making))
    m = making
    return VisitModel(program, m.at, m.attends, m.answers, m.joins, m.places, m.missed)


def _coverable(demand: VisitDemand, fits: Mapping[tuple[str, str, str], Fit]) -> bool:
    known = {need for id, need, _ in fits if id == demand.demand_id}
    return all(need in known for need in demand.needs)


def _variables(making: _Making) -> None:
    new = making.draft.variable
    fits = {key: fit for key, fit in making.fits.items() if key[0] in making.demands}
    making.at = {(d, t, day): new() for d in making.demands for t in making.teams for day in making.days}
    making.answers = {key: new() for key in fits}
    for d, e in dict.fromkeys((d, e) for d, _, e in fits):
        teams = [REMOTE] if making.people[e].remote else making.teams
        making.attends |= {(d, e, team): new() for team in teams}
    making.joins = {
        key: new() for key in dict.fromkeys((e, t, making.trip(d)) for d, e, t in making.attends if t != REMOTE)
    }
    places = sorted({demand.place for demand in making.demands.values()})
    making.places = {(t, day, place): new() for t in making.teams for day in making.days for place in places}
    if making.problem.book.one_cluster:
        making.goes = {(t, place): new() for t in making.teams for place in places}


def _answered(making: _Making) -> None:
    """A visited demand has one answer a need, somebody for each service asked, and somebody who is there."""
    require = making.draft.require
    for id, demand in making.demands.items():
        visited = making.visited(id)
        require(visited, high=1)
        minus = [(-1, number) for _, number in visited]
        for need in demand.needs:
            require([*((1, n) for (d, k, _), n in making.answers.items() if (d, k) == (id, need)), *minus], 0, 0)
        attending = {(e, team): n for (d, e, team), n in making.attends.items() if d == id}
        for service in demand.services:
            able = [(1, n) for (e, _), n in attending.items() if _offers(making.people[e], service)]
            require([*able, *minus], low=0)
        require([*((1, n) for (_, team), n in attending.items() if team != REMOTE), *minus], low=0)
    by_pair: dict[tuple[str, str], list[Term]] = {}
    for (d, e, _), number in making.attends.items():
        by_pair.setdefault((d, e), []).append((-1, number))
    for (d, _, e), number in making.answers.items():
        require([(1, number), *by_pair[d, e]], high=0)


def _offers(person: Traveller, service: ServiceKind) -> bool:
    return service in person.services and not (person.remote and service is ServiceKind.VISIT)


def _together(making: _Making) -> None:
    """Whoever attends travels with the team that visits, on a day of his or her own; nobody is in two teams."""
    require = making.draft.require
    for (d, e, team), number in making.attends.items():
        teams = making.teams if team == REMOTE else [team]
        there = [(-1, making.at[d, t, day]) for t in teams for day in making.days if day in making.people[e].days]
        require([(1, number), *there], high=0)
        if team != REMOTE:
            require([(1, number), (-1, making.joins[e, team, making.trip(d)])], high=0)
    for e in dict.fromkeys(e for e, _, _ in making.joins):
        require(((1, number) for (other, _, _), number in making.joins.items() if other == e), high=1)
    size = making.problem.book.team_size
    for team, trip in dict.fromkeys((t, trip) for _, t, trip in making.joins):
        members = [(1, number) for (_, t, to), number in making.joins.items() if (t, to) == (team, trip)]
        if trip:
            require([*members, (-size, making.goes[team, trip])], high=0)
        else:
            require(members, high=size)


def _stops(making: _Making) -> None:
    """No more enterprises than an expert can."""
    stops: dict[tuple[str, int, str], list[Term]] = {}
    for (d, e, team), number in making.attends.items():
        stops.setdefault((e, team, "" if team == REMOTE else making.trip(d)), []).append((1, number))
    for (e, team, trip), terms in stops.items():
        most = making.people[e].stops
        if team == REMOTE:
            making.draft.require(terms, high=most)
        else:
            making.draft.require([*terms, (-most, making.joins[e, team, trip])], high=0)


def _remote(making: _Making) -> None:
    """Whoever joins by video does so for few enterprises a day: two teams never wait for one person."""
    for e in dict.fromkeys(e for _, e, team in making.attends if team == REMOTE):
        mine = {d: number for (d, other, _), number in making.attends.items() if other == e}
        used = making.draft.variable()
        making.remote_used.append(used)
        for number in mine.values():
            making.draft.require([(1, number), (-1, used)], high=0)
        for day in making.days:
            joined = []
            for d, number in mine.items():
                both = making.draft.variable()
                here = [(1, making.at[d, team, day]) for team in making.teams]
                making.draft.require([(1, number), *here, (-1, both)], high=1)
                joined.append((1, both))
            making.draft.require(joined, high=making.problem.book.remote_a_day)


def _travel(making: _Making) -> None:
    """One place a team and day; the way from and to home fits into the first and the last day."""
    book, require = making.problem.book, making.draft.require
    places = sorted({place for _, _, place in making.places})
    for (d, team, day), number in making.at.items():
        require([(1, number), (-1, making.places[team, day, making.demands[d].place])], high=0)
    _ordered(making, places)
    for team in making.teams:
        for day in making.days:
            require(((1, making.places[team, day, place]) for place in places), high=1)
            _hours(making, team, day, places)
            if day and not book.one_cluster:
                _overnight(making, team, day, places)
        if book.one_cluster:
            _one_cluster(making, team, places)


def _ordered(making: _Making, places: list[str]) -> None:
    """Teams are alike: in order of their places, at one place those first that are out longest, so that no plan is
    looked at twice."""
    require, days = making.draft.require, len(making.days)
    for one, other in pairwise(making.teams):
        if not making.goes:
            require([*_out(making, one, places, 1), *_out(making, other, places, -1)], low=0)
        for count, place in enumerate(places if making.goes else (), start=1):
            before = places[:count]
            require(
                [*((1, making.goes[one, p]) for p in before), *((-1, making.goes[other, p]) for p in before)], low=0
            )
            out = [*_out(making, one, [place], 1), *_out(making, other, [place], -1)]
            require([*out, (-days, making.goes[one, place])], low=-days)


def _out(making: _Making, team: int, places: list[str], sign: int) -> list[Term]:
    """Days that the team is out at these places."""
    return [(sign, making.places[team, day, place]) for day in making.days for place in places]


def _hours(making: _Making, team: int, day: int, places: list[str]) -> None:
    """Visits and the way from and to home within the hours of a day, in whole visits, which binds tighter."""
    book, problem = making.problem.book, making.problem
    stop, whole = round(book.stop_hours * _HOUR), round(book.day_hours * _HOUR)
    spent = [(stop, making.at[d, team, day]) for d in making.demands]
    for place in places:
        way, here = problem.travel(book.home, place), making.places[team, day, place]
        visits = [(1, making.at[d, team, day]) for d, demand in making.demands.items() if demand.place == place]
        tight = [*visits, (-(whole // stop), here)]
        for neighbour in (day - 1, day + 1):
            leg = making.draft.variable()
            stays = [(-1, making.places[team, neighbour, p]) for p in places] if neighbour in making.days else []
            making.draft.require([(1, here), *stays, (-1, leg)], high=0)
            spent.append((way, leg))
            tight.append((_visits_lost(whole, stop, way), leg))
        making.draft.require(tight, high=0)
    making.draft.require(spent, high=whole)


def _visits_lost(whole: int, stop: int, way: int) -> int:
    """Whole visits that one way costs on any day, be it the only one of that day or one of two."""
    most, once, twice = (max(0, whole - ways * way) // stop for ways in range(3))
    return most - once if 2 * way > whole else min(most - once, (most - twice) // 2)


def _overnight(making: _Making, team: int, day: int, places: list[str]) -> None:
    longest = making.problem.book.overnight_hours * _HOUR
    for start in places:
        for end in places:
            if start != end and making.problem.travel(start, end) > longest:
                here, there = making.places[team, day - 1, start], making.places[team, day, end]
                making.draft.require([(1, here), (1, there)], high=1)


def _one_cluster(making: _Making, team: int, places: list[str]) -> None:
    """One place a trip; said of each demand too, which binds tighter."""
    for place in places:
        for day in making.days:
            making.draft.require([(1, making.places[team, day, place]), (-1, making.goes[team, place])], high=0)
    making.draft.require(((1, making.goes[team, place]) for place in places), high=1)
    for id, demand in making.demands.items():
        visits = [(1, making.at[id, team, day]) for day in making.days]
        making.draft.require([*visits, (-1, making.goes[team, demand.place])], high=0)


def _fixed(making: _Making) -> None:
    for choice in making.problem.steering.fixed:
        missed = making.draft.variable()
        making.draft.require([*_meeting(making, choice), (1, missed)], low=1)
        making.missed[str(choice)] = missed


def _meeting(making: _Making, choice: Choice) -> list[Term]:
    if not choice.expert_id:
        return making.visited(choice.demand_id) if choice.demand_id in making.demands else []
    mine = making.attends.items()
    return [(1, n) for (d, e, _), n in mine if e == choice.expert_id and choice.demand_id in ("", d)]


def _points(making: _Making) -> list[Term]:
    """Who is fixed answers rather than somebody else who would have to come as well."""
    weights, steering = making.problem.book.weights, making.problem.steering
    wished = (*steering.preferred, *(choice for choice in steering.fixed if choice.expert_id))
    terms: list[Term] = []
    kept_days = set(making.problem.kept_days)
    for (d, _, day), number in making.at.items():
        urgent = urgency_points(making.demands[d].urgency, weights.urgent, weights.pressing)
        kept = weights.kept * ((d, making.problem.days[day]) in kept_days)
        terms.append((_TIE * (weights.covered + urgent + kept), number))
    places: dict[tuple[str, str], int] = {}
    for key, number in making.answers.items():
        liked = weights.preferred * _among(wished, key) + weights.kept * _among(steering.kept, key)
        place = places[key[:2]] = places.get(key[:2], -1) + 1
        terms.append((_TIE * (making.fits[key].fit + liked) - place, number))
    terms += [(-1, number) for number in making.attends.values()]
    terms += [(-_TIE * weights.expert, n) for n in (*making.joins.values(), *making.remote_used)]
    return terms + [(-_TIE * weights.team_day, number) for number in making.places.values()]


def _among(choices: tuple[Choice, ...], key: tuple[str, str, str]) -> bool:
    return any(c.demand_id in ("", key[0]) and c.expert_id in ("", key[2]) for c in choices)
