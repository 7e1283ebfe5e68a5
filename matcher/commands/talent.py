"""`matcher talent team|programme|gaps`: whom to develop, whom to put forward, what is missing."""

from __future__ import annotations

from typing import Annotated

import typer

from matcher.commands.answer import Answer, AnswerFormat, Format, Output
from matcher.commands.asked import asked_demand, asked_demands, asked_expert
from matcher.commands.errors import ChiefNeeded
from matcher.commands.progress import tracked
from matcher.commands.talent_table import gap_lines, programme_lines, programmes_lines, team_lines
from matcher.wiring import Application, open_application
from matcher.workflows.enterprise_team import StationCase, team_sheet
from matcher.workflows.gaps import Coverage, coverage_sheets
from matcher.workflows.programmes import nomination_sheet

Top = Annotated[int, typer.Option(min=1, max=100, help="列出几位")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="人才：团队培养、举荐、缺口", no_args_is_help=True)
    group.command("team")(team)
    group.command("programme")(programme)
    group.command("gaps")(gaps)
    app.add_typer(group, name="talent")


def team(
    station: Annotated[str | None, typer.Option(help="台账中首席一行的编号")] = None,
    chief: Annotated[str | None, typer.Option(help="首席专家编号")] = None,
    demand: Annotated[str | None, typer.Option(help="需求编号")] = None,
    top: Top = 10,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """为一个工作站找企业里可培养的团队成员：库中企业人员，成果与首席的方向相合。"""
    answer = Answer(format, output)
    application = open_application()
    found = application.teams.team(_case(application, station, chief, demand), top)
    answer.give(lambda: team_lines(found), found.to_json, lambda: [team_sheet(found)])


def programme(
    name: Annotated[
        str | None, typer.Argument(metavar="[名称]", help="奖项或计划名称中的几个字；不写则列出全部")
    ] = None,
    top: Top = 10,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """为奖项、人才计划推荐人选：按成果排序，逐条核对条件（符合、不符合、待核）。"""
    answer = Answer(format, output)
    nominator = open_application().nominator
    if name is None:
        known = nominator.programmes()
        typer.echo("\n".join(programmes_lines(known)))
        return
    found = nominator.nominations(nominator.programme(name), top)
    answer.give(lambda: programme_lines(found), found.to_json, lambda: [nomination_sheet(found)])


def gaps(format: Format = AnswerFormat.TABLE, output: Output = None) -> None:
    """人才缺口：哪些需求无人可答、只有海外或一个团队可答，应征集哪些学科，哪些学科只有一人。"""
    answer = Answer(format, output)
    application = open_application()
    demands = asked_demands(application.store, (), everything=True)
    found = application.coverage.read(tracked(demands, "匹配"))
    names = _names(application, found)
    answer.give(lambda: gap_lines(found, names), found.to_json, lambda: coverage_sheets(found, names))


def _names(application: Application, found: Coverage) -> dict[str, str]:
    return {id: expert.name for id, expert in application.store.experts.get_many(found.people()).items()}


def _case(application: Application, station: str | None, chief: str | None, demand: str | None) -> StationCase:
    if station is not None:
        return application.teams.station(station)
    if chief is None:
        raise ChiefNeeded
    asked = asked_demand(application.store, demand) if demand else None
    person = asked_expert(application.store, chief)
    return StationCase(person, asked.enterprise.name if asked else "", asked)
