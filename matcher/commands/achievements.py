"""`matcher achievements`: which achievements answer a demand, and which demands an achievement fits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import typer

from matcher.commands.achievements_table import achievement_lines, fitting_lines
from matcher.commands.answer import Answer, AnswerFormat, Format, Output
from matcher.commands.asked import asked_demands
from matcher.commands.errors import TooMuchAsked
from matcher.commands.progress import tracked
from matcher.domain.demand import Demand
from matcher.domain.vocabulary import DemandCategory, EvidenceType
from matcher.explain.achievement import AchievementReport
from matcher.explain.achievement_sheets import achievement_sheets
from matcher.wiring import Application, open_application
from matcher.workflows.achievements import BANK_TYPES, AchievementBank, fitting_sheet
from matcher.workflows.described import described

Types = Annotated[list[EvidenceType] | None, typer.Option("--type", help="只在这些类型里找，可多次给出")]
Top = Annotated[int, typer.Option(min=1, max=1000, help="列出几项")]


def register(app: typer.Typer) -> None:
    group = typer.Typer(help="成果对接：为需求找成果，为成果找需求", no_args_is_help=True)
    group.command("match")(match)
    group.command("demands")(demands)
    app.add_typer(group, name="achievements")


def match(
    demand_ids: Annotated[list[str] | None, typer.Argument(metavar="[需求编号]...", help="一个或多个需求编号")] = None,
    all_demands: Annotated[bool, typer.Option("--all", help="全部需求，成果引进类排在前面")] = False,
    text: Annotated[str | None, typer.Option("--text", help="直接描述一个难题，不存入库")] = None,
    types: Types = None,
    top: Top = 10,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """为需求匹配成果、专利、项目等，给出理由、持有人和待核事项。"""
    answer = Answer(format, output)
    if text is not None and (demand_ids or all_demands):
        raise TooMuchAsked
    application = open_application()
    bank = _bank(application, types)
    if text is None:
        asked = sorted(asked_demands(application.store, demand_ids or (), all_demands), key=_adoption_first)
        _give(answer, list(bank.match_all(tracked(asked, "匹配"), top)))
        return
    reading, title = described(text)
    _give(answer, [bank.match(reading, None, title, top)])


def demands(
    achievement: Annotated[str, typer.Argument(metavar="成果", help="成果编号，或题名中的几个字")],
    types: Types = None,
    top: Top = 10,
    format: Format = AnswerFormat.TABLE,
    output: Output = None,
) -> None:
    """反向匹配：列出一项成果适合的需求。"""
    answer = Answer(format, output)
    application = open_application()
    bank = _bank(application, types)
    chosen = bank.the_one(achievement)
    asked = asked_demands(application.store, (), everything=True)
    found = bank.demands(chosen, tracked(asked, "匹配"), top)
    answer.give(
        lambda: fitting_lines(chosen, found),
        lambda: [one.to_json() for one in found],
        lambda: [fitting_sheet(chosen, found)],
    )


def _bank(application: Application, types: Sequence[EvidenceType] | None) -> AchievementBank:
    return application.achievement_bank(tuple(types or BANK_TYPES))


def _adoption_first(demand: Demand) -> bool:
    return demand.category is not DemandCategory.ADOPTION


def _give(answer: Answer, reports: list[AchievementReport]) -> None:
    answer.give(
        lambda: (line for report in reports for line in achievement_lines(report)),
        lambda: [report.to_json() for report in reports],
        lambda: achievement_sheets(reports),
    )
