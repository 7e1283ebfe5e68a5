"""What an import did, would do, or refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from matcher.intake.cells import Cell
from matcher.intake.columns import TableKind
from matcher.intake.duplicates import DuplicatePair
from matcher.intake.problems import Place, Problem


@dataclass(frozen=True, slots=True)
class Counts:
    """Of the records of one table; a repeated row that says nothing new is left out."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: int = 0

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged + self.rejected


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row as it stood, header by header, with why it was not taken."""

    kind: TableKind
    place: Place
    cells: tuple[tuple[str, Cell], ...]
    remark: str


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A record that was taken and still lacks columns that planning needs."""

    kind: TableKind
    id: str
    name: str
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WarningGroup:
    """Warnings of one kind about one column; `first` is the first of them."""

    first: Problem
    count: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`problems`, `rejected` and `incomplete` are bounded in number; the counts are not.

    `missing` counts, table by table, the records that lack a column needed for planning. `looks_like`: the kinds of
    table in sheets that were passed over as being of another kind.
    """

    dry_run: bool
    counts: Mapping[TableKind, Counts]
    problems: tuple[Problem, ...] = ()
    warnings: tuple[WarningGroup, ...] = ()
    rejected: tuple[RejectedRow, ...] = ()
    incomplete: tuple[Incomplete, ...] = ()
    missing: Mapping[tuple[TableKind, str], int] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    duplicates: tuple[DuplicatePair, ...] = ()
    failed_files: tuple[str, ...] = ()
    looks_like: tuple[TableKind, ...] = ()

    @property
    def rejected_count(self) -> int:
        return sum(counts.rejected for counts in self.counts.values())

    @property
    def has_rejects(self) -> bool:
        return bool(self.rejected_count or self.failed_files)


class ImportProgress(Protocol):
    """Hears how far an import is."""

    def file(self, name: str) -> None:
        """The next file is being read."""

    def rows(self, count: int) -> None:
        """So many more rows are done."""


class SilentProgress:
    """Says nothing."""

    def file(self, name: str) -> None:
        pass

    def rows(self, count: int) -> None:
        pass
