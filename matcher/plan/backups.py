"""Backups and teams of a chosen plan: whoever is named keeps every rule, the rest of the plan given."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from matcher.domain.vocabulary import StationKind
from matcher.plan.problem import TENTHS, Helper, Pair, Person, StationProblem
from matcher.plan.result import Backup, Station


class Loads:
    """What the stations of a plan take of each expert's capacity."""

    def __init__(self, problem: StationProblem, stations: Sequence[Station]) -> None:
        self._people = {person.id: person for person in problem.people}
        self._per_station = problem.tenths_a_station
        self._per_team = round(problem.book.member_months * TENTHS)
        self._chief = Counter(station.expert_id for station in stations)
        self._capped = Counter(s.expert_id for s in stations if s.kind is StationKind.ACADEMICIAN)
        self._teams = Counter(member for station in stations for member in station.members)

    def takes_chief(self, expert_id: str, kind: StationKind) -> bool:
        """Whether one station more is within the expert's months and cap."""
        person = self._people[expert_id]
        capped = kind is StationKind.ACADEMICIAN
        within = not capped or self._capped[expert_id] < person.academician_slots
        return within and self._tenths(person) + self._per_station <= person.tenths

    def takes_team(self, expert_id: str, most: int) -> bool:
        person = self._people[expert_id]
        within = self._tenths(person) + self._per_team <= person.tenths
        return within and self._teams[expert_id] < most and not self._chief[expert_id]

    def join(self, expert_id: str) -> None:
        self._teams[expert_id] += 1

    def _tenths(self, person: Person) -> int:
        return self._chief[person.id] * self._per_station + self._teams[person.id] * self._per_team


def with_people(problem: StationProblem, stations: Sequence[Station]) -> tuple[Station, ...]:
    """The stations with backups and teams. Members are chief or backup nowhere, so that nobody is counted on twice."""
    allowed: dict[tuple[str, StationKind], list[Pair]] = {}
    for pair in problem.allowed():
        allowed.setdefault((pair.demand_id, pair.kind), []).append(pair)
    backed = [replace(station, backups=_backups(problem, station, stations, allowed)) for station in stations]
    reserved = {name for station in backed for name in _counted_on(station)}
    loads = Loads(problem, backed)
    return tuple(replace(station, members=_members(problem, station, reserved, loads)) for station in backed)


def _backups(
    problem: StationProblem,
    station: Station,
    stations: Sequence[Station],
    allowed: Mapping[tuple[str, StationKind], Sequence[Pair]],
) -> tuple[Backup, ...]:
    loads = Loads(problem, [other for other in stations if other is not station])
    mine = (
        pair
        for pair in allowed[station.demand_id, station.kind]
        if pair.expert_id != station.expert_id and not problem.steering.forbids_in(pair, station.mode)
    )
    able = [pair for pair in mine if loads.takes_chief(pair.expert_id, pair.kind)]
    return tuple(Backup(pair.expert_id, pair.fit) for pair in sorted(able, key=_best_first)[: problem.book.backups])


def _counted_on(station: Station) -> tuple[str, ...]:
    return (station.expert_id, *(backup.expert_id for backup in station.backups))


def _best_first(pair: Pair) -> tuple[int, int, str]:
    return (-pair.fit, pair.rank, pair.expert_id)


def _members(problem: StationProblem, station: Station, reserved: set[str], loads: Loads) -> tuple[str, ...]:
    """First people who work with the chief, then the next best."""
    mine = [h for h in problem.helpers if h.demand_id == station.demand_id and h.expert_id not in reserved]
    chosen: list[str] = []
    for helper in sorted(mine, key=lambda h: _nearest_first(h, station.expert_id)):
        if len(chosen) == problem.book.team_size:
            break
        if loads.takes_team(helper.expert_id, problem.book.member_stations):
            loads.join(helper.expert_id)
            chosen.append(helper.expert_id)
    return tuple(chosen)


def _nearest_first(helper: Helper, chief: str) -> tuple[bool, int, str]:
    return (chief not in helper.colleagues, -helper.fit, helper.expert_id)
