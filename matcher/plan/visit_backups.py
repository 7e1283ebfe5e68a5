"""Backups of visits: people who stay at home in this plan and can take somebody's place at a stop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from matcher.domain.vocabulary import ServiceKind
from matcher.plan.result import Backup
from matcher.plan.visit_problem import Fit, Traveller, VisitDemand, VisitProblem
from matcher.plan.visit_result import Stop

_EACH = 2


@dataclass(frozen=True, slots=True)
class _Known:
    problem: VisitProblem
    demands: Mapping[str, VisitDemand]
    people: Mapping[str, Traveller]
    fits: Mapping[str, Sequence[Fit]]
    teams: Mapping[int, frozenset[str]]
    booked: frozenset[str]


def with_backups(problem: VisitProblem, stops: Sequence[Stop]) -> tuple[Stop, ...]:
    """For everybody at a stop the best two who can step in, the rest of the plan given."""
    fits: dict[str, list[Fit]] = {}
    for fit in problem.usable():
        fits.setdefault(fit.demand_id, []).append(fit)
    teams = {one.team: frozenset(e for stop in stops if stop.team == one.team for e in stop.on_site) for one in stops}
    known = _Known(
        problem,
        {demand.demand_id: demand for demand in problem.demands},
        {traveller.id: traveller for traveller in problem.travellers},
        fits,
        teams,
        frozenset(e for stop in stops for e in _there(stop)),
    )
    return tuple(replace(stop, backups=_backups(known, stop)) for stop in stops)


def _backups(known: _Known, stop: Stop) -> tuple[Backup, ...]:
    best: dict[str, int] = {}
    for fit in known.fits[stop.demand_id]:
        if _is_free(known, fit.expert_id, stop):
            best[fit.expert_id] = max(fit.fit, best.get(fit.expert_id, 0))
    free = sorted(best, key=lambda expert: (-best[expert], expert))
    able = {gone: [one for one in free if _can_replace(known, stop, gone, one)][:_EACH] for gone in _there(stop)}
    chosen = [one for one in free if any(one in found for found in able.values())]
    return tuple(_backup(known, stop, one, best[one]) for one in chosen)


def _backup(known: _Known, stop: Stop, expert_id: str, fit: int) -> Backup:
    places = tuple(gone for gone in _there(stop) if _can_replace(known, stop, gone, expert_id))
    return Backup(expert_id, fit, () if places == _there(stop) else places)


def _is_free(known: _Known, expert_id: str, stop: Stop) -> bool:
    person = known.people[expert_id]
    day = known.problem.days.index(stop.day)
    return not person.remote and person.stops > 0 and day in person.days and expert_id not in known.booked


def _can_replace(known: _Known, stop: Stop, gone: str, expert_id: str) -> bool:
    """Whether needs and services stay answered without `gone`; who joined by video leaves no seat in the car."""
    if gone in stop.remote and len(known.teams[stop.team]) >= known.problem.book.team_size:
        return False
    needs = {one.need_id for one in stop.covered if one.expert_id == gone}
    if not needs <= {fit.need_id for fit in known.fits[stop.demand_id] if fit.expert_id == expert_id}:
        return False
    on_site = {expert_id, *stop.on_site} - {gone}
    everybody = on_site | (set(stop.remote) - {gone})
    asked = {
        kind: on_site if kind is ServiceKind.VISIT else everybody for kind in known.demands[stop.demand_id].services
    }
    return all(any(kind in known.people[e].services for e in who) for kind, who in asked.items())


def _there(stop: Stop) -> tuple[str, ...]:
    return (*stop.on_site, *stop.remote)
