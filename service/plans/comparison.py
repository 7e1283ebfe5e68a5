"""Two plans side by side, demand by demand, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from matcher.plan.visit_result import Stop, VisitPlan
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


def visit_words(before: VisitPlan, after: VisitPlan) -> tuple[str, ...]:
    return tuple(_words(before, after))


def _words(before: VisitPlan, after: VisitPlan) -> Iterator[str]:
    old, new = ({stop.demand_id: stop for stop in plan.stops} for plan in (before, after))
    for word, ids in (("新增走访", new.keys() - old.keys()), ("不再走访", old.keys() - new.keys())):
        if ids:
            yield f"{word} {len(ids)} 家：{'、'.join(sorted(ids))}"
    moved = [id for id in sorted(old.keys() & new.keys()) if _essence(old[id]) != _essence(new[id])]
    if moved:
        yield f"日期、组别或专家有变化 {len(moved)} 家：{'、'.join(moved)}"
    points = after.quality.points - before.quality.points
    yield f"总分{f'增加 {points}' if points > 0 else f'减少 {-points}' if points else '不变'}"


def _essence(stop: Stop) -> tuple[object, ...]:
    return (stop.day, stop.team, stop.on_site, stop.remote)
