"""`matcher plan visits`: who visits whom when."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace as changed
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.acting import acting
from matcher.commands.errors import AwayUnreadable, OutputNeeded, TrialNeedsPlan, VisitsIncomplete
from matcher.commands.layout import screen_width, wrapped
from matcher.commands.output import emit
from matcher.commands.plan_steering import Fix, Forbid, Prefer, Replace, Swap, Texts, chosen, visits_steered, warned
from matcher.commands.progress import counted
from matcher.plan.problem import Steering
from matcher.tables.write_workbook import write_workbook
from matcher.wiring import Application, open_application
from matcher.workflows.plan_visits import VisitRequest, region_codes
from matcher.workflows.visit_archive import KeptVisits
from matcher.workflows.visit_comparison import visit_words
from matcher.workflows.visit_report import VisitReport

_DAYS = 5
_PART_NOT_MET = 1


class VisitFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"


def visits(
    region: Annotated[Texts, typer.Option(help="走访地区，如 延边，可多次")] = None,
    start: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="第一天，如 2026-06-01")
    ] = None,
    days: Annotated[int | None, typer.Option(min=1, max=31, help="共几天（含往返），默认 5")] = None,
    demand: Annotated[Texts, typer.Option(help="只安排这些需求，可多次")] = None,
    teams: Annotated[int | None, typer.Option(min=1, max=20, help="最多分几组")] = None,
    team_size: Annotated[int | None, typer.Option(min=1, max=20, help="每组最多几位专家")] = None,
    fix: Fix = None,
    forbid: Forbid = None,
    prefer: Prefer = None,
    replace: Replace = None,
    swap: Swap = None,
    away: Annotated[Texts, typer.Option(help="某天不能来：E001=2026-06-02，可多次")] = None,
    plan: Annotated[str | None, typer.Option(help="在此计划上调整：保留已确认的，存为新版本")] = None,
    what_if: Annotated[bool, typer.Option("--what-if", help="只试算在 --plan 上的调整，不保存")] = False,
    format: Annotated[VisitFormat, typer.Option("--format", help="输出格式")] = VisitFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """安排专家分组走访一个地区的企业，给出按日、按人的行程表。"""
    if format is VisitFormat.XLSX and output is None:
        raise OutputNeeded
    if what_if and not plan:
        raise TrialNeedsPlan
    application = open_application()
    steering = visits_steered(chosen(fix, forbid, prefer), replace, swap)
    base = _base(application, plan, start if region else None, steering)
    request = changed(
        base,
        regions=region_codes(region, application.reference.regions) if region else base.regions,
        start=start.date() if start else base.start,
        days=days or base.days,
        demands=tuple(demand or base.demands),
        away=(*base.away, *map(_away, away or ())),
        teams=teams or base.teams,
        team_size=team_size or base.team_size,
    )
    warned(application, steering, Steering())
    if what_if and plan:
        _what_if(application, plan, request)
        return
    kept = _kept(application, request, plan or "")
    show_visits(application.visit_reporter.report(kept), format, output)
    if kept.plan.missed:
        raise typer.Exit(_PART_NOT_MET)


def _base(application: Application, plan: str | None, start: datetime | None, steering: Steering) -> VisitRequest:
    """Raises VisitsIncomplete."""
    if plan:
        return application.visits.again(plan, steering)
    if start is None:
        raise VisitsIncomplete
    return VisitRequest((), start.date(), _DAYS, steering=steering)


def _kept(application: Application, request: VisitRequest, id: str) -> KeptVisits:
    with counted("读取候选专家") as heard:
        problem, answer = application.visit_planner.plan(request, heard)
    return application.visits.keep(request, problem, answer, acting(), id=id)


def _what_if(application: Application, plan: str, changed: VisitRequest) -> None:
    """The newest version solved as it is asked today, and with the changes."""
    requests = (application.visits.again(plan, Steering()), changed)
    record = application.store.plans.get(plan)
    kept = (KeptVisits(record, one, application.visit_planner.plan(one)[1]) for one in requests)
    before, after = map(application.visit_reporter.report, kept)
    typer.echo("与不作这些调整相比（没有保存）：")
    for line in visit_words(before, after) or ("安排相同",):
        typer.echo(f"  {line}")
    typer.echo(visit_lines(after, screen_width()), nl=False)


def show_visits(report: VisitReport, format: VisitFormat, output: Path | None) -> None:
    """The plan in the format asked for; a workbook where the file's name asks for one."""
    if output is not None and (format is VisitFormat.XLSX or output.suffix.lower() == ".xlsx"):
        write_workbook(output, report.sheets())
        emit(visit_lines(report, screen_width()), None)
        typer.echo(f"已写入 {output}", err=True)
    elif format is VisitFormat.JSON:
        emit(json.dumps(report.to_json(), ensure_ascii=False, indent=1, default=str) + "\n", output)
    else:
        emit(visit_lines(report, screen_width()), output)


def visit_lines(report: VisitReport, width: int) -> str:
    """Head, days with their stops, what is not visited."""
    return "".join(part + "\n" for indent, text in _lines(report) for part in wrapped(text, width, indent, hang=2))


def _lines(report: VisitReport) -> Iterator[tuple[int, str]]:
    plan, record, quality = report.kept.plan, report.kept.record, report.kept.plan.quality
    count = f"{len(plan.stops)} 家，{len(plan.teams)} 组"
    yield (
        0,
        f"■ {record.title} {record.name}（{record.state}）：{count}，总分 {quality.points}（{quality.in_words()}）",
    )
    for violation in report.kept.against:
        who = report.person(violation.expert_id) if violation.expert_id else ""
        yield 2, f"！现已不符：{violation.demand_id} {who} {violation.message}"
    yield from ((2, f"！{sentence}") for sentence in map(report.sentence, plan.missed_words))
    yield from ((4, f"可选：{way}") for way in plan.ways_out)
    for team in plan.teams:
        away = f"{team.days[0][0]} 至 {team.days[-1][0]}"
        members = report.people(team.members) or "无"
        yield 2, f"第 {team.number} 组（{away}）组长 {report.person(team.leader)}，组员 {members}"
    for stop in plan.stops:
        head = f"{stop.day} 第 {stop.team} 组 第 {stop.order} 家：{stop.demand_id} {report.firm(stop.demand_id)}"
        yield 2, f"{head}（{report.place(stop.demand_id)}）{report.title(stop.demand_id)}"
        remote = f"；线上：{report.people(stop.remote)}" if stop.remote else ""
        backups = "、".join(map(report.backup, stop.backups)) or "无，请征集"
        yield from ((5, f"待核：{text}") for text in stop.doubts)
        yield 5, f"到场：{report.people(stop.on_site)}{remote}；备选：{backups}"
    if plan.unvisited:
        yield 2, f"未走访的 {len(plan.unvisited)} 项需求和原因："
    for one in plan.unvisited:
        who = f"（{report.person(one.expert_id)}）" if one.expert_id else ""
        yield 4, f"× {one.demand_id} {report.title(one.demand_id)}：{one.why}{who}{'。' + one.ask if one.ask else ''}"


def _away(text: str) -> tuple[str, date]:
    name, _, day = text.replace("＝", "=").rpartition("=")
    try:
        return name.strip(), date.fromisoformat(day.strip())
    except ValueError:
        raise AwayUnreadable(text) from None
