"""`matcher explain`."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.asked import asked_demand, asked_expert
from matcher.commands.layout import screen_width
from matcher.commands.match_table import expert_lines
from matcher.commands.output import emit
from matcher.domain.vocabulary import Purpose
from matcher.explain.report import explanation_json
from matcher.wiring import open_application
from matcher.workflows.match import MatchRequest


class ExplainFormat(StrEnum):
    TABLE = "table"
    JSON = "json"


def register(app: typer.Typer) -> None:
    app.command("explain")(explain)


def explain(
    demand_id: Annotated[str, typer.Argument(metavar="需求编号", help="需求编号，或已拆分的 编号#序号")],
    expert_id: Annotated[str, typer.Argument(metavar="专家编号")],
    purpose: Annotated[Purpose, typer.Option(help="用途，决定适用哪些规则")] = Purpose.ENTERPRISE_VISIT,
    format: Annotated[ExplainFormat, typer.Option("--format", help="输出格式")] = ExplainFormat.TABLE,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")] = None,
) -> None:
    """说明一位专家为什么适合（或不适合）一个需求。"""
    application = open_application()
    demand = asked_demand(application.store, demand_id)
    asked_expert(application.store, expert_id)
    shown = list(application.reporter.of_people(demand, [expert_id], MatchRequest(purpose)))
    if format is ExplainFormat.JSON:
        found = [{"demand_id": reading.id, **explanation_json(one)} for reading, _, one in shown]
        emit(json.dumps(found, ensure_ascii=False, indent=1) + "\n", output)
        return
    width = screen_width()
    emit("\n".join(f"■ {reading.id}  用途：{purpose}\n{expert_lines(one, width)}" for reading, _, one in shown), output)
