"""What a plan shows beside its decisions: people, demands and reasons. Kept with a version as they were on its day.

A paper that was signed must say next year what it said then, whatever has become of the records.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.plan import PlanRecord
from matcher.domain.vocabulary import Purpose
from matcher.explain.explanation import Explanation
from matcher.plan import naming
from matcher.plan.result import Station, StationPlan
from matcher.plan.visit_result import VisitPlan
from matcher.store.codec import Codec, to_json
from matcher.store.store import Store
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.plan_documents import heads_of
from matcher.workflows.plan_names import PlanNames
from matcher.workflows.report import Reporter


@dataclass(frozen=True, slots=True)
class PlanSight(PlanNames):
    """`experts`, `demands` by number; `evidence` by the demand whose chief it explains."""

    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]
    evidence: Mapping[str, Explanation] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Person:
    """What is personal of one expert in a plan."""

    expert: Expert
    evidence: dict[str, Explanation] = field(default_factory=dict)


_PERSON = Codec(_Person)


def said_of(sight: PlanSight) -> dict[str, str]:
    """What is personal, as JSON by expert."""
    return {
        id: to_json(_PERSON.fields(_Person(expert, {d: e for d, e in sight.evidence.items() if e.expert.id == id})))
        for id, expert in sight.experts.items()
    }


def sight_of(store: Store, record: PlanRecord, demands: tuple[Demand, ...] | None) -> PlanSight | None:
    """As `said_of` and `heads_of` kept it; None for a version of former days. Raises RecordUnreadable."""
    if demands is None:
        return None
    people = {id: _PERSON.read(text) for id, text in store.plans.people(record.id, record.version).items()}
    evidence = {demand_id: one for person in people.values() for demand_id, one in person.evidence.items()}
    return PlanSight({id: p.expert for id, p in people.items()}, {one.id: one for one in demands}, evidence)


class PlanSights:
    """People, demands and reasons of a plan as they are today."""

    def __init__(self, store: Store, directory: ExpertDirectory, matchmaker: Matchmaker, reporter: Reporter) -> None:
        self._store = store
        self._directory = directory
        self._matchmaker = matchmaker
        self._reporter = reporter

    def of_stations(self, plan: StationPlan) -> PlanSight:
        numbers = [one.demand_id for one in plan.stations] + [one.demand_id for one in plan.unchosen]
        numbers += naming.demands_in(plan.sentences)
        demands = self._store.demands.get_many(numbers)
        self._directory.follow()
        found = {one.demand_id: self._explained(one, demands.get(one.demand_id)) for one in plan.stations}
        evidence = {demand_id: one for demand_id, one in found.items() if one}
        return PlanSight(self._directory.experts(_of_stations(plan)), _shown(demands), evidence)

    def of_visits(self, plan: VisitPlan) -> PlanSight:
        numbers = [one.demand_id for one in plan.stops] + [one.demand_id for one in plan.unvisited]
        numbers += naming.demands_in(plan.sentences)
        self._directory.follow()
        return PlanSight(self._directory.experts(_of_visits(plan)), _shown(self._store.demands.get_many(numbers)))

    def _explained(self, station: Station, demand: Demand | None) -> Explanation | None:
        wanted = station.need_id or station.demand_id
        reading = next((one for one in readings(demand) if one.id == wanted), None) if demand else None
        if reading is None:
            return None
        request = MatchRequest(Purpose(station.kind.value))
        checked = self._matchmaker.single(reading, station.expert_id, request, demand)
        found = self._reporter.explain(reading, [checked]) if checked else []
        return found[0] if found else None


def _shown(demands: Mapping[str, Demand]) -> dict[str, Demand]:
    return {one.id: one for one in heads_of(demands.values())}


def _of_stations(plan: StationPlan) -> Iterator[str]:
    for station in plan.stations:
        yield from (station.expert_id, *station.members, *(backup.expert_id for backup in station.backups))
    yield from (one.expert_id for one in plan.unchosen if one.expert_id)
    yield from naming.experts_in(plan.sentences)


def _of_visits(plan: VisitPlan) -> Iterator[str]:
    for stop in plan.stops:
        yield from (*stop.on_site, *stop.remote, *(backup.expert_id for backup in stop.backups))
    yield from (member for team in plan.teams for member in (team.leader, *team.members))
    yield from (one.expert_id for one in plan.unvisited if one.expert_id)
    yield from naming.experts_in(plan.sentences)
