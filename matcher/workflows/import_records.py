"""Takes rows of one table into the store, in chunks; the same for experts, demands and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.intake.columns import Table
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow, parse_row
from matcher.intake.parsed import Complaint
from matcher.intake.places import region_complaint
from matcher.intake.source_rows import AnyRow, UnreadableRow
from matcher.reference.tables import ReferenceTables
from matcher.store.batches import batches
from matcher.store.records import SaveOutcome
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_repeats import RepeatedNumbers
from matcher.workflows.import_report import ImportProgress

Record = TypeVar("Record")
CHUNK = 500


@dataclass(frozen=True, slots=True)
class RecordDoor(Generic[Record]):
    """How one kind of record is read from the store, made of a row, and saved.

    `make` raises RowUnusable; it gets the stored record or None, and may warn through the log. `tables` tell whether
    a place is known.
    """

    table: Table
    tables: ReferenceTables
    read: Callable[[Sequence[str]], dict[str, Record]]
    save: Callable[[Sequence[Record]], list[SaveOutcome]]
    make: Callable[[ParsedRow, Record | None], Record]
    identity: Callable[[Record], tuple[str, str]]


class RowDeferred(Exception):
    """Whether the row can be taken is known only when all files have been read; `make` raises it and keeps the row."""


class RecordImporter(Generic[Record]):
    """One a run: remembers the numbers that the run has seen."""

    def __init__(self, door: RecordDoor[Record], log: ImportLog) -> None:
        self._door = door
        self._log = log
        self._seen = RepeatedNumbers(door.table)

    def take(
        self,
        rows: Iterable[AnyRow | None],
        progress: ImportProgress,
        after: Callable[[Sequence[ParsedRow]], None] | None = None,
    ) -> None:
        """Every row; `after` gets the accepted ones of each chunk when they are saved."""
        for batch in batches(rows, CHUNK):
            accepted = self.take_batch([self._parsed(row) for row in batch if row is not None])
            if after:
                after(accepted)
            progress.rows(len(batch))

    def take_batch(self, rows: Sequence[ParsedRow | None]) -> list[ParsedRow]:
        """The accepted rows, those that repeat an earlier one among them."""
        fresh = [row for row in rows if row is not None and self._has_id(row)]
        stored = self._door.read([row.text("id") for row in fresh])
        made: list[tuple[ParsedRow, Record]] = []
        repeated: list[ParsedRow] = []
        for row in fresh:
            try:
                if self._seen.is_repeat(row):
                    repeated.append(row)
                else:
                    made.append((row, self._door.make(row, stored.get(row.text("id")))))
            except RowDeferred:
                continue
            except RowUnusable as error:
                self._log.reject(row.source, self._door.table, error.field, Complaint(error.message, error.advice))
        return self._saved(made) + repeated

    def _parsed(self, row: AnyRow) -> ParsedRow | None:
        if isinstance(row, UnreadableRow):
            self._log.reject_unreadable(row, self._door.table.kind)
            return None
        return parse_row(row, self._door.table)

    def _has_id(self, row: ParsedRow) -> bool:
        if row.text("id"):
            return True
        column = self._door.table["id"]
        told = [one for one in row.warnings if one.column == column.header]
        complaint = Complaint(f"没有{column.header}", f"请填写{column.header}，全库唯一")
        if told:
            complaint = Complaint(told[0].message, told[0].advice)
        self._log.reject(row.source, self._door.table, "id", complaint)
        return False

    def _saved(self, made: Sequence[tuple[ParsedRow, Record]]) -> list[ParsedRow]:
        outcomes = self._door.save([record for _, record in made])
        kept: list[ParsedRow] = []
        for (row, record), outcome in zip(made, outcomes, strict=True):
            if outcome.refused:
                self._log.reject(row.source, self._door.table, "id", Complaint(outcome.value, "如有疑问请联系管理员"))
                continue
            self._log.saved(self._door.table.kind, outcome)
            self._log.warn(row.warnings)
            if complaint := region_complaint(row.text("region"), self._door.tables):
                self._log.warn_row(row, self._door.table, "region", complaint)
            self._log.take_stock(self._door.table.kind, self._door.table, record, self._door.identity(record))
            kept.append(row)
        return kept
