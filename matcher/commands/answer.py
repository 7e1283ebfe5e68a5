"""One answer in the format that was asked for: lines for the screen, json for programs, a workbook for staff."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from matcher.commands.errors import OutputNeeded
from matcher.commands.layout import Line, laid_out, screen_width
from matcher.commands.output import emit
from matcher.tables.sheet import SheetSpec
from matcher.tables.write_workbook import write_workbook


class AnswerFormat(StrEnum):
    TABLE = "table"
    JSON = "json"
    XLSX = "xlsx"


Format = Annotated[AnswerFormat, typer.Option("--format", help="输出格式")]
Output = Annotated[Path | None, typer.Option("--output", "-o", help="写入文件")]


class Answer:
    """Made before the work begins, so that a missing file name is told at once. Raises OutputNeeded."""

    def __init__(self, format: AnswerFormat, output: Path | None) -> None:
        if format is AnswerFormat.XLSX and output is None:
            raise OutputNeeded
        self._format = format
        self._output = output

    def give(
        self,
        lines: Callable[[], Iterable[Line]],
        found: Callable[[], object],
        sheets: Callable[[], Sequence[SheetSpec]],
    ) -> None:
        """Asks only for the form that is wanted."""
        if self._format is AnswerFormat.XLSX and self._output is not None:
            write_workbook(self._output, sheets())
            typer.echo(f"已写入 {self._output}", err=True)
        elif self._format is AnswerFormat.JSON:
            emit(json.dumps(found(), ensure_ascii=False, indent=1) + "\n", self._output)
        else:
            emit(laid_out(lines(), screen_width()), self._output)
