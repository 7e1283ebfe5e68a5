"""Two plans side by side, demand by demand, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from matcher.plan.result import Station, Unchosen
from matcher.plan.visit_result import Stop
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.visit_report import VisitReport

# More names than a sentence carries.
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Side:
    """What a plan arranges for a demand: in one line, and by what can differ (首席, 日期, ...).

    `title`: enterprise and demand.
    """

    firm: str
    title: str
    text: str
    parts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A plan by demand: what it arranges, and why it leaves the others out."""

    sides: Mapping[str, Side]
    left_out: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """`before` and `after` are "" where nothing is arranged; `why_not` says why, where that plan says it."""

    demand_id: str
    firm: str
    title: str
    before: str
    after: str
    differs: tuple[str, ...] = ()
    why_not: str = ""

    @property
    def same(self) -> bool:
        return self.before == self.after


def side_by_side(before: Arrangement, after: Arrangement) -> tuple[SideBySide, ...]:
    """Changed demands first, each group by number."""
    rows = [_row(id, before, after) for id in {*before.sides, *after.sides}]
    return tuple(sorted(rows, key=lambda row: (row.same, row.demand_id)))


def _row(id: str, before: Arrangement, after: Arrangement) -> SideBySide:
    old, new = before.sides.get(id), after.sides.get(id)
    if old and new:
        differs = tuple(name for name in new.parts if new.parts[name] != old.parts.get(name))
        return SideBySide(id, new.firm, new.title, old.text, new.text, differs)
    there, silent = (old, after) if old else (new, before)
    assert there
    texts = (there.text, "") if old else ("", there.text)
    return SideBySide(id, there.firm, there.title, *texts, why_not=silent.left_out.get(id, ""))


def in_words(rows: Sequence[SideBySide], first: str, second: str) -> tuple[str, ...]:
    """What differs in sentences, the plans by the names given, the enterprises by theirs."""
    groups = (
        (f"只有{first}安排", [row for row in rows if not row.after]),
        (f"只有{second}安排", [row for row in rows if not row.before]),
        ("两份都安排、但有不同", [row for row in rows if row.before and row.after and not row.same]),
    )
    said = tuple(f"{word}（{len(found)} 项）：{_firms(found)}。" for word, found in groups if found)
    return said or (("两份计划的安排相同。",) if rows else ("两份计划都没有安排。",))


def _firms(rows: Sequence[SideBySide]) -> str:
    named = "、".join(row.firm or row.demand_id for row in rows[:_NAMED])
    return f"{named}等" if len(rows) > _NAMED else named


def station_sides(report: PlanReport) -> Arrangement:
    sides = {station.demand_id: _station(report, station) for station in report.plan.stations}
    return Arrangement(sides, dict(_left_out(report, report.plan.unchosen)))


def visit_sides(report: VisitReport) -> Arrangement:
    plan = report.kept.plan
    return Arrangement({stop.demand_id: _stop(report, stop) for stop in plan.stops},
                       dict(_left_out(report, plan.unvisited)))  # fmt: skip


def _station(report: PlanReport, station: Station) -> Side:
    team = "、".join(map(report.person, station.members))
    parts = {
        "首席": report.person(station.expert_id),
        "类型": station.kind.value,
        "筹建方式": station.mode.value,
        "资助": f"{station.funding} 万元",
        "团队": team,
    }
    text = f"{station.kind}，{station.mode}，{station.funding} 万元，首席 {parts['首席']}"
    return _side(report, station.demand_id, text + (f"，团队 {team}" if team else ""), parts)


def _stop(report: VisitReport, stop: Stop) -> Side:
    parts = {
        "日期": f"{stop.day}",
        "组": f"第 {stop.team} 组",
        "到场专家": report.people(stop.on_site),
        "线上专家": report.people(stop.remote),
    }
    remote = f"，线上 {parts['线上专家']}" if stop.remote else ""
    return _side(report, stop.demand_id, f"{stop.day} 第 {stop.team} 组，{parts['到场专家']}{remote}", parts)


def _side(report: PlanReport | VisitReport, demand_id: str, text: str, parts: Mapping[str, str]) -> Side:
    firm = report.firm(demand_id)
    return Side(firm, f"{firm} {report.title(demand_id)}".strip(), text, parts)


def _left_out(report: PlanReport | VisitReport, unchosen: Sequence[Unchosen]) -> Iterator[tuple[str, str]]:
    for one in unchosen:
        yield one.demand_id, one.why + (f"（{report.person(one.expert_id)}）" if one.expert_id else "")
