"""`matcher match` and `matcher explain`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.errors import (
    EmptyText,
    NoDemands,
    NothingAsked,
    OutputNeeded,
    TooMuchAsked,
    UnknownDemand,
    UnknownExpert,
)
from matcher.commands.match_table import expert_lines, fitting_lines, report_lines
from matcher.commands.output import emit
from matcher.commands.progress import tracked
from matcher.domain.demand import Demand
from matcher.domain.vocabulary import Purpose, ServiceKind, TitleLevel
from matcher.explain.report import MatchReport, explanation_json
from matcher.explain.sheets import match_sheets
from matcher.rank.filters import ExpertFilter
from matcher.tables.write_workbook import write_workbook
from matcher.text.reading import read_text
from matcher.wiring import Application, open_application
from matcher.workflows.match import MatchRequest, rank_all, readings
from matcher.workflows.report import report_all
from matcher.workflows.reverse import FittingDemand, fitting_demands, fitting_sheet


class MatchFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    TSV = "tsv"
    XLSX = "xlsx"


def match(
    demand_ids: Annotated[list[str] | None, typer.Argument(metavar="[需求编号]...", help="一个或多个需求编号")] = None,
    all_demands: Annotated[bool, typer.Option("--all", help="匹配库中全部需求")] = False,
    text: Annotated[str | None, typer.Option("--text", help="直接描述一个难题，不存入库")] = None,
    expert: Annotated[str | None, typer.Option("--expert", help="反向匹配：列出适合这位专家的需求")] = None,
    purpose: Annotated[Purpose, typer.Option(help="用途，决定适用哪些规则")] = Purpose.ENTERPRISE_VISIT,
    service: Annotated[list[ServiceKind] | None, typer.Option(help="服务方式，可多次给出")] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="每个需求列出的人数")] = 10,
    title: Annotated[list[TitleLevel] | None, typer.Option(help="只列这些职称级别")] = None,
    honour: Annotated[list[str] | None, typer.Option(help="只列有此称号者，如 院士、长江学者")] = None,
    discipline: Annotated[list[str] | None, typer.Option(help="只列此学科代码（可只写前几位）")] = None,
    region: Annotated[list[str] | None, typer.Option(help="只列此地区（代码前几位或名称）")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="只列单位名称含此字样者")] = None,
    offers: Annotated[list[ServiceKind] | None, typer.Option(help="只列声明可提供此服务方式者")] = None,
    overseas: Annotated[bool | None, typer.Option("--overseas/--domestic", help="只列海智 / 只列国内")] = None,
    format: Annotated[MatchFormat, typer.Option("--format", help="输出格式")] = MatchFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """为需求匹配专家，给出名次、概率、依据和待核事项。"""
    filters = ExpertFilter(
        title_levels=tuple(title or ()),
        honours=tuple(honour or ()),
        disciplines=tuple(discipline or ()),
        regions=tuple(region or ()),
        units=tuple(unit or ()),
        services=tuple(offers or ()),
        overseas=overseas,
    )
    request = MatchRequest(purpose, top, tuple(service or ()), filters)
    application = open_application()
    if expert is not None:
        _reverse(application, expert, list(demand_ids or ()), request, format, output)
    elif text is not None:
        if demand_ids or all_demands:
            raise TooMuchAsked
        _write([_described(application, text, request)], format, output)
    else:
        demands = _asked(application, list(demand_ids or ()), all_demands)
        _forward(application, demands, request, format, output)


def explain(
    demand_id: Annotated[str, typer.Argument(metavar="需求编号", help="需求编号，或已拆分的 编号#序号")],
    expert_id: Annotated[str, typer.Argument(metavar="专家编号")],
    purpose: Annotated[Purpose, typer.Option(help="用途，决定适用哪些规则")] = Purpose.ENTERPRISE_VISIT,
    format: Annotated[MatchFormat, typer.Option("--format", help="table 或 json")] = MatchFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """说明一位专家为什么适合（或不适合）一个需求。"""
    application = open_application()
    demand = _demand(application, demand_id)
    if application.store.experts.get(expert_id) is None:
        raise UnknownExpert(expert_id)
    shown = []
    for reading in readings(demand):
        if "#" in demand_id and reading.id != demand_id:
            continue
        checked = application.matchmaker.single(reading, expert_id, MatchRequest(purpose), demand)
        if checked is not None:
            shown += application.reporter.explain(reading, [checked])
    if format is MatchFormat.JSON:
        emit(json.dumps([explanation_json(one) for one in shown], ensure_ascii=False, indent=1) + "\n", output)
        return
    none = f"专家 {expert_id} 的材料与需求 {demand_id} 没有共同之处，不在候选之列。\n"
    emit("".join(expert_lines(one) for one in shown) or none, output)


def _forward(
    application: Application, demands: list[Demand], request: MatchRequest, format: MatchFormat, output: Path | None
) -> None:
    matchmaker = application.matchmaker
    if format is MatchFormat.TSV:
        lines = [
            f"{reading.id}\t{one.ranked.expert_id}\t{one.ranked.rank}\t{one.ranked.score:.6f}\n"
            for _, reading, result in rank_all(tracked(demands, "匹配"), request, matchmaker)
            for one in result.experts
        ]
        emit("".join(lines), output)
        return
    _write(list(report_all(tracked(demands, "匹配"), request, matchmaker, application.reporter)), format, output)


def _described(application: Application, text: str, request: MatchRequest) -> MatchReport:
    reading = read_text(text)
    if reading.is_empty:
        raise EmptyText
    result = application.matchmaker.match(reading, request)
    return application.reporter.report(reading, result, None, text[:40])


def _write(reports: list[MatchReport], format: MatchFormat, output: Path | None) -> None:
    if format is MatchFormat.XLSX:
        if output is None:
            raise OutputNeeded
        write_workbook(output, match_sheets(reports))
        typer.echo(f"已写入 {output}", err=True)
    elif format is MatchFormat.JSON:
        emit(json.dumps([report.to_json() for report in reports], ensure_ascii=False, indent=1) + "\n", output)
    elif format is MatchFormat.TSV:
        emit("".join(_tsv(reports)), output)
    else:
        emit("\n".join(report_lines(report) for report in reports), output)


def _tsv(reports: list[MatchReport]) -> Iterator[str]:
    for report in reports:
        for one in report.result.experts:
            yield f"{report.result.demand_id}\t{one.ranked.expert_id}\t{one.ranked.rank}\t{one.ranked.score:.6f}\n"


def _reverse(
    application: Application,
    expert_id: str,
    demand_ids: list[str],
    request: MatchRequest,
    format: MatchFormat,
    output: Path | None,
) -> None:
    expert = application.store.experts.get(expert_id)
    if expert is None:
        raise UnknownExpert(expert_id)
    demands = _asked(application, demand_ids, not demand_ids)
    found = fitting_demands(expert_id, tracked(demands, "匹配"), request, application.matchmaker)
    if format is MatchFormat.XLSX:
        if output is None:
            raise OutputNeeded
        write_workbook(output, [fitting_sheet(expert, found)])
        typer.echo(f"已写入 {output}", err=True)
    elif format is MatchFormat.JSON:
        emit(json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=1) + "\n", output)
    elif format is MatchFormat.TSV:
        emit("".join(_fitting_tsv(found)), output)
    else:
        emit(fitting_lines(expert, found), output)


def _fitting_tsv(found: list[FittingDemand]) -> Iterator[str]:
    for place, one in enumerate(found, start=1):
        yield f"{one.reading.id}\t{one.checked.ranked.expert_id}\t{place}\t{one.checked.ranked.score:.6f}\n"


def _asked(application: Application, demand_ids: list[str], everything: bool) -> list[Demand]:
    if bool(demand_ids) and everything:
        raise TooMuchAsked
    if demand_ids:
        return [_demand(application, demand_id) for demand_id in demand_ids]
    if not everything:
        raise NothingAsked
    demands = list(application.store.demands.stream())
    if not demands:
        raise NoDemands
    return demands


def _demand(application: Application, demand_id: str) -> Demand:
    demand = application.store.demands.get(demand_id.split("#")[0])
    if demand is None:
        raise UnknownDemand(demand_id)
    return demand
