"""A plan of visits as a 行程表: by day, by person and by team, with what a page says of each visit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from matcher.plan.problem import Choice
from matcher.plan.result import Backup
from matcher.plan.visit_result import Stop, Team
from matcher.workflows.visit_report import VisitReport

_WEEKDAYS = "一二三四五六日"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at a visit. `chances` in thousandths, by need: (need, probability)."""

    expert_id: str
    name: str
    unit: str
    leads: bool
    remote: bool
    confirmed: bool
    answers: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Visit:
    """`guests`: on site first, whoever leads the team before the others."""

    stop: Stop
    firm: str
    title: str
    place: str
    services: tuple[str, ...]
    guests: tuple[Guest, ...]
    backups: tuple[tuple[Backup, str], ...]


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    weekday: str
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """`visits` with the person's own part in each."""

    expert_id: str
    name: str
    unit: str
    leads: bool
    visits: tuple[tuple[Visit, Guest], ...]


@dataclass(frozen=True, slots=True)
class Stay:
    """A day of a team; `minutes` one way from home, None where the table of travel times does not say."""

    day: date
    weekday: str
    place: str
    visits: int
    minutes: int | None


@dataclass(frozen=True, slots=True)
class Trip:
    number: int
    leader: str
    members: tuple[str, ...]
    stays: tuple[Stay, ...]


@dataclass(frozen=True, slots=True)
class Itinerary:
    days: tuple[Day, ...]
    people: tuple[Person, ...]
    trips: tuple[Trip, ...]

    @property
    def count(self) -> int:
        return sum(len(day.visits) for day in self.days)


def itinerary(report: VisitReport, minutes: Mapping[str, int]) -> Itinerary:
    """`minutes` one way from home by place."""
    visits = [_visit(report, stop) for stop in report.kept.plan.stops]
    days = tuple(Day(day, weekday(day), tuple(found)) for day, found in groupby(visits, lambda visit: visit.stop.day))
    # A team of which no visit is shown (another 市州's) is nobody's business here.
    shown = {visit.stop.team for visit in visits}
    teams = [team for team in report.kept.plan.teams if team.number in shown]
    trips = tuple(_trip(report, team, minutes) for team in teams)
    return Itinerary(days, tuple(_people(report, visits)), trips)


def weekday(day: date) -> str:
    return f"周{_WEEKDAYS[day.weekday()]}"


def _visit(report: VisitReport, stop: Stop) -> Visit:
    demand, leader = report.demands.get(stop.demand_id), report.team(stop).leader
    people = [*sorted(stop.on_site, key=lambda id: id != leader), *stop.remote]
    return Visit(
        stop,
        report.firm(stop.demand_id),
        report.title(stop.demand_id),
        report.place(stop.demand_id),
        tuple(kind.value for kind in demand.services) if demand else (),
        tuple(_guest(report, stop, id, leader) for id in people),
        tuple((one, report.person(one.expert_id)) for one in stop.backups),
    )


def _guest(report: VisitReport, stop: Stop, id: str, leader: str) -> Guest:
    expert = report.experts.get(id)
    return Guest(
        id,
        expert.name if expert else "（已不在库中）",
        expert.organization if expert else "",
        id == leader,
        id in stop.remote,
        str(Choice(stop.demand_id, id)) in report.kept.record.confirmed,
        tuple((one.need_id, one.fit) for one in stop.covered if one.expert_id == id),
    )


def _people(report: VisitReport, visits: list[Visit]) -> Iterator[Person]:
    """By team, leaders first, then by number; who only joins by video comes last."""
    own: dict[str, list[tuple[Visit, Guest]]] = {}
    for visit in visits:
        for guest in visit.guests:
            own.setdefault(guest.expert_id, []).append((visit, guest))
    order = {id: (all(g.remote for _, g in parts), parts[0][0].stop.team, not parts[0][1].leads, id)
             for id, parts in own.items()}  # fmt: skip
    for id in sorted(own, key=lambda id: order[id]):
        first = own[id][0][1]
        yield Person(id, first.name, first.unit, any(guest.leads for _, guest in own[id]), tuple(own[id]))


def _trip(report: VisitReport, team: Team, minutes: Mapping[str, int]) -> Trip:
    stays = tuple(_stay(report, team, day, place, minutes.get(place)) for day, place in team.days)
    return Trip(team.number, report.person(team.leader), tuple(map(report.person, team.members)), stays)


def _stay(report: VisitReport, team: Team, day: date, place: str, minutes: int | None) -> Stay:
    region = report.regions.get(place)
    visits = sum(stop.team == team.number and stop.day == day for stop in report.kept.plan.stops)
    return Stay(day, weekday(day), region.name if region else place, visits, minutes)
