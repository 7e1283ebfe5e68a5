"""`matcher plan list|show|compare|confirm|sign|void`: plans that are kept."""

from __future__ import annotations

import re
from typing import Annotated

import typer

from matcher.beijing import in_beijing
from matcher.commands.acting import acting
from matcher.commands.layout import screen_width
from matcher.commands.plan_table import plan_lines
from matcher.commands.plan_visits import visit_lines
from matcher.domain.plan import PlanKind
from matcher.plan.errors import KindsDiffer
from matcher.plan.steering import parse_choice
from matcher.wiring import open_application
from matcher.workflows.plan_names import names_of
from matcher.workflows.visit_comparison import visit_words

Plan = Annotated[str, typer.Argument(metavar="计划编号", help="如 P2026-001，或带版本 P2026-001@2")]


def register(group: typer.Typer) -> None:
    group.command("list")(show_all)
    group.command("show")(show_one)
    group.command("compare")(compare)
    group.command("confirm")(confirm)
    group.command("sign")(sign)
    group.command("void")(void)


def show_all() -> None:
    """列出已保存的计划（各取最新版本）。"""
    records = open_application().store.plans.newest()
    for one in records:
        made = f"{in_beijing(one.made_at):%Y-%m-%d %H:%M}"
        typer.echo(f"{one.name}  {one.title}  {one.state}  {made}  {one.made_by}")
    if not records:
        typer.echo("还没有计划。制定：matcher plan stations")


def show_one(plan: Plan) -> None:
    """显示一份计划，并按今天的数据核对是否仍然可行。"""
    application = open_application()
    name = _named(plan)
    if application.store.plans.get(*name).kind is PlanKind.VISITS:
        visits = application.visit_reporter.report(application.visits.show(*name))
        typer.echo(visit_lines(visits, screen_width()), nl=False)
        return
    report = application.plan_reporter.of_kept(application.stations.show(*name))
    typer.echo(plan_lines(report, screen_width()), nl=False)


def compare(first: Plan, second: Plan) -> None:
    """比较两份计划（或同一计划的两个版本）。"""
    application, names = open_application(), (_named(first), _named(second))
    kinds = {application.store.plans.get(*name).kind for name in names}
    if len(kinds) > 1:
        raise KindsDiffer
    if PlanKind.VISITS in kinds:
        reports = [application.visit_reporter.report(application.visits.show(*name)) for name in names]
        lines = visit_words(*reports)
    else:
        told = names_of(*(application.plan_reporter.of_kept(application.stations.show(*name)) for name in names))
        lines = tuple(map(told.sentence, application.stations.compare(*names).in_words()))
    for line in lines:
        typer.echo(line)


def confirm(
    plan: Plan, choices: Annotated[list[str], typer.Argument(metavar="需求编号:专家编号...", help="确认这些人选")]
) -> None:
    """确认人选：以后调整计划时保留。"""
    application, id = open_application(), _named(plan)[0]
    is_visits = application.store.plans.get(id).kind is PlanKind.VISITS
    archive = application.visits if is_visits else application.stations
    record = archive.confirm(id, map(parse_choice, choices), acting())
    typer.echo(f"计划 {record.name} 已确认：{'、'.join(record.confirmed)}")


def sign(plan: Plan) -> None:
    """签发计划；有不符合规则或未达到要求之处时不能签发。"""
    application, name = open_application(), _named(plan)
    is_visits = application.store.plans.get(*name).kind is PlanKind.VISITS
    record = (application.visits if is_visits else application.stations).sign(*name, acting())
    typer.echo(f"计划 {record.name} 已签发。")


def void(plan: Plan) -> None:
    """作废一个版本。"""
    record = open_application().stations.void(*_named(plan), acting())
    typer.echo(f"计划 {record.name} 已作废。")


def _named(text: str) -> tuple[str, int | None]:
    found = re.fullmatch(r"(.+)@(\d+)", text.strip())
    return (found[1], int(found[2])) if found else (text.strip(), None)
