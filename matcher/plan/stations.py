"""The model of stations: an integer program out of a problem; where asked, one whose rules may give way at a price."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

from matcher.domain.vocabulary import StationKind, StationMode
from matcher.plan.problem import (
    MODE_TARGET,
    TENTHS,
    Choice,
    Pair,
    Person,
    QuotaTarget,
    Site,
    StationProblem,
    fixed_name,
)
from matcher.plan.program import Draft, Program, Term
from matcher.plan.relaxable import BUDGET, Relaxable, months_of, quota_of
from matcher.plan.scoring import mode_points, pair_parts
from matcher.plan.station_loosened import Loosened
from matcher.plan.station_start import first_stations

# Equal points: the better ranked wins. Larger than the ranks of one plan together.
_TIE = 100_000
_TARGET = 1_000
Key = TypeVar("Key")


@dataclass(slots=True)
class StationModel:
    """The program with what its variables mean.

    `gaps` say by how much a target is missed, by its name, `missed` whether it is; `slack` how far a rule gives way.
    """

    program: Program
    chosen: Mapping[int, Pair]
    built: Mapping[int, tuple[str, StationKind, StationMode]]
    gaps: Mapping[str, int]
    missed: Mapping[str, int]
    slack: Mapping[Relaxable, int]


@dataclass(slots=True)
class _Making:
    problem: StationProblem
    sites: dict[str, Site]
    people: dict[str, Person]
    loosened: Loosened | None
    draft: Draft = field(default_factory=Draft)
    chosen: dict[int, Pair] = field(default_factory=dict)
    built: dict[int, tuple[str, StationKind, StationMode]] = field(default_factory=dict)
    gaps: dict[str, int] = field(default_factory=dict)
    missed: dict[str, int] = field(default_factory=dict)
    slack: dict[Relaxable, int] = field(default_factory=dict)
    extras: dict[int, int] = field(default_factory=dict)

    def gives(self, rule: Relaxable, most: int = 1) -> list[Term]:
        """The term by which the rule gives way; none in a plan that keeps every rule."""
        if self.loosened is None or most <= 0:
            return []
        if rule not in self.slack:
            self.slack[rule] = self.draft.variable(0, most)
        return [(-1, self.slack[rule])]


def station_model(problem: StationProblem, loosened: Loosened | None = None) -> StationModel:
    """First as few targets missed as can be, and by as little; then as many points as can be.

    `loosened`: what stands against which pair of the problem and may give way; then house rules give way too.
    """
    sites = {site.demand_id: site for site in problem.sites}
    making = _Making(problem, sites, {person.id: person for person in problem.people}, loosened)
    for pair in problem.usable():
        making.chosen[making.draft.variable()] = pair
    _modes(making)
    _loosened(making)
    _forbidden_with_mode(making)
    _enterprises(making)
    _capacity(making)
    _budget(making)
    _targets(making)
    _balance(making)
    # A missed target costs far more than how much of it is missed.
    lost = [(-_TARGET, number) for number in making.missed.values()] + [(-1, number) for number in making.gaps.values()]
    program = making.draft.finish(lost, _points(making), hint=_start(making))
    return StationModel(program, making.chosen, making.built, making.gaps, making.missed, making.slack)


def _start(making: _Making) -> tuple[int, ...]:
    """A good answer made without search, so that a large problem has one whatever the limits."""
    pairs = {pair: number for number, pair in making.chosen.items()}
    modes = {built: number for number, built in making.built.items()}
    taken = first_stations(making.problem)
    chosen = [pairs[pair] for pair, _ in taken]
    return making.draft.completed([*chosen, *(modes[p.demand_id, p.kind, mode] for p, mode in taken)])


def _modes(making: _Making) -> None:
    """A station has exactly one 筹建方式."""
    for slot, numbers in _grouped(making, lambda pair: (pair.demand_id, pair.kind)).items():
        modes = making.problem.modes(making.sites[slot[0]], slot[1])
        built = {making.draft.variable(): (*slot, mode) for mode in modes}
        making.built |= built
        making.draft.require([*((1, number) for number in numbers), *((-1, mode) for mode in built)], 0, 0)


def _loosened(making: _Making) -> None:
    """A pair that something stands against needs all of that to give way; a forbidden 筹建方式 the same."""
    if making.loosened is None:
        return
    for number, pair in making.chosen.items():
        for rule in making.loosened.against(pair):
            making.draft.require([(1, number), *making.gives(rule)], high=0)
        for built, (demand_id, kind, mode) in making.built.items():
            if (demand_id, kind) == (pair.demand_id, pair.kind):
                for rule in making.loosened.against_mode(pair, mode):
                    making.draft.require([(1, number), (1, built), *making.gives(rule)], high=1)


def _forbidden_with_mode(making: _Making) -> None:
    """A person may be ruled out for one 筹建方式 only."""
    for choice in making.problem.steering.forbidden:
        if choice.mode is None or not choice.expert_id:
            continue
        for number, pair in making.chosen.items():
            for built, (demand_id, kind, mode) in making.built.items():
                if choice.fits(pair) and (demand_id, kind, mode) == (pair.demand_id, pair.kind, choice.mode):
                    making.draft.require([(1, number), (1, built)], high=1)


def _enterprises(making: _Making) -> None:
    for numbers in _grouped(making, lambda pair: making.sites[pair.demand_id].firm).values():
        making.draft.require(((1, number) for number in numbers), high=1)


def _capacity(making: _Making) -> None:
    per_station = making.problem.tenths_a_station
    for expert_id, numbers in _grouped(making, lambda pair: pair.expert_id).items():
        person = making.people[expert_id]
        capped = [n for n in numbers if making.chosen[n].kind is StationKind.ACADEMICIAN]
        least = _least_months(making, person, numbers)
        making.draft.require([*((per_station, number) for number in numbers), *least], high=person.tenths)
        if capped:
            room = making.loosened.room(person) if making.loosened else ()
            opened = [term for rule in room for term in making.gives(rule)]
            making.draft.require([*((1, number) for number in capped), *opened], high=person.academician_slots)


def _least_months(making: _Making, person: Person, numbers: list[int]) -> list[Term]:
    """Months give way at 科技专家工作站 only, down to one a station: those of an 院士专家工作站 are a national rule."""
    per_station = making.problem.tenths_a_station
    if making.loosened is None or per_station <= TENTHS:
        return []
    least = {StationKind.ACADEMICIAN: per_station, StationKind.EXPERT: TENTHS}
    making.draft.require(((least[making.chosen[n].kind], n) for n in numbers), high=person.tenths)
    return making.gives(months_of(person.id), per_station * len(numbers))


def _budget(making: _Making) -> None:
    if making.problem.budget is not None:
        modes = making.problem.book.modes
        spent = [(modes[mode].funding(kind), number) for number, (_, kind, mode) in making.built.items()]
        room = making.gives(BUDGET, sum(funding for funding, _ in spent))
        making.draft.require([*spent, *room], high=making.problem.budget)


def _targets(making: _Making) -> None:
    for target in QuotaTarget:
        quota = making.problem.quota(target.kind)
        numbers = [number for number, pair in making.chosen.items() if pair.kind is target.kind]
        room = making.gives(quota_of(target), len(numbers) - quota)
        making.draft.require([*((1, number) for number in numbers), *room], high=quota)
        _target(making, target.value, numbers, quota)
    for floor in making.problem.steering.floors:
        inside = [n for n, pair in making.chosen.items() if making.sites[pair.demand_id].region.startswith(floor.code)]
        _target(making, str(floor), inside, floor.least)
    for choice in making.problem.steering.fixed:
        _target(making, fixed_name(choice), _meeting(making, choice), 1)
        if choice.mode is not None:
            _target(making, fixed_name(choice) + MODE_TARGET, _mode_meeting(making, choice), 1)


def _meeting(making: _Making, choice: Choice) -> list[int]:
    return [number for number, pair in making.chosen.items() if choice.fits(pair)]


def _mode_meeting(making: _Making, choice: Choice) -> list[int]:
    return [
        number
        for number, (demand_id, kind, mode) in making.built.items()
        if demand_id == choice.demand_id and choice.kind in (None, kind) and mode is choice.mode
    ]


def _target(making: _Making, name: str, numbers: Iterable[int], least: int) -> None:
    if least == 0 or name in making.gaps:
        return
    gap, missed = making.draft.variable(0, least), making.draft.variable()
    making.draft.require([*((1, number) for number in numbers), (1, gap)], low=least)
    making.draft.require([(1, gap), (-least, missed)], high=0)
    making.gaps[name], making.missed[name] = gap, missed


def _balance(making: _Making) -> None:
    weights = making.problem.book.weights
    by_region = _grouped(making, lambda pair: making.sites[pair.demand_id].region)
    by_industry = _grouped(making, lambda pair: making.sites[pair.demand_id].industry)
    by_expert = _grouped(making, lambda pair: pair.expert_id)
    for groups, weight in (
        (by_region, weights.region_balance),
        (by_industry, weights.industry_balance),
        (by_expert, weights.load),
    ):
        for key, numbers in groups.items():
            extra = making.draft.beyond_first(numbers) if key and weight else None
            if extra is not None:
                making.extras[extra] = weight


def _points(making: _Making) -> list[Term]:
    problem, terms = making.problem, list[Term]()
    for number, pair in making.chosen.items():
        parts = pair_parts(problem, making.sites[pair.demand_id], making.people[pair.expert_id], pair)
        terms.append((_TIE * sum(part.points for part in parts) - pair.rank, number))
    terms += [
        (_TIE * mode_points(problem, making.sites[demand_id], mode), number)
        for number, (demand_id, _, mode) in making.built.items()
    ]
    return terms + [(-_TIE * weight, number) for number, weight in making.extras.items()]


def _grouped(making: _Making, key_of: Callable[[Pair], Key]) -> dict[Key, list[int]]:
    groups: dict[Key, list[int]] = defaultdict(list)
    for number, pair in making.chosen.items():
        groups[key_of(pair)].append(number)
    return groups
