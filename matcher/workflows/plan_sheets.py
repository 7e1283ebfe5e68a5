"""The workbook of a plan of stations: 建站计划, 台账 (as `matcher import ledger` reads it), 匹配依据, 未安排, 说明."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from matcher.domain.vocabulary import EngagementRole, EngagementStatus, StationKind
from matcher.plan.book import StationBook
from matcher.tables.sheet import Cell, SheetSpec
from matcher.workflows.plan_report import PlanReport, StationView

Row = tuple[Cell, ...]
_STATIONS = (
    ("序号", 6), ("拟建类型", 16), ("需求编号", 10), ("需求名称", 24), ("企业名称", 24), ("企业所在地", 12),
    ("拟任首席", 16), ("首席单位", 22), ("匹配概率", 9), ("拟用筹建方式", 12), ("拟资助(万元)", 10), ("团队成员", 24),
    ("备选专家", 24), ("入选理由", 50), ("待核与提示", 30), ("确认", 8),
)  # fmt: skip
_LEDGER = (
    ("编号", 14), ("类型", 16), ("筹建方式", 10), ("建站单位", 24), ("信用代码", 20), ("所在地", 12), ("需求编号", 10),
    ("专家编号", 10), ("专家姓名", 10), ("角色", 10), ("匹配理由", 46), ("年驻站月数", 8), ("资助金额(万元)", 10),
    ("状态", 8), ("备注", 20),
)  # fmt: skip
_EVIDENCE = (("需求编号", 10), ("首席专家", 16), ("材料", 60), ("需求中的话", 46), ("材料中的话", 46))
_UNCHOSEN = (
    ("需求编号", 10), ("需求名称", 24), ("企业名称", 24), ("未安排的原因", 60), ("相关专家", 18), ("需要核实", 40),
)  # fmt: skip
_NOTES = (("项目", 20), ("内容", 100))
_PERCENTAGES = frozenset({"匹配概率"})


def station_sheets(report: PlanReport, book: StationBook, months_a_station: float) -> list[SheetSpec]:
    """Sheets in the order a leader reads them."""
    stations = (_station(report, n, view) for n, view in enumerate(report.stations, 1))
    return [
        _sheet("建站计划", _STATIONS, stations),
        _sheet("台账", _LEDGER, _ledger(report, book, months_a_station)),
        _sheet("匹配依据", _EVIDENCE, _evidence(report)),
        _sheet("未安排的需求", _UNCHOSEN, _unchosen(report)),
        _sheet("说明", _NOTES, _notes(report)),
    ]


def _sheet(name: str, columns: tuple[tuple[str, int], ...], rows: Iterable[Row]) -> SheetSpec:
    header, widths = zip(*columns, strict=True)
    percent = frozenset(index for index, title in enumerate(header) if title in _PERCENTAGES)
    return SheetSpec(name, header, list(rows), widths, percent_columns=percent)


def _station(report: PlanReport, number: int, view: StationView) -> Row:
    station, chief = view.station, report.experts.get(view.station.expert_id)
    check = ["建站类型待核：问卷只写了建站"] if station.kind_to_check else []
    return (
        number,
        station.kind.value,
        station.demand_id,
        report.title(station.demand_id),
        report.firm(station.demand_id),
        view.demand.enterprise.region_name if view.demand else "",
        report.person(station.expert_id),
        chief.organization if chief else "",
        station.fit / 1000,
        station.mode.value,
        station.funding,
        "、".join(map(report.person, station.members)),
        "、".join(map(report.backup, station.backups)),
        report.reason(view),
        "\n".join([*check, *station.notes]),
        "已确认" if view.confirmed else "",
    )


def _ledger(report: PlanReport, book: StationBook, months: float) -> Iterator[Row]:
    prefix = report.record.id if report.record else "计划"
    for view in report.stations:
        station = view.station
        people = [(station.expert_id, EngagementRole.CHIEF, months, station.funding)]
        people += [(member, EngagementRole.MEMBER, book.member_months, 0) for member in station.members]
        for expert_id, role, time, funding in people:
            yield _line(report, view, f"{prefix}-{station.demand_id}-{expert_id}", expert_id, role, time, funding)


def _line(
    report: PlanReport, view: StationView, id: str, expert_id: str, role: EngagementRole, time: float, funding: int
) -> Row:
    station, demand, expert = view.station, view.demand, report.experts.get(expert_id)
    return (
        id,
        station.kind.value,
        station.mode.value,
        report.firm(station.demand_id),
        demand.enterprise.credit_code if demand else "",
        demand.enterprise.region_name if demand else "",
        station.demand_id,
        expert_id,
        expert.name if expert else "",
        role.value,
        report.reason(view) if role is EngagementRole.CHIEF else "",
        time,
        funding or None,
        EngagementStatus.PROPOSED.value,
        "建站类型待核" if station.kind_to_check else "",
    )


def _evidence(report: PlanReport) -> Iterator[Row]:
    for view in report.stations:
        who = (view.station.demand_id, report.person(view.station.expert_id))
        for reason in view.evidence.reasons if view.evidence else ():
            yield (*who, reason.heading(), reason.passage.asked, reason.passage.answered)


def _unchosen(report: PlanReport) -> Iterator[Row]:
    for one in report.plan.unchosen:
        who = report.person(one.expert_id) if one.expert_id else ""
        yield (one.demand_id, report.title(one.demand_id), report.firm(one.demand_id), one.why, who, one.ask)


def _notes(report: PlanReport) -> Iterator[Row]:
    record, quality = report.record, report.plan.quality
    if record:
        yield ("计划", f"{record.title} {record.name}（{record.state}）")
    for kind in StationKind:
        yield (kind.value, sum(station.kind is kind for station in report.plan.stations))
    yield ("资助合计(万元)", report.plan.funding)
    yield ("求解", "已证明最优" if quality.proven else f"限时内最好，距最优不超过 {quality.gap:.2%}")
    for one in report.plan.shortfalls:
        yield ("未达到" + ("（已接受）" if one.accepted else ""), one.message)
        yield from (("可选办法", way) for way in one.ways_out)
    yield from (("现已不符", f"{v.demand_id} {report.person(v.expert_id) if v.expert_id else ''} {v.message}")
                for v in report.against)  # fmt: skip
    yield ("提醒", "本表为建议，须经人工确认、签发后方可执行")
