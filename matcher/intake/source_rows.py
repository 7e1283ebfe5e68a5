"""A row of any source with its cells under the fields that they mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from matcher.intake.cells import Cell
from matcher.intake.columns import Table, TableKind
from matcher.intake.problems import Place


@dataclass(frozen=True, slots=True)
class SourceRow:
    """`cells` and `labels` go by field; a list where several columns mean one field.

    `original` is the row as it stood, header by header, for the report; `faults` are labels with what is wrong;
    `items` are items of evidence that stand in the same row. `lines` say by field in which row of a form it stands.
    """

    place: Place
    cells: Mapping[str, Cell]
    labels: Mapping[str, str]
    original: tuple[tuple[str, Cell], ...]
    faults: tuple[tuple[str, str], ...] = ()
    items: tuple[SourceRow, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_page(self) -> bool:
        """A questionnaire of its own, not a line of a table."""
        return self.place.row == 0

    def label(self, field_name: str, table: Table) -> str:
        return self.labels.get(field_name) or table[field_name].header


@dataclass(frozen=True, slots=True)
class UnreadableRow:
    """A row that the reader could not make sense of."""

    place: Place
    message: str
    advice: str


AnyRow: TypeAlias = SourceRow | UnreadableRow


@dataclass(frozen=True, slots=True)
class SourceTable:
    """One recognised table of a file. `rows` starts anew at each call; None is a row that counts for nothing."""

    table: Table
    place: Place
    rows: Callable[[], Iterator[AnyRow | None]]
    unknown: tuple[str, ...] = ()


class Aside(StrEnum):
    """Why a sheet is passed over."""

    NO_DATA = "说明、清单或空白"
    OTHER_KIND = "是另一种表"
    UNKNOWN = "没有认出"


@dataclass(frozen=True, slots=True)
class PassedOver:
    """A sheet or file that brings nothing, with a sentence on it; `kind` is the table that it looks like."""

    place: Place
    why: Aside
    note: str
    kind: TableKind | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a file holds, sheet by sheet."""

    tables: tuple[SourceTable, ...] = ()
    passed_over: tuple[PassedOver, ...] = ()
