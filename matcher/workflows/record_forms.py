"""One record filled in by hand: the columns, checks and sentences of the import, never a second set of rules."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.domain.demand import Demand
from matcher.domain.expert import Expert
from matcher.errors import UsageError
from matcher.intake.cells import Cell, cell_text
from matcher.intake.columns import Table
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.errors import RowUnusable
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.expert_records import has_field_text
from matcher.intake.lists import parse_works
from matcher.intake.parse_row import ParsedRow, one_line, parse_row
from matcher.intake.places import region_complaint
from matcher.intake.problems import Place
from matcher.intake.record_fields import value_at
from matcher.intake.source_rows import SourceRow
from matcher.reference.tables import ReferenceTables
from matcher.workflows.expert_rows import is_renamed, named_expert, no_field_text
from matcher.workflows.import_demands import make_demand

Record = TypeVar("Record")
Fields = Mapping[str, Cell]
"""Column field -> what was typed; "" empties a field, a field that is absent stays as it is."""

_PLACE = Place("表单")
_BLANK: tuple[object, ...] = (None, "", ())
# Columns that are kept under other names.
_KEPT_AS: Mapping[str, tuple[str, ...]] = {
    "region": ("region_name", "enterprise.region_name"),
    "industry": ("enterprise.industry_name", "enterprise.industry_code"),
}


@dataclass(frozen=True, slots=True)
class FieldProblem:
    """`field` is the column's, "" where the whole record is meant; `label` its header; `message` says what to do."""

    field: str
    label: str
    message: str


class RecordRejected(UsageError):
    """What was typed cannot be saved; every field that is wrong is named."""

    def __init__(self, problems: tuple[FieldProblem, ...]) -> None:
        told = "；".join(f"{one.label}：{one.message}" if one.label else one.message for one in problems)
        super().__init__(f"没有保存。{told}")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Filled(Generic[Record]):
    """`hints`: what is odd and was taken all the same."""

    record: Record
    hints: tuple[FieldProblem, ...] = ()


def filled_expert(fields: Fields, stored: Expert | None, tables: ReferenceTables, *, has_items: bool) -> Filled[Expert]:
    """Raises RecordRejected."""

    def make(row: ParsedRow) -> Expert:
        expert = named_expert(row, stored, tables)
        is_renamed(stored, expert)
        if not has_field_text(expert) and not has_items:
            raise no_field_text()
        return expert

    return _filled(fields, EXPERT_TABLE, stored is None, tables, make)


def filled_demand(fields: Fields, stored: Demand | None, tables: ReferenceTables) -> Filled[Demand]:
    """Raises RecordRejected."""
    return _filled(fields, DEMAND_TABLE, stored is None, tables, lambda row: make_demand(row, stored, tables))


def cells_of(record: object, table: Table) -> dict[str, str]:
    """Field -> text of every column of the form, as the form shows it; read back it gives the record again."""
    return {column.field: _shown(record, column.field, column.parse is parse_works) for column in table.shown}


def _filled(
    fields: Fields, table: Table, is_new: bool, tables: ReferenceTables, make: Callable[[ParsedRow], Record]
) -> Filled[Record]:
    known = {column.field for column in table.columns}
    problems = [FieldProblem(name, "", f"没有“{name}”这一栏。") for name in fields if name not in known]
    row = parse_row(SourceRow(_PLACE, {name: cell for name, cell in fields.items() if name in known}, {}, ()), table)
    told = _complaints(row, table)
    problems += [one for one in told if row.values.get(one.field) in _BLANK]
    if is_new and not row.text("id") and all(one.field != "id" for one in problems):
        header = table["id"].header
        problems.append(FieldProblem("id", header, f"没有{header}。请填写{header}，全库唯一。"))
    if problems:
        raise RecordRejected(tuple(problems))
    try:
        record = make(row)
    except RowUnusable as error:
        raise RecordRejected((FieldProblem(error.field, table[error.field].header, str(error)),)) from None
    hints = [*told, *_place_hint(row, table, tables)]
    return Filled(record, tuple(hints))


def _complaints(row: ParsedRow, table: Table) -> list[FieldProblem]:
    fields = {one_line(column.header): column.field for column in table.columns}
    return [
        FieldProblem(fields[problem.column], problem.column, f"{problem.message}。{problem.advice}。")
        for problem in row.warnings
    ]


def _place_hint(row: ParsedRow, table: Table, tables: ReferenceTables) -> list[FieldProblem]:
    complaint = region_complaint(row.text("region"), tables)
    if complaint is None:
        return []
    return [FieldProblem("region", table["region"].header, f"{complaint.message}。{complaint.advice}。")]


def _shown(record: object, field: str, is_works: bool) -> str:
    if field in ("discipline_1", "discipline_2"):
        codes = value_at(record, "discipline_codes")
        parts = codes if isinstance(codes, tuple) else ()
        return "、".join(parts[:1] if field == "discipline_1" else parts[1:])
    if field == "years":
        years = (value_at(record, "start_year"), value_at(record, "end_year"))
        return "-".join(str(year) for year in years if year)
    value = next((found for path in _KEPT_AS.get(field, (field,)) if (found := _at(record, path)) not in _BLANK), "")
    return "\n".join(value) if is_works and isinstance(value, tuple) else cell_text(value)


def _at(record: object, path: str) -> object:
    try:
        return value_at(record, path)
    except AttributeError:
        return None
