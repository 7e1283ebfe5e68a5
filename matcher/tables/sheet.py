"""A sheet as data, before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeAlias

Cell: TypeAlias = str | int | float | bool | date | datetime | None


@dataclass(frozen=True, slots=True)
class DropDown:
    """Cells from `first_row` to `last_row` (from 0, header included) of one column take one of `options`.

    Where `strict` is False other values are allowed too, as in cells that hold several.
    """

    column: int
    options: tuple[str, ...]
    first_row: int = 1
    last_row: int = 5000
    strict: bool = False


@dataclass(frozen=True, slots=True)
class SheetSpec:
    """`rows` may be a stream. Without `header` the rows begin at the top.

    `widths` are in characters, one a column; missing ones follow the header. `notes` are comments on header cells and
    `highlighted` headers that stand out, both by column. `text_columns` keep numbers typed into them as text,
    `percent_columns` show numbers from 0 to 1 as percentages.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()
    drop_downs: Sequence[DropDown] = ()
    notes: Mapping[int, str] = field(default_factory=dict)
    highlighted: frozenset[int] = frozenset()
    text_columns: frozenset[int] = frozenset()
    label_columns: frozenset[int] = frozenset()
    percent_columns: frozenset[int] = frozenset()
