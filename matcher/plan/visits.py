"""The model of visits: teams that travel together, a place a day, each need and service answered at the stop."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from matcher.domain.vocabulary import ServiceKind
from matcher.plan.problem import Choice
from matcher.plan.program import Program, Term
from matcher.plan.relaxable import TEAM_SIZE, Relaxable, away, service_of, stops_of
from matcher.plan.scoring import urgency_points
from matcher.plan.visit_draft import REMOTE, At, Attending, VisitDraft
from matcher.plan.visit_loosened import LoosenedVisits
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem
from matcher.plan.visit_travel import require_travel

# An expert more at a stop costs next to nothing, but is not there for nothing; of equals the first by number comes.
_TIE = 1_000


@dataclass(slots=True)
class VisitModel:
    """The program with what its variables mean; `slack`: how far a rule gives way."""

    program: Program
    at: Mapping[At, int]
    attends: Mapping[Attending, int]
    answers: Mapping[tuple[str, str, str], int]
    joins: Mapping[tuple[str, int, str], int]
    places: Mapping[tuple[int, int, str], int]
    missed: Mapping[str, int]
    slack: Mapping[Relaxable, int]


def visit_model(problem: VisitProblem, loosened: LoosenedVisits | None = None) -> VisitModel:
    """First as few fixed choices missed as can be; then as much covered, and as well, with as few people and days.

    `loosened`: of which the problem is the loosened one; then rules give way at a price.
    """
    fits = {(f.demand_id, f.need_id, f.expert_id): f for f in problem.usable()}
    demands = {d.demand_id: d for d in sorted(problem.demands, key=lambda d: d.demand_id) if _coverable(d, fits)}
    making = VisitDraft(problem, demands, {t.id: t for t in problem.travellers}, fits, loosened)
    _variables(making)
    _answered(making)
    _together(making)
    _loosened(making)
    _stops(making)
    _remote(making)
    require_travel(making)
    _fixed(making)
    missed = [(-1, number) for number in making.missed.values()]
    program = making.draft.finish(missed, _points(making)) if missed else making.draft.finish(_points(making))
    m = making
    return VisitModel(program, m.at, m.attends, m.answers, m.joins, m.places, m.missed, m.slack)


def _coverable(demand: VisitDemand, fits: Mapping[tuple[str, str, str], Fit]) -> bool:
    known = {need for id, need, _ in fits if id == demand.demand_id}
    return all(need in known for need in demand.needs)


def _variables(making: VisitDraft) -> None:
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


def _answered(making: VisitDraft) -> None:
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
            require([*able, *minus, *making.gives(service_of(id, service), sign=1)], low=0)
        require([*((1, n) for (_, team), n in attending.items() if team != REMOTE), *minus], low=0)
    by_pair: dict[tuple[str, str], list[Term]] = {}
    for (d, e, _), number in making.attends.items():
        by_pair.setdefault((d, e), []).append((-1, number))
    for (d, _, e), number in making.answers.items():
        require([(1, number), *by_pair[d, e]], high=0)


def _offers(person: Traveller, service: ServiceKind) -> bool:
    return service in person.services and not (person.remote and service is ServiceKind.VISIT)


def _together(making: VisitDraft) -> None:
    """Whoever attends travels with the team that visits, on a day of his or her own; nobody is in two teams."""
    require = making.draft.require
    for (d, e, team), number in making.attends.items():
        teams = making.teams if team == REMOTE else [team]
        there = [(-1, making.at[d, t, day]) for t in teams for day in making.days if day in making.people[e].days]
        require([(1, number), *there, *_away(making, number, e, d, teams)], high=0)
        if team != REMOTE:
            require([(1, number), (-1, making.joins[e, team, making.trip(d)])], high=0)
    for e in dict.fromkeys(e for e, _, _ in making.joins):
        require(((1, number) for (other, _, _), number in making.joins.items() if other == e), high=1)
    size = making.problem.book.team_size
    room = making.gives(TEAM_SIZE, len(making.people))
    for team, trip in dict.fromkeys((t, trip) for _, t, trip in making.joins):
        members = [(1, number) for (_, t, to), number in making.joins.items() if (t, to) == (team, trip)]
        if trip:
            require([*members, (-size, making.goes[team, trip]), *room], high=0)
        else:
            require([*members, *room], high=size)


def _away(making: VisitDraft, number: int, expert_id: str, demand_id: str, teams: Iterable[int]) -> list[Term]:
    """Whoever gives one day more is there on a day of the team's all the same."""
    gives = making.gives(away(expert_id))
    if gives:
        there = [(-1, making.at[demand_id, team, day]) for team in teams for day in making.days]
        making.draft.require([(1, number), *there], high=0)
    return gives


def _loosened(making: VisitDraft) -> None:
    """What stands against a demand, or an expert there, must give way."""
    if making.loosened is None:
        return
    for (d, _, _), number in making.at.items():
        for rule in making.loosened.demands[d]:
            making.draft.require([(1, number), *making.gives(rule)], high=0)
    for (d, e, _), number in making.attends.items():
        for rule in making.loosened.pairs[d, e]:
            making.draft.require([(1, number), *making.gives(rule)], high=0)


def _stops(making: VisitDraft) -> None:
    """No more enterprises than an expert can."""
    stops: dict[tuple[str, int, str], list[Term]] = {}
    for (d, e, team), number in making.attends.items():
        stops.setdefault((e, team, "" if team == REMOTE else making.trip(d)), []).append((1, number))
    for (e, team, trip), terms in stops.items():
        most, room = making.people[e].stops, making.gives(stops_of(e), len(making.demands))
        if team == REMOTE:
            making.draft.require([*terms, *room], high=most)
        else:
            making.draft.require([*terms, (-most, making.joins[e, team, trip]), *room], high=0)


def _remote(making: VisitDraft) -> None:
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


def _fixed(making: VisitDraft) -> None:
    for choice in making.problem.steering.fixed:
        missed = making.draft.variable()
        making.draft.require([*_meeting(making, choice), (1, missed)], low=1)
        making.missed[str(choice)] = missed


def _meeting(making: VisitDraft, choice: Choice) -> list[Term]:
    if not choice.expert_id:
        return making.visited(choice.demand_id) if choice.demand_id in making.demands else []
    mine = making.attends.items()
    return [(1, n) for (d, e, _), n in mine if e == choice.expert_id and choice.demand_id in ("", d)]


def _points(making: VisitDraft) -> list[Term]:
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
