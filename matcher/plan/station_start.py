"""A first answer for the model of stations: taken pair by pair, the best first. The solver begins with it.

It need not keep every rule: what does not hold the solver mends.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.problem import Pair, Person, Site, StationProblem
from matcher.plan.scoring import mode_points, pair_parts


@dataclass(slots=True)
class _Taking:
    problem: StationProblem
    sites: dict[str, Site]
    people: dict[str, Person]
    cheapest: dict[StationKind, int]
    open: Counter[StationKind]
    firms: set[str] = field(default_factory=set)
    chiefs: Counter[str] = field(default_factory=Counter)
    capped: Counter[str] = field(default_factory=Counter)
    spent: int = 0


def first_stations(problem: StationProblem) -> list[tuple[Pair, StationMode]]:
    """What people fixed comes first, then by points; money is held back for the rest of each quota."""
    funding = problem.book.modes.values()
    taking = _Taking(
        problem,
        {site.demand_id: site for site in problem.sites},
        {person.id: person for person in problem.people},
        {kind: min(terms.funding(kind) for terms in funding) for kind in StationKind},
        Counter({kind: problem.quota(kind) for kind in StationKind}),
    )
    fixed = problem.steering.fixed

    def order(pair: Pair) -> tuple[bool, int, str, str]:
        parts = pair_parts(problem, taking.sites[pair.demand_id], taking.people[pair.expert_id], pair)
        wanted = any(choice.fits(pair) for choice in fixed)
        return (not wanted, -sum(part.points for part in parts), pair.demand_id, pair.expert_id)

    taken = []
    for pair in sorted(problem.usable(), key=order):
        mode = _mode(taking, pair)
        if mode is not None:
            _take(taking, pair, mode)
            taken.append((pair, mode))
    return taken


def _mode(taking: _Taking, pair: Pair) -> StationMode | None:
    """The mode of most points that can be paid for, where the pair may be taken at all."""
    problem, person, site = taking.problem, taking.people[pair.expert_id], taking.sites[pair.demand_id]
    if (
        not taking.open[pair.kind]
        or site.firm in taking.firms
        or (taking.chiefs[person.id] + 1) * problem.tenths_a_station > person.tenths
        or (pair.kind is StationKind.ACADEMICIAN and taking.capped[person.id] >= person.academician_slots)
    ):
        return None
    able = [
        mode
        for mode in problem.modes(site, pair.kind)
        if not problem.steering.forbids_in(pair, mode) and _is_paid_for(taking, pair.kind, mode)
    ]
    return max(able, key=lambda mode: mode_points(problem, site, mode), default=None)


def _is_paid_for(taking: _Taking, kind: StationKind, mode: StationMode) -> bool:
    if taking.problem.budget is None:
        return True
    others = taking.open - Counter({kind: 1})
    reserved = sum(count * taking.cheapest[one] for one, count in others.items())
    return taking.spent + taking.problem.book.modes[mode].funding(kind) + reserved <= taking.problem.budget


def _take(taking: _Taking, pair: Pair, mode: StationMode) -> None:
    taking.open[pair.kind] -= 1
    taking.firms.add(taking.sites[pair.demand_id].firm)
    taking.chiefs[pair.expert_id] += 1
    taking.capped[pair.expert_id] += pair.kind is StationKind.ACADEMICIAN
    taking.spent += taking.problem.book.modes[mode].funding(pair.kind)
