"""Plans of stations as text for a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.commands.layout import wrapped
from matcher.domain.match import in_percent
from matcher.plan.problem import MODE_TARGET
from matcher.workflows.plan_report import PlanReport, StationView

_UNCHOSEN = 30


def plan_lines(report: PlanReport, width: int) -> str:
    """Head, what is missed, stations, demands without one."""
    return "".join(part + "\n" for indent, text in _plan(report) for part in wrapped(text, width, indent, hang=2))


def _plan(report: PlanReport) -> Iterator[tuple[int, str]]:
    record, plan, quality = report.record, report.plan, report.plan.quality
    head = f"{record.title} {record.name}（{record.state}）" if record else "建站计划（试算，未保存）"
    yield (
        0,
        f"■ {head}：{len(plan.stations)} 站，资助 {plan.funding} 万元，总分 {plan.points}（{quality.in_words()}）",
    )
    for violation in report.against:
        who = report.person(violation.expert_id) if violation.expert_id else ""
        yield 2, f"！现已不符：{violation.demand_id} {who} {violation.message}"
    for shortfall in plan.shortfalls:
        yield 2, f"！{shortfall.message}{'（已接受）' if shortfall.accepted else ''}"
        if shortfall.counted:
            yield 4, shortfall.counted
    yield from ((4, f"可选：{way}") for way in plan.ways_out)
    if plan.open_shortfalls:
        yield 4, f"接受其中一条：加 --relax 名称，如 --relax {_typed(plan.open_shortfalls[0].target)}"
    for number, view in enumerate(report.stations, 1):
        yield from _station(report, number, view)
    yield from _unchosen(report)


def _typed(target: str) -> str:
    """As one word of a command line."""
    return target.removesuffix(MODE_TARGET).replace(" ", "")


def _station(report: PlanReport, number: int, view: StationView) -> Iterator[tuple[int, str]]:
    station = view.station
    check = "（类型待核）" if station.kind_to_check else ""
    sure = "，已确认" if view.confirmed else ""
    firm = report.firm(station.demand_id) or report.title(station.demand_id)
    yield 2, f"{number}. {station.kind}{check} {station.demand_id} {firm}，{station.mode}，{station.funding} 万元{sure}"
    chief = report.experts.get(station.expert_id)
    unit = f" {chief.organization}" if chief and chief.organization else ""
    yield 5, f"首席：{report.person(station.expert_id)}{unit}  匹配概率 {in_percent(station.fit / 1000)}"
    yield 5, f"理由：{report.reason(view)}"
    if station.members:
        yield 5, f"团队：{'、'.join(map(report.person, station.members))}"
    yield 5, f"备选：{'、'.join(map(report.backup, station.backups)) or '无合规备选，请征集'}"
    yield from ((5, f"待核：{text}") for text in station.to_check)
    yield from ((5, f"提示：{note}") for note in station.notes)


def _unchosen(report: PlanReport) -> Iterator[tuple[int, str]]:
    left = report.plan.unchosen
    if left:
        yield 2, f"未安排的 {len(left)} 项需求和原因："
    for one in left[:_UNCHOSEN]:
        who = f"（{report.person(one.expert_id)}）" if one.expert_id else ""
        ask = f"。{one.ask}" if one.ask else ""
        yield 4, f"× {one.demand_id} {report.title(one.demand_id)}：{one.why}{who}{ask}"
    if len(left) > _UNCHOSEN:
        yield 4, f"其余 {len(left) - _UNCHOSEN} 项见 --format xlsx 的“未安排的需求”"
