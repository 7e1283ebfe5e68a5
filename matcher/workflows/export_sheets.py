"""Records as the tables that staff know: the columns of the templates, so that an edited export imports back."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from matcher.domain.demand import Demand
from matcher.domain.engagement import Engagement
from matcher.domain.expert import Expert
from matcher.intake.columns import Column, TableKind
from matcher.intake.record_fields import value_at
from matcher.intake.tables import TABLES
from matcher.store.records import StoredItem
from matcher.tables.sheet import Cell, SheetSpec

_BETWEEN = "、"


def records_sheet(
    kind: TableKind, records: Iterable[Expert] | Iterable[Demand] | Iterable[Engagement], *, private: bool
) -> SheetSpec:
    """One row a record; the rows are read when they are written.

    Without `private` those columns are left out: a blank or masked one would overwrite what is stored when the file is
    edited and imported.
    """
    columns = [column for column in TABLES[kind].shown if private or not column.private]
    return _sheet(kind, columns, ([_cell(record, kind, column.field) for column in columns] for record in records))


def items_sheet(items: Iterable[StoredItem]) -> SheetSpec:
    """One row for each owner of an item; the items of a profile stand in its own columns."""
    columns = TABLES[TableKind.ITEMS].shown
    rows = (_item_row(columns, stored, owner) for stored in items for owner in stored.owners)
    return _sheet(TableKind.ITEMS, columns, rows)


def _sheet(kind: TableKind, columns: Sequence[Column], rows: Iterator[Sequence[Cell]]) -> SheetSpec:
    header = [column.header + ("*" if column.starred else "") for column in columns]
    highlighted = frozenset(index for index, column in enumerate(columns) if column.starred)
    return SheetSpec(kind.value, header, rows, highlighted=highlighted)


def _item_row(columns: Sequence[Column], stored: StoredItem, owner: str) -> list[Cell]:
    fields = (column.field for column in columns)
    return [owner if field == "expert_id" else _written(value_at(stored.item, field)) for field in fields]


def _cell(record: object, kind: TableKind, field: str) -> Cell:
    made = _MADE.get((kind, field))
    return _written(made(record) if made else value_at(record, field))


def _written(value: object) -> Cell:
    if isinstance(value, tuple):
        return _BETWEEN.join(map(str, value))
    return value if isinstance(value, str | int | float | bool | date) else None


def _nth_discipline(place: int) -> Callable[[object], object]:
    return lambda record: next(iter(value_at(record, "discipline_codes")[place : place + 1]), "")  # type: ignore[index]


def _first_of(*paths: str) -> Callable[[object], object]:
    return lambda record: next((value for path in paths if (value := value_at(record, path))), "")


def _span(start: str, end: str) -> Callable[[object], object]:
    return lambda record: " 至 ".join(str(value) for path in (start, end) if (value := value_at(record, path)))


def _spaced(*paths: str) -> Callable[[object], object]:
    return lambda record: " ".join(str(value) for path in paths if (value := value_at(record, path)))


# Columns of the forms that are stored in another shape.
_MADE: Mapping[tuple[TableKind, str], Callable[[object], object]] = MappingProxyType(
    {
        (TableKind.EXPERTS, "region"): _first_of("region_name", "region_code"),
        (TableKind.EXPERTS, "discipline_1"): _nth_discipline(0),
        (TableKind.EXPERTS, "discipline_2"): _nth_discipline(1),
        (TableKind.DEMANDS, "region"): _first_of("enterprise.region_name", "enterprise.region_code"),
        (TableKind.DEMANDS, "industry"): _spaced("enterprise.industry_code", "enterprise.industry_name"),
        (TableKind.DEMANDS, "years"): _span("start_year", "end_year"),
        (TableKind.LEDGER, "region"): _first_of("region_name", "region_code"),
        (TableKind.LEDGER, "agreement"): _span("agreement_start", "agreement_end"),
        (TableKind.LEDGER, "approval"): _spaced("approved_by", "approved_on"),
    }
)
