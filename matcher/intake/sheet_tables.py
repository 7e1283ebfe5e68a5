"""A sheet with a header row as a stream of rows: merged cells filled, blanks, repeated headers and footers left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from matcher.intake.cells import Cell, cell_text, is_blank
from matcher.intake.columns import Column, Several, TableKind, squeezed
from matcher.intake.headers import Header, Placed
from matcher.intake.item_columns import ITEM_TABLE
from matcher.intake.problems import Place
from matcher.intake.sheets import BrokenRow, Merged, Row, Sheet
from matcher.intake.source_rows import AnyRow, SourceRow, SourceTable, UnreadableRow

REMARK_LABEL = "退回原因"
FOOTER = re.compile(
    r"\s*(?:填表|填报|制表|审核人|审核单位|审批|联系人|联系电话|合\s*计|总\s*计|小\s*计|共\s*\d+|说明|备注|注\s*[:：]|注\d|填写说明|单位\s*[（(]?盖章|负责人|"
    r"[一二三四五六七八九十]+\s*、|[（(][一二三四五六七八九十]+[)）])"
)
_SAMPLE_NUMBER = re.compile(r"[（(【\[]?\s*(?:示例|样例)")
_SAMPLE = re.compile(
    r"[（(【\[]?\s*(?:(?:示例|样例|例)[）)】\]]?\s*\d*\s*(?:$|[:：])|例如|如[:：]|必填|选填|填写要求|填写说明|格式\s*[:：])"
)


def sheet_table(file: str, sheet: Sheet, header: Header) -> SourceTable:
    """The table under `header`."""
    known = tuple((index, label) for index, label in header.unknown if squeezed(label) != REMARK_LABEL)
    items = item_columns(replace(header, unknown=known))
    taken = {placed.index for placed in items}
    own = replace(
        header,
        placed=tuple(placed for placed in header.placed if placed.index not in taken),
        unknown=tuple((index, label) for index, label in known if index not in taken),
    )
    reader = _Reader(file, sheet, own, items)
    return SourceTable(header.table, Place(file, sheet.name), reader.rows, tuple(label for _, label in own.unknown))


def item_columns(header: Header) -> tuple[Placed, ...]:
    """Columns of evidence in a table of experts, where one item stands in each row.

    Behind the item's title, what both tables know (关键词, 来源) belongs to the item.
    """
    if header.table.kind is not TableKind.EXPERTS:
        return ()
    found: dict[str, Placed] = {}
    for index, label in sorted((*header.unknown, *((placed.index, placed.label) for placed in header.placed))):
        column = ITEM_TABLE.find(label)
        if column is None or column.field in ("expert_id", "owner_name"):
            continue
        if (index, label) in header.unknown or "title" in found:
            found.setdefault(column.field, Placed(index, column, label))
    return tuple(found.values()) if "title" in found else ()


class _Reader:
    def __init__(self, file: str, sheet: Sheet, header: Header, items: tuple[Placed, ...]) -> None:
        self._file = file
        self._sheet = sheet
        self._header = header
        self._items = items
        placed = (*header.placed, *items)
        self._labels = sorted({*((one.index, one.label) for one in placed), *header.unknown})
        self._number = next((one.index for one in header.placed if one.column.field in ("id", "expert_id")), None)
        self._titles = {one.index: squeezed(one.label) for one in placed}
        self._placed_labels = _labels_of(header.placed)
        self._item_labels = _labels_of(items)

    def rows(self) -> Iterator[AnyRow | None]:
        fill = _MergedCells(self._sheet.merged(), self._header.last)
        above: SourceRow | None = None
        for number, row in enumerate(self._sheet.rows()):
            if number <= self._header.last:
                continue
            if isinstance(row, BrokenRow):
                yield UnreadableRow(Place(self._file, self._sheet.name, number + 1), row.message, row.advice)
            elif all(map(is_blank, row)) or self._is_decoration(row):
                yield None
            else:
                above = _continued(self._source_row(number, fill.filled(number, row)), above)
                yield above

    def _source_row(self, number: int, row: Row) -> SourceRow:
        place = Place(self._file, self._sheet.name, number + 1)
        original = tuple((label, _at(row, index)) for index, label in self._labels)
        items = self._item_rows(place, row, original)
        cells = _cells(row, self._header.placed)
        return SourceRow(place, cells, self._placed_labels, original, self._faults(number), items)

    def _item_rows(self, place: Place, row: Row, original: tuple[tuple[str, Cell], ...]) -> tuple[SourceRow, ...]:
        cells = _cells(row, self._items)
        if not self._items or all(map(is_blank, cells.values())):
            return ()
        return (SourceRow(place, cells, self._item_labels, original),)

    def _faults(self, number: int) -> tuple[tuple[str, str], ...]:
        faults = self._sheet.faults
        if not faults:
            return ()
        return tuple((label, faults[number, index]) for index, label in self._labels if (number, index) in faults)

    def _is_decoration(self, row: Row) -> bool:
        """A repeated header, a sample, a hint, a section title or a footer."""
        texts = [(index, cell_text(cell)) for index, cell in enumerate(row) if not is_blank(cell)]
        first = texts[0][1]
        repeated = sum(squeezed(text) == self._titles.get(index) for index, text in texts)
        if repeated >= 2 and repeated * 2 >= len(texts):
            return True
        if self._is_sample(texts):
            return True
        return len(texts) <= 2 < len(self._titles) and bool(FOOTER.match(first))

    def _is_sample(self, texts: Sequence[tuple[int, str]]) -> bool:
        """A firm may be called 示例公司; a number 示例001 is one of the template's sample row."""
        start = [text for at, (index, text) in enumerate(texts[:2]) if at == 0 or index <= 2]
        return any(map(_SAMPLE.match, start)) or any(
            index == self._number and _SAMPLE_NUMBER.match(text) for index, text in texts
        )


class _MergedCells:
    """Gives the rows inside a vertically merged cell the value of its first row."""

    def __init__(self, merged: Sequence[Merged], header_last: int) -> None:
        self._starts: dict[int, list[Merged]] = {}
        for part in merged:
            if part.bottom > part.top and part.bottom > header_last:
                self._starts.setdefault(part.top, []).append(part)
        self._open: list[tuple[Merged, Cell]] = []

    def filled(self, number: int, row: Row) -> Row:
        if not self._starts and not self._open:
            return row
        self._open = [(part, value) for part, value in self._open if part.bottom >= number]
        cells = list(row)
        for part, value in self._open:
            if part.left < len(cells) and is_blank(cells[part.left]):
                cells[part.left] = value
        self._open += [(part, _at(row, part.left)) for part in self._starts.pop(number, ())]
        return cells


def _continued(row: SourceRow, above: SourceRow | None) -> SourceRow:
    """A row with an item and no person goes on with the person above."""
    if above is None or not row.items or not all(map(is_blank, row.cells.values())):
        return row
    return replace(row, cells=above.cells)


def _labels_of(placed: Sequence[Placed]) -> Mapping[str, str]:
    return {one.column.field: one.label for one in reversed(placed)}


def _cells(row: Row, placed: Sequence[Placed]) -> dict[str, Cell]:
    cells: dict[str, Cell] = {}
    for one in placed:
        name, cell = one.column.field, _at(row, one.index)
        cells[name] = joined(one.column, cells[name], cell) if name in cells else cell
    return cells


def joined(column: Column, earlier: Cell, later: Cell) -> Cell:
    """The cells of two columns that mean one field."""
    if is_blank(earlier) or is_blank(later):
        return later if is_blank(earlier) else earlier
    if column.several is Several.LINES:
        return f"{cell_text(earlier)}\n{cell_text(later)}"
    return [*(earlier if isinstance(earlier, list) else [earlier]), later]


def _at(row: Row, index: int) -> Cell:
    return row[index] if index < len(row) else ""
