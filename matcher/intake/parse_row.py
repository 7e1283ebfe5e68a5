"""Reads the cells of a row into values; what is odd becomes a problem of the row, never an exception."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from matcher.intake.cells import cell_text
from matcher.intake.columns import Column, Table
from matcher.intake.identity_numbers import masked
from matcher.intake.numbers import Money, YearlyMoney, header_unit
from matcher.intake.parsed import Complaint, Parser
from matcher.intake.problems import Problem, Severity
from matcher.intake.source_rows import SourceRow

_SHOWN = 60
_BREAK_IN_CHINESE = re.compile(r"(?<=[^a-zA-Z\s])\s*\n\s*|\s*\n\s*(?=[^a-zA-Z\s])")
_BLANK_KINDS = (None, "", ())


@dataclass(frozen=True, slots=True)
class ParsedRow:
    """`values` go by field, for the columns that the source has; a blank cell is None, "" or ()."""

    source: SourceRow
    values: Mapping[str, object]
    warnings: tuple[Problem, ...]

    def text(self, field: str) -> str:
        value = self.values.get(field)
        return value if isinstance(value, str) else ""

    @property
    def stated(self) -> tuple[tuple[str, object], ...]:
        """What the row says, without its blanks; equal for rows that say the same."""
        return tuple((name, value) for name, value in self.values.items() if value not in _BLANK_KINDS)


def parse_row(source: SourceRow, table: Table) -> ParsedRow:
    values: dict[str, object] = {}
    warnings: list[Problem] = []
    for name, cell in source.cells.items():
        column = table[name]
        if cell is None or cell == "":
            values[name] = column.parse("").value
            continue
        parsed = _parser(column, source.label(name, table))(cell)
        values[name] = parsed.value
        if parsed.complaint:
            warnings.append(problem(source, column, parsed.complaint, Severity.WARNING))
    warnings += [_fault(source, label, message) for label, message in source.faults]
    return ParsedRow(source, values, tuple(warnings))


def problem(source: SourceRow, column: Column | None, complaint: Complaint, severity: Severity) -> Problem:
    """The value of a private column is masked, also where the complaint quotes it."""
    if column is None:
        return Problem(severity, source.place, "", "", complaint.message, complaint.advice)
    label = source.labels.get(column.field) or column.header
    value = cell_text(source.cells.get(column.field))
    message = complaint.message
    if column.private and value:
        message = message.replace(value, masked(value))
        value = masked(value)
    shown = value if len(value) <= _SHOWN else value[:_SHOWN] + "…"
    place = replace(source.place, row=source.lines.get(column.field, source.place.row))
    return Problem(severity, place, one_line(label), shown, message, complaint.advice)


def one_line(label: str) -> str:
    """A header that breaks over lines, as messages name it.

    >>> one_line("出生\\n年月"), one_line("birth\\ndate")
    ('出生年月', 'birth date')
    """
    return re.sub(r"\s*\n\s*", " ", _BREAK_IN_CHINESE.sub("", label))


def _parser(column: Column, label: str) -> Parser:
    """Money is read in the unit that the header names."""
    if isinstance(column.parse, Money | YearlyMoney):
        unit = header_unit(label)
        return column.parse.in_unit(unit) if unit is not None else column.parse
    return column.parse


def _fault(source: SourceRow, label: str, message: str) -> Problem:
    advice = "请在 Excel/WPS 中重新计算并保存，或直接填写数值"
    return Problem(Severity.WARNING, source.place, one_line(label), "", message, advice)
