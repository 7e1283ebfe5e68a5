"""Records of jsonl as rows: keys are headers, nested evidence becomes rows of items."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from matcher.intake.cells import Cell, cell_text
from matcher.intake.columns import Column, Several, Table, TableKind
from matcher.intake.item_columns import ITEM_TABLE
from matcher.intake.problems import Place
from matcher.intake.sheet_tables import REMARK_LABEL, joined
from matcher.intake.sheets import BrokenRow, Records
from matcher.intake.source_rows import AnyRow, SourceRow, SourceTable, UnreadableRow

_EVIDENCE_KEYS = frozenset({"evidence", "items", "成果", "成果表", "results_list"})
_SEARCHED = 50


def json_table(file: str, records: Records, tables: tuple[Table, ...]) -> SourceTable | None:
    """The records as the table that knows most of their keys; None when none knows enough."""
    keys = _keys(records)
    known = {table.kind: len({c.field for key in keys if (c := _column(table, key))}) for table in tables}
    best = max(tables, key=lambda table: (known[table.kind], -list(tables).index(table)))
    if known[best.kind] < 2:
        return None
    unknown = tuple(key for key in keys if _column(best, key) is None and not _is_side(best, key))
    return SourceTable(best, Place(file), lambda: _rows(file, records, best), unknown)


def _keys(records: Records) -> list[str]:
    keys: dict[str, None] = {}
    for number, record in enumerate(records.rows()):
        if number >= _SEARCHED:
            break
        if isinstance(record, Mapping):
            keys.update(dict.fromkeys(record))
    return list(keys)


def _rows(file: str, records: Records, table: Table) -> Iterator[AnyRow | None]:
    for number, record in enumerate(records.rows()):
        place = Place(file, "", number + 1)
        if record is None:
            yield None
        elif isinstance(record, BrokenRow):
            yield UnreadableRow(place, record.message, record.advice)
        else:
            yield _row(place, record, table)


def _row(place: Place, record: Mapping[str, Cell], table: Table) -> SourceRow:
    cells: dict[str, Cell] = {}
    labels: dict[str, str] = {}
    items: list[SourceRow] = []
    for key, value in record.items():
        if table.kind is TableKind.EXPERTS and key in _EVIDENCE_KEYS and isinstance(value, list):
            items += [_row(place, one, ITEM_TABLE) for one in value if isinstance(one, Mapping)]
        elif column := _column(table, key):
            name = column.field
            taken = name in cells and column.several is Several.FIRST
            cells[name] = cells[name] if taken else joined(column, cells.get(name), value)
            labels.setdefault(name, key)
    if table.kind is TableKind.EXPERTS:
        _complete_expert(cells)
    return SourceRow(place, cells, labels, tuple(record.items()), (), tuple(items))


def _complete_expert(cells: dict[str, Cell]) -> None:
    """Collections without names call people by their numbers; of several affiliations the first is the unit."""
    if "name" not in cells and cell_text(cells.get("id")):
        cells["name"] = f"专家{cell_text(cells['id'])}"
    units = cells.get("organization")
    if isinstance(units, list) and units:
        cells["organization"] = units[0]
        if len(units) > 1 and "posts_held" not in cells:
            cells["posts_held"] = f"另署单位：{cell_text(units[1:])}"


def _column(table: Table, key: str) -> Column | None:
    return table.find(key) if key != REMARK_LABEL else None


def _is_side(table: Table, key: str) -> bool:
    return key == REMARK_LABEL or (table.kind is TableKind.EXPERTS and key in _EVIDENCE_KEYS)
