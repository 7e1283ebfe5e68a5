"""Takes rows of one table into the store, in chunks; the same for experts, demands and the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from matcher.intake.columns import Table
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow, one_line, parse_row
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
    a place is known. `number` gives a row without number one, if it can; it raises RowUnusable too.
    """

    table: Table
    tables: ReferenceTables
    read: Callable[[Sequence[str]], dict[str, Record]]
    save: Callable[[Sequence[Record]], list[SaveOutcome]]
    make: Callable[[ParsedRow, Record | None], Record]
    identity: Callable[[Record], tuple[str, str]]
    number: Callable[[ParsedRow], ParsedRow] = lambda row: row


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
        fresh = [numbered for row in rows if row is not None and (numbered := self._numbered(row))]
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

    def _numbered(self, row: ParsedRow) -> ParsedRow | None:
        """None where the row goes back for want of a number."""
        try:
            return row if row.text("id") else self._with_number(row)
        except RowUnusable as error:
            self._log.reject(row.source, self._door.table, error.field, Complaint(error.message, error.advice))
            return None

    def _with_number(self, row: ParsedRow) -> ParsedRow:
        """Raises RowUnusable."""
        header = self._door.table["id"].header
        label = one_line(row.source.label("id", self._door.table))
        for told in row.warnings:
            if told.column == label:
                raise RowUnusable("id", told.message, told.advice)
        numbered = self._door.number(row)
        if not numbered.text("id"):
            raise RowUnusable("id", f"没有{header}", f"请填写{header}，全库唯一")
        return numbered

    def _saved(self, made: Sequence[tuple[ParsedRow, Record]]) -> list[ParsedRow]:
        outcomes = self._door.save([record for _, record in made])
        kept: list[ParsedRow] = []
        for (row, record), outcome in zip(made, outcomes, strict=True):
            if outcome.refused:
                self._log.reject(row.source, self._door.table, "id", Complaint(outcome.value, _after(outcome)))
                continue
            self._log.saved(self._door.table.kind, outcome)
            self._log.warn(row.warnings)
            if complaint := region_complaint(row.text("region"), self._door.tables):
                self._log.warn_row(row, self._door.table, "region", complaint)
            self._log.take_stock(self._door.table.kind, self._door.table, record, self._door.identity(record))
            kept.append(row)
        return kept


def _after(refused: SaveOutcome) -> str:
    return "请重新上传核对，再确认" if refused is SaveOutcome.REFUSED_TAKEN else "如有疑问请联系管理员"
