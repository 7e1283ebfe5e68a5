"""Questionnaires as returned by firms: labels and values on a page, in a sheet or a Word document.

A value stands beside its label, behind its colon, or under it; a row of labels may stand over a row of values.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from matcher.intake.cells import Cell, cell_text, is_blank
from matcher.intake.columns import Column, Table, TableKind
from matcher.intake.form_labels import label_part, labelled, looks_foreign, may_be_label, misspelt, split_pairs
from matcher.intake.problems import Place
from matcher.intake.sheet_tables import FOOTER, joined
from matcher.intake.sheets import Row
from matcher.intake.source_rows import SourceRow

FORM_ROWS = 400

_Cells = list[tuple[int, Cell]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A label of the form, and the value that belongs to it.

    `index` is the label's column, `row` counts from 1; an `open` pair had no value beside its label.
    """

    column: Column
    label: str
    value: Cell
    index: int
    row: int
    open: bool


@dataclass(frozen=True, slots=True)
class FormPage:
    """The pairs of a page in order, each field once, and labels that mean nothing to the table."""

    pairs: tuple[Pair, ...]
    unknown: tuple[str, ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(pair.column.field for pair in self.pairs)


def read_page(rows: Sequence[Row], table: Table) -> FormPage:
    reader = _PageReader(table)
    for number, row in enumerate(rows, start=1):
        reader.take(number, _cells(row, table))
    return FormPage(tuple(_first_values(reader.pairs)), tuple(dict.fromkeys((*reader.unknown, *reader.passed_over()))))


def form_row(file: str, sheet: str, page: FormPage, table: Table) -> SourceRow | None:
    """The questionnaire as one row; None when the page holds too few known labels."""
    if len(page.fields) < 3 or not page.fields & _telling(table.kind):
        return None
    cells: dict[str, Cell] = {}
    labels: dict[str, str] = {}
    for pair in page.pairs:
        name = pair.column.field
        cells[name] = joined(pair.column, cells[name], pair.value) if name in cells else pair.value
        labels.setdefault(name, pair.label)
    original = tuple((table[name].header, cell) for name, cell in cells.items())
    lines = {pair.column.field: pair.row for pair in page.pairs} if sheet else {}
    return SourceRow(Place(file, sheet), cells, labels, original, lines=lines)


def _telling(kind: TableKind) -> frozenset[str]:
    if kind is TableKind.DEMANDS:
        return frozenset({"title", "problem"})
    if kind is TableKind.TOPICS:
        return frozenset({"background", "aspects"})
    return frozenset({"name", "unit"})


def _cells(row: Row, table: Table) -> _Cells:
    """What is written in the row; a cell with several "label: value" counts as several."""
    return [
        (index, piece) for index, cell in enumerate(row) if not is_blank(cell) for piece in split_pairs(cell, table)
    ]


class _PageReader:
    """Takes the rows of a page one by one; a row of labels waits for the row below it."""

    def __init__(self, table: Table) -> None:
        self.pairs: list[Pair] = []
        self.unknown: list[str] = []
        self._table = table
        self._dropped: list[_Cells] = []
        self._heads: tuple[int, _Cells] | None = None

    def take(self, number: int, cells: _Cells) -> None:
        if not cells:
            return
        waiting, self._heads = self._heads, None
        if waiting and self._stands_under(cells, waiting[1]):
            self._under(waiting, dict(cells))
            return
        if self._is_heading(cells):
            self._heads = (number, cells)
        found = self._row_pairs(number, cells)
        if found:
            self.pairs += found
        elif self.pairs and self._goes_on(self.pairs[-1], cells):
            self.pairs[-1] = _continued(self.pairs[-1], cells)
        else:
            self._dropped.append(cells)
            self.pairs[-1:] = [replace(pair, open=False) for pair in self.pairs[-1:]]

    def passed_over(self) -> list[str]:
        """What stands where labels stand, with something beside it, in rows that brought nothing."""
        columns, known = {pair.index for pair in self.pairs}, {pair.column.field for pair in self.pairs}
        return [label for cells in self._dropped if (label := self._unread(cells, columns, known))]

    def _unread(self, cells: _Cells, columns: Collection[int], known: Collection[str]) -> str:
        if FOOTER.match(cell_text(cells[0][1])):
            return ""
        if len(cells) == 1:
            first = cells[0][1]
            has_value = label_part(first) != cell_text(first).rstrip(":： ")
            return label_part(first) if has_value and misspelt(first, self._table, known) else ""
        beside = (cell for index, cell in cells[:-1] if index in columns and may_be_label(cell))
        return next(map(label_part, beside), "")

    def _goes_on(self, pair: Pair, cells: _Cells) -> bool:
        """A row without a label goes on with the value above it, or is the value of a label that stands over it."""
        index, first = cells[0]
        if FOOTER.match(cell_text(first)) or (len(cells) > 1 and self._stands_for_label(first)):
            return False
        return index > pair.index or (pair.open and len(cells) == 1)

    def _stands_for_label(self, cell: Cell, *own: str) -> bool:
        """One of another form, or one of ours misspelt; `own` are fields whose value is being read."""
        return looks_foreign(cell) or misspelt(cell, self._table, {*own, *(pair.column.field for pair in self.pairs)})

    def _is_heading(self, cells: _Cells) -> bool:
        """Nothing but labels. Whether they are, the next row tells: values of some label read like labels too."""
        labels = sum(self._is_label(cell) for _, cell in cells)
        return labels >= 2 and all(self._is_label(cell) or looks_foreign(cell) for _, cell in cells)

    def _is_label(self, cell: Cell) -> bool:
        _, column, value = labelled(cell, self._table)
        return column is not None and value is None

    def _stands_under(self, cells: _Cells, heads: _Cells) -> bool:
        columns = {index for index, _ in heads}
        return len(cells) >= 2 and all(
            index in columns and labelled(cell, self._table)[1] is None for index, cell in cells
        )

    def _under(self, waiting: tuple[int, _Cells], values: dict[int, Cell]) -> None:
        """Takes back what the row of labels was read as."""
        number, heads = waiting
        self.pairs = [pair for pair in self.pairs if pair.row != number]
        for index, cell in heads:
            label, column, _ = labelled(cell, self._table)
            if column:
                self.pairs.append(Pair(column, label, values.get(index, ""), index, number + 1, open=False))

    def _row_pairs(self, number: int, cells: _Cells) -> list[Pair]:
        pairs: list[Pair] = []
        at = 0
        while at < len(cells):
            index, cell = cells[at]
            label, column, value = labelled(cell, self._table)
            at += 1
            if column is None:
                if at < len(cells) and self._stands_for_label(cell) and labelled(cells[at][1], self._table)[1] is None:
                    self.unknown.append(cell_text(cell).rstrip(":： "))
                continue
            if value is None:
                value, at = self._value(cells, at, column)
            pairs.append(Pair(column, label, value, index, number, is_blank(value)))
        return pairs

    def _value(self, cells: _Cells, at: int, column: Column) -> tuple[Cell, int]:
        """The cells up to the next label, known, foreign or misspelt; several are parts of one value.

        The last cell of a row, right beside a label, is its value even where it reads like a label itself.
        """
        if at == len(cells) - 1 and cells[at][0] == cells[at - 1][0] + 1 and not _ends_as_label(cells[at][1]):
            return cells[at][1], at + 1
        parts: list[Cell] = []
        while at < len(cells) and labelled(cells[at][1], self._table)[1] is None:
            if parts and self._stands_for_label(cells[at][1], column.field):
                break
            parts.append(cells[at][1])
            at += 1
        return (parts[0] if len(parts) == 1 else "\n".join(map(cell_text, parts))), at


def _ends_as_label(cell: Cell) -> bool:
    return cell_text(cell).endswith((":", "："))


def _continued(pair: Pair, cells: _Cells) -> Pair:
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
