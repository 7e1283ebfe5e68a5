"""`matcher match`: who fits a demand, and with `--expert` which demands fit a person."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.asked import asked_demands, asked_expert
from matcher.commands.errors import NoFilterInReverse, OutputNeeded, TooMuchAsked
from matcher.commands.layout import screen_width
from matcher.commands.match_table import fitting_lines, report_lines
from matcher.commands.output import emit
from matcher.commands.progress import tracked
from matcher.domain.demand import Demand
from matcher.domain.match import MatchResult
from matcher.domain.vocabulary import Availability, Purpose, ServiceKind, TitleLevel
from matcher.explain.report import MatchReport
from matcher.explain.sheets import match_sheets
from matcher.rank.filters import ExpertFilter
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import Application, open_application
from matcher.workflows.described import described
from matcher.workflows.match import MatchRequest, rank_all
from matcher.workflows.report import report_all
from matcher.workflows.reverse import fitting_demands, fitting_sheet


class MatchFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    TSV = "tsv"
    XLSX = "xlsx"


def register(app: typer.Typer) -> None:
    app.command("match")(match)


def match(
    demand_ids: Annotated[list[str] | None, typer.Argument(metavar="[需求编号]...", help="一个或多个需求编号")] = None,
    all_demands: Annotated[bool, typer.Option("--all", help="匹配库中全部需求")] = False,
    text: Annotated[str | None, typer.Option("--text", help="直接描述一个难题，不存入库")] = None,
    expert: Annotated[str | None, typer.Option("--expert", help="反向匹配：列出适合这位专家的需求")] = None,
    purpose: Annotated[Purpose, typer.Option(help="用途，决定适用哪些规则")] = Purpose.ENTERPRISE_VISIT,
    service: Annotated[list[ServiceKind] | None, typer.Option(help="服务方式，可多次给出")] = None,
    top: Annotated[int, typer.Option(min=1, max=1000, help="列出几个：同一团队合为一个；tsv 按人计")] = 10,
    title: Annotated[list[TitleLevel] | None, typer.Option(help="只列这些职称级别")] = None,
    honour: Annotated[list[str] | None, typer.Option(help="只列有此称号者，如 院士、长江学者")] = None,
    discipline: Annotated[list[str] | None, typer.Option(help="只列此学科（名称，或代码前几位）")] = None,
    industry: Annotated[list[str] | None, typer.Option(help="只列擅长此行业者（名称或代码）")] = None,
    society: Annotated[list[str] | None, typer.Option(help="只列学会名称含此字样者")] = None,
    region: Annotated[list[str] | None, typer.Option(help="只列此地区（名称，或代码前几位）")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="只列单位名称含此字样者")] = None,
    offers: Annotated[list[ServiceKind] | None, typer.Option(help="只列声明可提供此服务方式者")] = None,
    available: Annotated[list[Availability] | None, typer.Option(help="只列能否安排属此者，如 可安排")] = None,
    overseas: Annotated[bool | None, typer.Option("--overseas/--domestic", help="只列海智 / 只列国内")] = None,
    format: Annotated[MatchFormat, typer.Option("--format", help="输出格式")] = MatchFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """为需求匹配专家，给出名次、概率、依据和待核事项。"""
    if format is MatchFormat.XLSX and output is None:
        raise OutputNeeded
    if text is not None and (demand_ids or all_demands or expert is not None):
        raise TooMuchAsked
    application = open_application()
    typed = ExpertFilter(
        title_levels=tuple(title or ()),
        honours=tuple(honour or ()),
        disciplines=tuple(discipline or ()),
        industries=tuple(industry or ()),
        societies=tuple(society or ()),
        regions=tuple(region or ()),
        units=tuple(unit or ()),
        services=tuple(offers or ()),
        overseas=overseas,
        availability=tuple(available or ()),
    )
    filters = application.understood(typed)
    request = MatchRequest(purpose, top, format is not MatchFormat.TSV, tuple(service or ()), filters)
    if text is not None:
        _described(application, text, request, format, output)
        return
    demands = asked_demands(application.store, demand_ids or (), all_demands or (expert is not None and not demand_ids))
    if expert is not None:
        _reverse(application, expert, demands, request, format, output)
    else:
        _forward(application, demands, request, format, output)


def _forward(
    application: Application, demands: list[Demand], request: MatchRequest, format: MatchFormat, output: Path | None
) -> None:
    matchmaker, asked = application.matchmaker, tracked(demands, "匹配")
    if format is MatchFormat.TSV:
        emit("".join(_flat(result for _, _, result in rank_all(asked, request, matchmaker))), output)
    else:
        _write(list(report_all(asked, request, matchmaker, application.reporter)), format, output)


def _described(
    application: Application, text: str, request: MatchRequest, format: MatchFormat, output: Path | None
) -> None:
    reading, title = described(text)
    result = application.matchmaker.match(reading, request)
    if format is MatchFormat.TSV:
        emit("".join(_flat([result])), output)
        return
    _write([application.reporter.report(reading, result, None, title)], format, output)


def _reverse(
    application: Application,
    expert_id: str,
    demands: Sequence[Demand],
    request: MatchRequest,
    format: MatchFormat,
    output: Path | None,
) -> None:
    if not request.filters.is_empty:
        raise NoFilterInReverse
    expert = asked_expert(application.store, expert_id)
    found = fitting_demands(expert_id, tracked(demands, "匹配"), request, application.matchmaker)
    if format is MatchFormat.XLSX:
        _write_sheets([fitting_sheet(expert, found)], output)
    elif format is MatchFormat.JSON:
        emit(_json([one.to_json() for one in (*found.demands, *found.forbidden)]), output)
    elif format is MatchFormat.TSV:
        rows = ((one.reading.id, one.checked.ranked.score) for one in found.demands)
        emit("".join(f"{id}\t{expert_id}\t{place}\t{score:.6f}\n" for place, (id, score) in enumerate(rows, 1)), output)
    else:
        emit(fitting_lines(expert, found, screen_width()), output)


def _write(reports: list[MatchReport], format: MatchFormat, output: Path | None) -> None:
    if format is MatchFormat.XLSX:
        _write_sheets(match_sheets(reports), output)
    elif format is MatchFormat.JSON:
        emit(_json([report.to_json() for report in reports]), output)
    else:
        width = screen_width()
        emit("\n".join(report_lines(report, width) for report in reports), output)


def _write_sheets(sheets: Sequence[SheetSpec], output: Path | None) -> None:
    if output is None:
        raise OutputNeeded
    write_workbook(output, sheets)
    typer.echo(f"已写入 {output}", err=True)


def _json(found: object) -> str:
    return json.dumps(found, ensure_ascii=False, indent=1) + "\n"


def _flat(results: Iterable[MatchResult]) -> Iterator[str]:
    for result in results:
        for one in result.experts:
            yield f"{result.demand_id}\t{one.ranked.expert_id}\t{one.ranked.rank}\t{one.ranked.score:.6f}\n"
