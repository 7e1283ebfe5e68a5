"""Where teams are on which day: one place a day, the way from and to home, the hours of a day, equal teams once."""

from __future__ import annotations

from itertools import pairwise

from matcher.plan.program import Term
from matcher.plan.relaxable import DAYS, HOURS, TEAMS
from matcher.plan.visit_draft import VisitDraft
from matcher.plan.visit_loosened import MORE

_HOUR = 60
HALF_HOUR = 30
"""By so many minutes a day gives way."""
# Nobody is on the way for longer, whatever gives way.
_LONGEST_DAY = 12


def require_travel(making: VisitDraft) -> None:
    """One place a team and day; the way from and to home fits into the first and the last day."""
    book, require = making.problem.book, making.draft.require
    places = sorted({place for _, _, place in making.places})
    for (d, team, day), number in making.at.items():
        require([(1, number), (-1, making.places[team, day, making.demands[d].place])], high=0)
    _ordered(making, places)
    _more(making)
    for team in making.teams:
        for day in making.days:
            require(((1, making.places[team, day, place]) for place in places), high=1)
            _hours(making, team, day, places)
            if day and not book.one_cluster:
                _overnight(making, team, day, places)
        if book.one_cluster:
            _one_cluster(making, team, places)


def _more(making: VisitDraft) -> None:
    """Days and teams beyond those asked for."""
    if making.loosened is None:
        return
    for (team, day, _), number in making.places.items():
        for rule, beyond in ((DAYS, day - making.loosened.days), (TEAMS, team - making.loosened.teams)):
            if beyond >= 0:
                making.draft.require([(beyond + 1, number), *making.gives(rule, MORE)], high=0)


def _ordered(making: VisitDraft, places: list[str]) -> None:
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


def _out(making: VisitDraft, team: int, places: list[str], sign: int) -> list[Term]:
    """Days that the team is out at these places."""
    return [(sign, making.places[team, day, place]) for day in making.days for place in places]


def _hours(making: VisitDraft, team: int, day: int, places: list[str]) -> None:
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
        if making.loosened is None:
            making.draft.require(tight, high=0)
    room = making.gives(HOURS, (_LONGEST_DAY * _HOUR - whole) // HALF_HOUR)
    making.draft.require([*spent, *((HALF_HOUR * sign, number) for sign, number in room)], high=whole)


def _visits_lost(whole: int, stop: int, way: int) -> int:
    """Whole visits that one way costs on any day, be it the only one of that day or one of two."""
    most, once, twice = (max(0, whole - ways * way) // stop for ways in range(3))
    return most - once if 2 * way > whole else min(most - once, (most - twice) // 2)


def _overnight(making: VisitDraft, team: int, day: int, places: list[str]) -> None:
    longest = making.problem.book.overnight_hours * _HOUR
    for start in places:
        for end in places:
            if start != end and making.problem.travel(start, end) > longest:
                here, there = making.places[team, day - 1, start], making.places[team, day, end]
                making.draft.require([(1, here), (1, there)], high=1)


def _one_cluster(making: VisitDraft, team: int, places: list[str]) -> None:
    """One place a trip; said of each demand too, which binds tighter."""
    for place in places:
        for day in making.days:
            making.draft.require([(1, making.places[team, day, place]), (-1, making.goes[team, place])], high=0)
    making.draft.require(((1, making.goes[team, place]) for place in places), high=1)
    for id, demand in making.demands.items():
        visits = [(1, making.at[id, team, day]) for day in making.days]
        making.draft.require([*visits, (-1, making.goes[team, demand.place])], high=0)
