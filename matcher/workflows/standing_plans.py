"""Plans that stand: whom they name, what they arrange for a demand, and whether somebody named has gone since.

Looks at the people alone, so that it may be asked often; whether a plan holds in every point says the archive.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.expert import Expert
from matcher.domain.match import FindingKind
from matcher.domain.plan import PlanHead, PlanKind, PlanRecord, PlanState
from matcher.domain.vocabulary import Purpose
from matcher.plan.result import Station
from matcher.plan.visit_result import Stop
from matcher.rank.rules import Case, check_expert
from matcher.store.store import Store
from matcher.workflows.match import RuleSetting
from matcher.workflows.plan_documents import read_document, read_station_document
from matcher.workflows.visit_archive import VisitDocument

# Rules that keep somebody out of every plan: dead, withdrawn, disabled.
_GONE = frozenset({"person_available", "consent"})


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan says of a demand: a station, a visit, or why neither (`why`)."""

    record: PlanRecord
    station: Station | None = None
    stop: Stop | None = None
    why: str = ""


class PlanRole(StrEnum):
    """As what a plan names somebody."""

    CHIEF = "首席专家"
    TEAM = "团队成员"
    LEADER = "组长"
    VISITOR = "走访专家"
    REMOTE = "线上专家"


@dataclass(frozen=True, slots=True)
class Part:
    """What a plan gives somebody to do for a demand."""

    record: PlanRecord
    demand_id: str
    role: PlanRole


class StandingPlans:
    def __init__(self, store: Store, rules: RuleSetting) -> None:
        self._store, self._rules = store, rules

    def all(self) -> list[PlanHead]:
        """Of every plan the newest version that is not void, newest plan first; no document is read."""
        found = (self._standing(record) for record in self._store.plans.newest())
        return [record for record in found if record is not None]

    def weakened(self) -> list[PlanRecord]:
        """Plans that stand and name somebody who may not go any more, newest plan first."""
        return [record for record in self._records() if self.gone(record)]

    def gone(self, record: PlanRecord) -> tuple[str, ...]:
        """Numbers of people in the plan who may not go any more, or are no longer in the database."""
        named = tuple(dict.fromkeys(id for id, _ in _parts(record)))
        known = self._store.experts.get_many(named)
        return tuple(id for id in named if id not in known or self._barred(known[id]))

    def of_demand(self, demand_id: str) -> list[Planned]:
        """Newest plan first."""
        return [planned for record in self._records() for planned in _about(record, demand_id)]

    def of_expert(self, numbers: Collection[str]) -> list[Part]:
        """Newest plan first; `numbers` are all those that the person was written down under."""
        return [part for record in self._records() for id, part in _parts(record) if id in numbers]

    def _records(self) -> list[PlanRecord]:
        return self._store.plans.whole(self.all())

    def _standing(self, newest: PlanHead) -> PlanHead | None:
        if newest.state is not PlanState.VOID:
            return newest
        others = (one for one in reversed(self._store.plans.versions(newest.id)) if one.state is not PlanState.VOID)
        return next(others, None)

    def _barred(self, expert: Expert) -> bool:
        found = check_expert(expert, Case(Purpose.ENTERPRISE_VISIT, self._rules.today), self._rules.book)
        return any(one.kind is FindingKind.FORBIDDEN and one.rule in _GONE for one in found)


def _parts(record: PlanRecord) -> Iterator[tuple[str, Part]]:
    """Everybody whom the plan names, once for each demand, with what there is to do."""
    if record.kind is PlanKind.VISITS:
        plan = read_document(record, VisitDocument).plan
        leaders = {team.number: team.leader for team in plan.teams}
        for stop in plan.stops:
            for id in stop.on_site:
                role = PlanRole.LEADER if leaders.get(stop.team) == id else PlanRole.VISITOR
                yield id, Part(record, stop.demand_id, role)
            yield from ((id, Part(record, stop.demand_id, PlanRole.REMOTE)) for id in stop.remote)
        return
    for station in read_station_document(record).plan.stations:
        yield station.expert_id, Part(record, station.demand_id, PlanRole.CHIEF)
        yield from ((id, Part(record, station.demand_id, PlanRole.TEAM)) for id in station.members)


def _about(record: PlanRecord, demand_id: str) -> Iterator[Planned]:
    if record.kind is PlanKind.VISITS:
        visits = read_document(record, VisitDocument).plan
        yield from (Planned(record, stop=one) for one in visits.stops if one.demand_id == demand_id)
        left = visits.unvisited
    else:
        plan = read_station_document(record).plan
        yield from (Planned(record, station=one) for one in plan.stations if one.demand_id == demand_id)
        left = plan.unchosen
    yield from (Planned(record, why=one.why) for one in left if one.demand_id == demand_id)
