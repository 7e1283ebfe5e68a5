"""`matcher plan stations`; the other commands of the group stand in the other modules `plan_*.py`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands import plan_kept, plan_lectures, plan_panel, plan_visits
from matcher.commands.acting import acting
from matcher.commands.errors import OutputNeeded
from matcher.commands.layout import screen_width
from matcher.commands.output import emit
from matcher.commands.plan_steering import (
    Fix,
    Forbid,
    Prefer,
    Replace,
    Swap,
    Texts,
    chosen,
    stations_steered,
    warned,
    with_accepted,
    with_floors,
)
from matcher.commands.plan_table import plan_lines
from matcher.commands.progress import counted
from matcher.plan.comparison import compare
from matcher.plan.problem import Steering
from matcher.plan.steering import joined
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import Application, open_application
from matcher.workflows.plan_documents import StationRequest
from matcher.workflows.plan_names import names_of
from matcher.workflows.plan_report import PlanReport
from matcher.workflows.plan_sheets import station_sheets

_PART_NOT_MET = 1


class PlanFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="计划：建站、走访、讲座、专家组；保存、调整、比较、签发。", no_args_is_help=True)
    group.command("stations")(stations)
    group.command("visits")(plan_visits.visits)
    plan_kept.register(group)
    plan_lectures.register(group)
    plan_panel.register(group)
    app.add_typer(group, name="plan")


def stations(
    year: Annotated[int | None, typer.Option(min=2000, max=2100, help="计划年度，默认今年")] = None,
    quota_academician: Annotated[int | None, typer.Option(min=0, help="院士专家工作站名额")] = None,
    quota_expert: Annotated[int | None, typer.Option(min=0, help="科技专家工作站名额")] = None,
    budget: Annotated[int | None, typer.Option(min=0, help="资助预算（万元），不写为不限")] = None,
    fix: Fix = None,
    forbid: Forbid = None,
    prefer: Prefer = None,
    replace: Replace = None,
    swap: Swap = None,
    at_least: Annotated[Texts, typer.Option(help="地区至少几站，如 延边=2，可多次")] = None,
    relax: Annotated[Texts, typer.Option(help="接受这一条不满足，名称见计划的提示，可多次")] = None,
    based_on: Annotated[
        str | None, typer.Option("--from", "--plan", help="在此计划上调整：保留已确认的，存为新版本")
    ] = None,
    what_if: Annotated[bool, typer.Option("--what-if", help="只试算：与不加这些调整相比差多少，不保存")] = False,
    format: Annotated[PlanFormat, typer.Option("--format", help="输出格式")] = PlanFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """从已审核、申请建站的需求中安排全年工作站：首席、团队、备选、筹建方式和资助。"""
    if format is PlanFormat.XLSX and output is None:
        raise OutputNeeded
    application = open_application()
    asked = StationRequest(
        application.rules.today.year if year is None else year, quota_academician, quota_expert, budget
    )
    base = application.stations.again(based_on, Steering()) if based_on else asked
    changes = stations_steered(chosen(fix, forbid, prefer), replace, swap)
    whole = joined(base.steering, with_floors(changes, at_least or (), application.reference.regions))
    request = _merged(base, asked, with_accepted(whole, relax), given_year=year is not None)
    warned(application, request.steering, base.steering if based_on else Steering())
    if what_if:
        _what_if(application, base, request)
        return
    with counted("读取候选专家") as heard:
        problem, plan = application.station_planner.plan(request, heard)
    kept = application.stations.keep(request, problem, plan, acting(), id=based_on or "")
    show(application, application.plan_reporter.of_kept(kept), format, output)
    if plan.open_shortfalls:
        raise typer.Exit(_PART_NOT_MET)


def show(application: Application, report: PlanReport, format: PlanFormat, output: Path | None) -> None:
    """The plan in the format asked for; a workbook where the file's name asks for one."""
    if output is not None and (format is PlanFormat.XLSX or output.suffix.lower() == ".xlsx"):
        months = application.rules.book.months_on_site.per_station
        write_workbook(output, station_sheets(report, application.plan_book.stations, months))
        typer.echo(plan_lines(report, screen_width()), nl=False)
        typer.echo(f"已写入 {output}", err=True)
    elif format is PlanFormat.JSON:
        emit(json.dumps(report.to_json(), ensure_ascii=False, indent=1, default=str) + "\n", output)
    else:
        emit(plan_lines(report, screen_width()), output)


def _what_if(application: Application, base: StationRequest, request: StationRequest) -> None:
    before = application.station_planner.plan(base)[1]
    after = application.station_planner.plan(request)[1]
    typer.echo("与不作这些调整相比：")
    first, second = (application.plan_reporter.report(plan) for plan in (before, after))
    for line in map(names_of(first, second).sentence, compare(before, after).in_words()):
        typer.echo(f"  {line}")
    typer.echo(plan_lines(second, screen_width()), nl=False)


def _merged(base: StationRequest, asked: StationRequest, changes: Steering, *, given_year: bool) -> StationRequest:
    return StationRequest(
        asked.year if given_year or not base.year else base.year,
        base.quota_academician if asked.quota_academician is None else asked.quota_academician,
        base.quota_expert if asked.quota_expert is None else asked.quota_expert,
        base.budget if asked.budget is None else asked.budget,
        changes,
    )
