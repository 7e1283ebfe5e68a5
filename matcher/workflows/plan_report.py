"""A plan of stations with names, units and evidence: what screens, JSON and workbooks show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.domain.match import Band, in_percent
from matcher.domain.plan import PlanRecord, PlanState
from matcher.explain.explanation import Explanation, band
from matcher.plan.problem import Choice
from matcher.plan.result import Backup, Station, StationPlan
from matcher.plan.validator import Violation
from matcher.workflows.plan_archive import KeptPlan
from matcher.workflows.plan_names import PlanNames
from matcher.workflows.plan_sight import PlanSight, PlanSights


@dataclass(frozen=True, slots=True)
class StationView:
    """A station with its demand; `evidence` by which the chief was ranked, if any."""

    station: Station
    demand: Demand | None
    evidence: Explanation | None
    confirmed: bool


@dataclass(frozen=True, slots=True)
class PlanReport(PlanNames):
    """`record` is None for a plan that was not kept (a what-if). `experts`, `demands` by number, as they were when
    the plan was drawn up; `anew`: it comes from former days and kept none of that, so that all is as it is today.

    `against`: rules and facts of today; `changed`: chiefs whose grade is another today.
    """

    plan: StationPlan
    stations: tuple[StationView, ...]
    experts: Mapping[str, Expert]
    demands: Mapping[str, Demand]
    record: PlanRecord | None
    against: tuple[Violation, ...] = ()
    changed: tuple[Violation, ...] = ()
    anew: bool = False

    def backup(self, backup: Backup) -> str:
        """With a word of warning where the fit is weak."""
        weak = "，相关性弱" if band(backup.fit / 1000) is Band.WEAK else ""
        return f"{self.person(backup.expert_id)}{in_percent(backup.fit / 1000)}{weak}"

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
            "points": self.plan.points,
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
            "changed": [asdict(one) for one in self.changed],
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
    def __init__(self, sights: PlanSights) -> None:
        self._sights = sights

    def of_kept(self, kept: KeptPlan) -> PlanReport:
        """As it was drawn up; with what the library of today says of the chiefs where that stands otherwise."""
        if kept.record.state is PlanState.VOID and kept.sight:
            return _report(kept.plan, kept.sight, kept.record)
        today = self._sights.of_stations(kept.plan)
        changed = tuple(_changed(kept.sight, today)) if kept.sight else ()
        report = _report(kept.plan, kept.sight or today, kept.record)
        against = tuple(replace(one, message=report.sentence(one.message)) for one in kept.against)
        return replace(report, against=against, changed=changed, anew=kept.sight is None)

    def report(self, plan: StationPlan) -> PlanReport:
        """Of a plan that is not kept, as everything is today."""
        return _report(plan, self._sights.of_stations(plan))


def _report(plan: StationPlan, sight: PlanSight, record: PlanRecord | None = None) -> PlanReport:
    confirmed = set(record.confirmed) if record else set()
    views = [
        StationView(
            station,
            sight.demands.get(station.demand_id),
            sight.evidence.get(station.demand_id),
            str(Choice(station.demand_id, station.expert_id)) in confirmed,
        )
        for station in plan.stations
    ]
    return PlanReport(plan.told(sight.sentence), tuple(views), sight.experts, sight.demands, record)


def _changed(then: PlanSight, today: PlanSight) -> Iterator[Violation]:
    """Chiefs whose grade is another today; whoever is gone or disabled stands among what is against the plan."""
    for demand_id, old in then.evidence.items():
        new = today.evidence.get(demand_id)
        if new is not None and new.band is not old.band:
            told = [f"{one.band}（{in_percent(one.score)}）" for one in (old, new)]
            yield Violation("evidence_changed", f"制定时{told[0]}，按今天的资料为{told[1]}", demand_id, old.expert.id)
