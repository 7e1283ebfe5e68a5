"""A plan of stations with names, units and evidence: what screens, JSON and workbooks show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import Band, in_percent
from matcher.domain.plan import PlanRecord
from matcher.domain.vocabulary import Purpose
from matcher.explain.explanation import Explanation, band
from matcher.plan.result import Backup, Station, StationPlan
from matcher.plan.validator import Violation
from matcher.store.store import Store
from matcher.workflows.directory import ExpertDirectory
from matcher.workflows.match import Matchmaker, MatchRequest, readings
from matcher.workflows.plan_archive import KeptPlan
from matcher.workflows.report import Reporter


@dataclass(frozen=True, slots=True)
class StationView:
    """A station with its demand and people as they are today; `evidence` by which the chief was ranked, if any."""

    station: Station
    demand: Demand | None
    evidence: Explanation | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanReport:
    """`record` is None for a plan that was not kept (a what-if). `experts`, `demands` by number."""

    plan: StationPlan
    stations: tuple[StationView, ...]
    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]
    record: PlanRecord | None
    against: tuple[Violation, ...]

    def person(self, expert_id: str) -> str:
        """Name and number; whoever is gone keeps the number."""
        expert = self.experts.get(expert_id)
        return f"{expert.name}（{expert_id}）" if expert else f"（{expert_id}，已不在库中）"

    def backup(self, backup: Backup) -> str:
        """With a word of warning where the fit is weak."""
        weak = "，相关性弱" if band(backup.fit / 1000) is Band.WEAK else ""
        return f"{self.person(backup.expert_id)}{in_percent(backup.fit / 1000)}{weak}"

    def firm(self, demand_id: str) -> str:
        demand = self.demands.get(demand_id)
        return demand.enterprise.name if demand else ""

    def title(self, demand_id: str) -> str:
        demand = self.demands.get(demand_id)
        return demand.title if demand else ""

    def reason(self, view: StationView) -> str:
        """Why this chief: the points by name, then the evidence."""
        parts = "，".join(f"{part.name} {part.points}" for part in view.station.parts)
        place = f"该需求候选第 {view.station.rank} 名" if view.station.rank else "候选中未排名"
        evidence = f"；{view.evidence.summary()}" if view.evidence and view.evidence.reasons else ""
        return f"{place}；得分 {view.station.points}（{parts}）{evidence}"

    def to_json(self) -> dict[str, object]:
        record = self.record
        return {
            "plan": record
            and {"id": record.id, "version": record.version, "state": record.state, "title": record.title},
            "digest": record.digest if record else "",
            "points": self.plan.quality.points,
            "proven": self.plan.quality.proven,
            "gap": self.plan.quality.gap,
            "funding": self.plan.funding,
            "stations": [self._station(view) for view in self.stations],
            "unchosen": [
                {**asdict(one), "title": self.title(one.demand_id), "enterprise": self.firm(one.demand_id)}
                for one in self.plan.unchosen
            ],
            "shortfalls": [asdict(one) for one in self.plan.shortfalls],
            "against": [asdict(violation) for violation in self.against],
        }

    def _station(self, view: StationView) -> dict[str, object]:
        station = view.station
        backups = [{"id": one.expert_id, "name": self._name(one.expert_id), "fit": one.fit} for one in station.backups]
        return {
            **asdict(station),
            "points": station.points,
            "title": self.title(station.demand_id),
            "enterprise": self.firm(station.demand_id),
            "chief": {"id": station.expert_id, "name": self._name(station.expert_id)},
            "members": [{"id": id, "name": self._name(id)} for id in station.members],
            "backups": backups,
            "reason": self.reason(view),
            "evidence": [reason.heading() for reason in view.evidence.reasons] if view.evidence else [],
            "confirmed": view.confirmed,
        }

    def _name(self, expert_id: str) -> str:
        expert = self.experts.get(expert_id)
        return expert.name if expert else ""


class PlanReporter:
    def __init__(self, store: Store, directory: ExpertDirectory, matchmaker: Matchmaker, reporter: Reporter) -> None:
        self._store = store
        self._directory = directory
        self._matchmaker = matchmaker
        self._reporter = reporter

    def of_kept(self, kept: KeptPlan) -> PlanReport:
        return self.report(kept.plan, kept.record, kept.against)

    def report(
        self, plan: StationPlan, record: PlanRecord | None = None, against: tuple[Violation, ...] = ()
    ) -> PlanReport:
        numbers = [station.demand_id for station in plan.stations] + [one.demand_id for one in plan.unchosen]
        demands = self._store.demands.get_many(numbers)
        confirmed = set(record.confirmed) if record else set()
        views = [self._view(station, demands.get(station.demand_id), confirmed) for station in plan.stations]
        experts = self._directory.experts(_people(plan))
        return PlanReport(plan, tuple(views), experts, demands, record, against)

    def _view(self, station: Station, demand: Demand | None, confirmed: set[str]) -> StationView:
        evidence = self._evidence(station, demand) if demand else None
        return StationView(station, demand, evidence, f"{station.demand_id}:{station.expert_id}" in confirmed)

    def _evidence(self, station: Station, demand: Demand) -> Explanation | None:
        wanted = station.need_id or demand.id
        reading = next((reading for reading in readings(demand) if reading.id == wanted), None)
        if reading is None:
            return None
        request = MatchRequest(Purpose(station.kind.value))
        checked = self._matchmaker.single(reading, station.expert_id, request, demand)
        found = self._reporter.explain(reading, [checked]) if checked else []
        return found[0] if found else None


def _people(plan: StationPlan) -> Iterable[str]:
    for station in plan.stations:
        yield from (station.expert_id, *station.members, *(backup.expert_id for backup in station.backups))
    yield from (one.expert_id for one in plan.unchosen if one.expert_id)
