"""Finds the header of a table in the first rows of a sheet: behind titles, over several rows, with merged cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from matcher.intake.cells import cell_text
from matcher.intake.columns import Column, Several, Table, TableKind, squeezed
from matcher.intake.sheets import Merged, Row

SEARCHED_ROWS = 40
_SPANS = (2, 3)
_LABEL_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Placed:
    """A column found at an index of the sheet, with its header as it stands there."""

    index: int
    column: Column
    label: str


@dataclass(frozen=True, slots=True)
class Header:
    """`first` and `last` are rows from 0; `unknown` are indexes and headers that mean nothing to the table."""

    table: Table
    first: int
    last: int
    placed: tuple[Placed, ...]
    unknown: tuple[tuple[int, str], ...]

    @property
    def fields(self) -> frozenset[str]:
        return frozenset(placed.column.field for placed in self.placed)


def find_header(rows: Sequence[Row], merged: Sequence[Merged], tables: Iterable[Table]) -> Header | None:
    """The header that recognises most columns; of equals the one that ends first, then the shortest."""
    best: Header | None = None
    for table in tables:
        for found in _candidates(rows, merged, table):
            if is_recognisable(found) and (best is None or _rank(found) > _rank(best)):
                best = found
    return best


def _candidates(rows: Sequence[Row], merged: Sequence[Merged], table: Table) -> Iterator[Header]:
    """Headers of one row, and of several around a row that names a column."""
    named: set[int] = set()
    for first in range(len(rows)):
        found = read_header(rows, merged, table, first, 1)
        if found and found.placed:
            named.add(first)
            yield found
    for span in _SPANS:
        for first in range(len(rows) - span + 1):
            if named.intersection(range(first, first + span)):
                found = read_header(rows, merged, table, first, span)
                if found:
                    yield found


def read_header(rows: Sequence[Row], merged: Sequence[Merged], table: Table, first: int, span: int) -> Header | None:
    """The header that the rows from `first` on would make; None when a row of it is blank."""
    levels = [_labels(rows[at], at, merged, is_last=at == first + span - 1) for at in range(first, first + span)]
    if not all(any(level) for level in levels):
        return None
    stacks = _stacks(levels)
    placed, unknown = _assign(stacks, table)
    return Header(table, first, first + span - 1, placed, unknown)


def is_recognisable(header: Header) -> bool:
    """Whether enough columns are known to say which table this is."""
    fields = header.fields
    if header.table.kind is TableKind.EXPERTS:
        return ("name" in fields and len(fields) >= 2) or {"id", "directions"} <= fields
    if header.table.kind is TableKind.ITEMS:
        has_text = bool(fields & {"title", "abstract", "keywords"})
        return has_text and ("expert_id" in fields or len(fields - {"owner_name"}) >= 3)
    if header.table.kind is TableKind.DEMANDS:
        return bool(fields & {"title", "problem"}) and len(fields) >= 2
    if header.table.kind is TableKind.TOPICS:
        return "title" in fields and bool(fields & {"background", "aspects"})
    if header.table.kind is TableKind.MARKS:
        return {"demand_id", "expert_id", "verdict"} <= fields
    return len(fields) >= 3 and bool(fields & {"unit", "kind"})


def _rank(header: Header) -> tuple[int, int, int]:
    return len(header.fields), -header.last, header.first


def _labels(row: Row, at: int, merged: Sequence[Merged], *, is_last: bool) -> list[str]:
    """The row's texts; a group's label is repeated over the columns that it is merged over."""
    labels = [text if len(text := cell_text(cell)) <= _LABEL_LIMIT else "" for cell in row]
    for part in merged:
        if part.top <= at <= part.bottom and part.right > part.left and part.left < len(labels):
            for index in range(part.left, min(part.right + 1, len(labels))):
                labels[index] = labels[index] or labels[part.left]
    if not is_last and not merged:
        for index in range(1, len(labels)):
            labels[index] = labels[index] or labels[index - 1]
    return labels


def _stacks(levels: list[list[str]]) -> list[list[str]]:
    width = max(map(len, levels))
    return [[level[index] if index < len(level) else "" for level in levels] for index in range(width)]


def _wordings(stack: list[str]) -> list[str]:
    """What a column under grouped headers may be called: all levels, the lowest, the one above ..."""
    levels = list(dict.fromkeys(label for label in stack if label))
    return list(dict.fromkeys(["".join(levels), *reversed(levels)])) if levels else []


def _assign(stacks: list[list[str]], table: Table) -> tuple[tuple[Placed, ...], tuple[tuple[int, str], ...]]:
    """A column named exactly as in the template comes before one named by an alias, else the first wins.

    What is left over may stand for a field that nobody has taken.
    """
    found: dict[int, Placed] = {}
    taken: set[str] = set()
    for match in (_exact, _alias, _spare):
        for index, stack in enumerate(stacks):
            placed = None if index in found else match(index, stack, table, taken)
            if placed:
                found[index] = placed
                taken.add(placed.column.field)
    unknown = tuple(
        (index, _wordings(stack)[0]) for index, stack in enumerate(stacks) if index not in found and any(stack)
    )
    return tuple(found[index] for index in sorted(found)), unknown


def _exact(index: int, stack: list[str], table: Table, taken: set[str]) -> Placed | None:
    return next(
        (one for one in _meant(index, stack, table, taken) if squeezed(one.column.header) == squeezed(one.label)), None
    )


def _alias(index: int, stack: list[str], table: Table, taken: set[str]) -> Placed | None:
    return next(_meant(index, stack, table, taken), None)


def _meant(index: int, stack: list[str], table: Table, taken: set[str]) -> Iterator[Placed]:
    for label in _wordings(stack):
        column = table.find(label)
        if column and (column.field not in taken or column.several is not Several.FIRST):
            yield Placed(index, column, label)


def _spare(index: int, stack: list[str], table: Table, taken: set[str]) -> Placed | None:
    for label in _wordings(stack):
        column = table.find(label)
        if column and column.spare and column.spare not in taken:
            return Placed(index, table[column.spare], label)
    return None
