"""The workbook of a plan of stations: 建站计划, 汇总表, 台账, 匹配依据, 未安排, 说明.

`matcher import ledger` reads the 台账.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from matcher.beijing import day_in_beijing
from matcher.domain.plan import PlanState
from matcher.domain.vocabulary import EngagementRole, EngagementStatus, StationKind
from matcher.intake.ledger_columns import LEDGER_TABLE
from matcher.plan.book import StationBook
from matcher.tables.sheet import Cell, DropDown, SheetSpec
from matcher.workflows.plan_report import PlanReport, StationView
from matcher.workflows.plan_totals import totals_sheet

Row = tuple[Cell, ...]
_STATIONS = (
    ("序号", 6), ("拟建类型", 16), ("需求编号", 10), ("需求名称", 24), ("企业名称", 24), ("企业所在地", 12),
    ("拟任首席", 16), ("首席单位", 22), ("匹配概率", 9), ("拟用筹建方式", 12), ("拟资助(万元)", 10), ("团队成员", 24),
    ("备选专家", 24), ("入选理由", 50), ("待核与提示", 30), ("确认", 8),
)  # fmt: skip
# As `matcher import ledger` reads it, the name beside the number.
_SHOWN = tuple(column for column in LEDGER_TABLE.columns if column.shown or column.header == "专家姓名")
_WIDE = {"匹配理由": 46, "建站单位": 24, "协议起止日期": 22, "信用代码": 20, "备注": 20, "类型": 16, "编号": 24}
_LEDGER = tuple((column.header, _WIDE.get(column.header, 10)) for column in _SHOWN)
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
        totals_sheet(report),
        replace(
            _sheet("台账", _LEDGER, _ledger(report, book, months_a_station)),
            drop_downs=[DropDown(n, column.options) for n, column in enumerate(_SHOWN) if column.options],
        ),
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
        "\n".join([*(f"待核：{text}" for text in station.to_check), *(f"提示：{note}" for note in station.notes)]),
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
    """What only the agreement, the work and its assessment will say stays blank, to be filled in."""
    station, demand, expert = view.station, view.demand, report.experts.get(expert_id)
    known: dict[str, Cell] = {
        "编号": id,
        "类型": station.kind.value,
        "筹建方式": station.mode.value,
        "建站单位": report.firm(station.demand_id),
        "信用代码": demand.enterprise.credit_code if demand else "",
        "所在地": demand.enterprise.region_name if demand else "",
        "需求编号": station.demand_id,
        "专家编号": expert_id,
        "专家姓名": expert.name if expert else "",
        "角色": role.value,
        "匹配理由": report.reason(view) if role is EngagementRole.CHIEF else "",
        "年驻站月数": time,
        "合作项目": report.title(station.demand_id),
        "资助金额(万元)": funding or None,
        "状态": EngagementStatus.PROPOSED.value,
        "审批人/日期": _approval(report),
        "备注": "；".join(f"待核：{text}" for text in station.to_check) if role is EngagementRole.CHIEF else "",
    }
    return tuple(known.get(column.header) for column in _SHOWN)


def _approval(report: PlanReport) -> str:
    record = report.record
    if record is None or record.state is not PlanState.SIGNED or record.state_at is None:
        return ""
    return f"{record.state_by} {day_in_beijing(record.state_at)}"


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
    yield ("安排程度", quality.in_words())
    for one in report.plan.shortfalls:
        yield ("未达到" + ("（已接受）" if one.accepted else ""), one.in_words)
    yield from (("可选办法", way) for way in report.plan.ways_out)
    yield from (("现已不符", f"{v.demand_id} {report.person(v.expert_id) if v.expert_id else ''} {v.message}")
                for v in report.against)  # fmt: skip
    yield from (("资料有变", f"{v.demand_id} {report.person(v.expert_id)} {v.message}") for v in report.changed)
    yield ("提醒", "本表为建议，须经人工确认、签发后方可执行")
