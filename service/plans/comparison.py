"""Two plans side by side, demand by demand, and in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.plan.visit_result import Stop
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.visit_report import VisitReport


@dataclass(frozen=True, slots=True)
class Side:
    """What a plan arranges for a demand."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`before` and `after` are "" where nothing is arranged."""

    demand_id: str
    title: str
    before: str
    after: str

    @property
    def same(self) -> bool:
        return self.before == self.after


def side_by_side(before: Mapping[str, Side], after: Mapping[str, Side]) -> tuple[SideBySide, ...]:
    """Changed demands first, each group by number."""
    none = Side("", "")
    rows = [
        SideBySide(
            id, (after.get(id) or before[id]).title, before.get(id, none).text, after.get(id, none).text
        )
        for id in sorted({*before, *after})
    ]  # fmt: skip
    return tuple(sorted(rows, key=lambda row: (row.same, row.demand_id)))


def station_sides(report: PlanReport) -> dict[str, Side]:
    return {
        station.demand_id: Side(
            f"{report.firm(station.demand_id)} {report.title(station.demand_id)}".strip(),
            f"{station.kind}，{station.mode}，{station.funding} 万元，首席 {report.person(station.expert_id)}",
        )
        for station in report.plan.stations
    }


def visit_sides(report: VisitReport) -> dict[str, Side]:
    return {
        stop.demand_id: Side(
            f"{report.firm(stop.demand_id)} {report.title(stop.demand_id)}".strip(),
            f"{stop.day} 第 {stop.team} 组，{_people(report, stop)}",
        )
        for stop in report.kept.plan.stops
    }


def _people(report: VisitReport, stop: Stop) -> str:
    remote = f"，线上 {report.people(stop.remote)}" if stop.remote else ""
    return report.people(stop.on_site) + remote
