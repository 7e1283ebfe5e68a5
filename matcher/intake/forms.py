"""Questionnaires as returned by firms: labels and values on a page, in a sheet or a Word document."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from matcher.intake.cells import Cell, cell_text, is_blank
from matcher.intake.columns import Column, Table, TableKind
from matcher.intake.problems import Place
from matcher.intake.sheet_tables import FOOTER, joined
from matcher.intake.sheets import Row
from matcher.intake.source_rows import SourceRow

FORM_ROWS = 400
_LABEL_LIMIT = 40
_INLINE = re.compile(r"([^:：\n]{1,40})[:：]\s*(.*)", re.DOTALL)
_HINT = re.compile(r"[（(](?:不超过|限|请|必填|选填|可多选|单选|多选|字以内)[^）)]*[）)]")


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of the form, and the value that belongs to it.

    `index` is the label's column; an `open` pair had no value beside its label.
    """

    column: Column
    label: str
    value: Cell
    index: int
    open: bool


def read_form(file: str, sheet: str, rows: Sequence[Row], table: Table) -> SourceRow | None:
    """The questionnaire as one row; None when the page holds too few known labels."""
    pairs = _pairs(rows, table)
    fields = {pair.column.field for pair in pairs}
    if len(fields) < 3 or not fields & _telling(table.kind):
        return None
    cells: dict[str, Cell] = {}
    labels: dict[str, str] = {}
    for pair in pairs:
        name = pair.column.field
        cells[name] = joined(pair.column, cells[name], pair.value) if name in cells else pair.value
        labels.setdefault(name, pair.label)
    original = tuple((table[name].header, cell) for name, cell in cells.items())
    return SourceRow(Place(file, sheet, 1), cells, labels, original)


def count_labels(rows: Sequence[Row], table: Table) -> int:
    """How many different fields the page names as labels with values."""
    return len({pair.column.field for pair in _pairs(rows, table)})


def _telling(kind: TableKind) -> frozenset[str]:
    if kind is TableKind.DEMANDS:
        return frozenset({"title", "problem"})
    return frozenset({"name", "unit"})


def _pairs(rows: Sequence[Row], table: Table) -> list[Pair]:
    pairs: list[Pair] = []
    for row in rows:
        cells = [(index, cell) for index, cell in enumerate(row) if not is_blank(cell)]
        found = _row_pairs(cells, table)
        pairs += found
        if not found and cells and pairs and _goes_on(pairs[-1], cells):
            pairs[-1] = _continued(pairs[-1], cells)
        elif not found and cells and pairs:
            pairs[-1] = replace(pairs[-1], open=False)
    return _first_values(pairs)


def _row_pairs(cells: Sequence[tuple[int, Cell]], table: Table) -> list[Pair]:
    pairs: list[Pair] = []
    at = 0
    while at < len(cells):
        label, column, value = _labelled(cells[at][1], table)
        if column is None:
            at += 1
            continue
        index = cells[at][0]
        at += 1
        if value is None:
            value, at = _value(cells, at, table)
        pairs.append(Pair(column, label, value, index, is_blank(value)))
    return pairs


def _value(cells: Sequence[tuple[int, Cell]], at: int, table: Table) -> tuple[Cell, int]:
    """The cells up to the next label; several are parts of one value.

    The last cell of a row, right beside a label, is its value even where it reads like a label itself.
    """
    if at == len(cells) - 1 and cells[at][0] == cells[at - 1][0] + 1 and not _ends_as_label(cells[at][1]):
        return cells[at][1], at + 1
    parts: list[Cell] = []
    while at < len(cells) and _labelled(cells[at][1], table)[1] is None:
        parts.append(cells[at][1])
        at += 1
    return (parts[0] if len(parts) == 1 else "\n".join(map(cell_text, parts))), at


def _ends_as_label(cell: Cell) -> bool:
    return cell_text(cell).endswith((":", "："))


def _labelled(cell: Cell, table: Table) -> tuple[str, Column | None, Cell | None]:
    """The label in a cell, its column, and a value that stands in the same cell behind a colon."""
    if not isinstance(cell, str):
        return "", None, None
    text = cell.strip()
    if len(text) <= _LABEL_LIMIT and (column := table.find(_HINT.sub("", text))):
        inline = _INLINE.fullmatch(text)
        if inline is None or not inline[2].strip():
            return text.rstrip(":： "), column, None
    inline = _INLINE.fullmatch(text)
    if inline and (column := table.find(_HINT.sub("", inline[1]))):
        return inline[1].strip(), column, inline[2].strip() or None
    return "", None, None


def _goes_on(pair: Pair, cells: Sequence[tuple[int, Cell]]) -> bool:
    """A row without a label goes on with the value above it, or is the value of a label that stands over it."""
    index, first = cells[0]
    if FOOTER.match(cell_text(first)):
        return False
    return index > pair.index or (pair.open and len(cells) == 1)


def _continued(pair: Pair, cells: Sequence[tuple[int, Cell]]) -> Pair:
    text = "\n".join(cell_text(cell) for _, cell in cells)
    return replace(pair, value=text if is_blank(pair.value) else f"{cell_text(pair.value)}\n{text}")


def _first_values(pairs: list[Pair]) -> list[Pair]:
    """A field that is named twice keeps its first value, unless that is blank."""
    kept: dict[str, Pair] = {}
    for pair in pairs:
        known = kept.get(pair.column.field)
        if known is None or is_blank(known.value):
            kept[pair.column.field] = pair
    return list(kept.values())
