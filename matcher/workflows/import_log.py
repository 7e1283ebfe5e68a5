"""Collects, while an import runs, what its report will say; bounded in memory however bad the file is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from matcher.intake.columns import Table, TableKind
from matcher.intake.duplicates import DuplicatePair
from matcher.intake.missing import missing_columns
from matcher.intake.parse_row import ParsedRow, problem
from matcher.intake.parsed import Complaint
from matcher.intake.problems import Problem, Severity
from matcher.intake.source_rows import PassedOver, SourceRow, UnreadableRow
from matcher.store.records import SaveOutcome
from matcher.workflows.import_report import Counts, ImportReport, Incomplete, RejectedRow, WarningGroup

_KEPT = 100_000


class ImportLog:
    def __init__(self) -> None:
        self._outcomes: Counter[tuple[TableKind, str]] = Counter()
        self._problems: list[Problem] = []
        self._warnings: dict[tuple[str, str], WarningGroup] = {}
        self._rejected: list[RejectedRow] = []
        self._incomplete: list[Incomplete] = []
        self._missing: Counter[tuple[TableKind, str]] = Counter()
        self._notes: list[str] = []
        self._failed: list[str] = []
        self._looks_like: dict[TableKind, None] = {}

    def note(self, text: str) -> None:
        self._notes.append(text)

    def pass_over(self, sheet: PassedOver) -> None:
        self.note(sheet.note)
        if sheet.kind:
            self._looks_like[sheet.kind] = None

    def failed(self, message: str) -> None:
        """A whole file could not be read."""
        self._failed.append(message)

    def saved(self, kind: TableKind, outcome: SaveOutcome) -> None:
        self._outcomes[kind, outcome.value] += 1

    def warn(self, problems: Iterable[Problem]) -> None:
        for found in problems:
            key = found.column, _pattern(found)
            group = self._warnings.get(key)
            self._warnings[key] = replace(group, count=group.count + 1) if group else WarningGroup(found, 1)
            if len(self._problems) < _KEPT:
                self._problems.append(found)

    def reject(self, row: SourceRow, table: Table, field: str, complaint: Complaint) -> None:
        """The row goes back: `field` is the column to blame, "" for the row as a whole."""
        column = table[field] if field else None
        self._back(table.kind, problem(row, column, complaint, Severity.ERROR), row.original)

    def reject_unreadable(self, row: UnreadableRow, kind: TableKind) -> None:
        self._back(kind, Problem(Severity.ERROR, row.place, "", "", row.message, row.advice), ())

    def take_stock(self, kind: TableKind, table: Table, record: object, identity: tuple[str, str]) -> None:
        """Notes what a record lacks for planning."""
        missing = missing_columns(record, table)
        for header in missing:
            self._missing[kind, header] += 1
        if missing and len(self._incomplete) < _KEPT:
            self._incomplete.append(Incomplete(kind, *identity, missing))

    def warn_row(self, row: ParsedRow, table: Table, field: str, complaint: Complaint) -> None:
        self.warn([problem(row.source, table[field], complaint, Severity.WARNING)])

    def report(self, *, dry_run: bool, duplicates: Iterable[DuplicatePair] = ()) -> ImportReport:
        kinds = dict.fromkeys(kind for kind, _ in self._outcomes)
        return ImportReport(
            dry_run=dry_run,
            counts={kind: self._counts(kind) for kind in kinds},
            problems=tuple(self._problems),
            warnings=tuple(sorted(self._warnings.values(), key=lambda group: -group.count)),
            rejected=tuple(self._rejected),
            incomplete=tuple(self._incomplete),
            missing=dict(self._missing.most_common()),
            notes=tuple(self._notes),
            duplicates=tuple(duplicates),
            failed_files=tuple(self._failed),
            looks_like=tuple(self._looks_like),
        )

    def _back(self, kind: TableKind, found: Problem, cells: tuple[tuple[str, object], ...]) -> None:
        self._outcomes[kind, Severity.ERROR.value] += 1
        if len(self._rejected) < _KEPT:
            self._problems.append(found)
            column = f"“{found.column}”" if found.column else ""
            remark = f"{column}{found.message}。{found.advice}。"
            self._rejected.append(RejectedRow(kind, found.place, cells, remark))

    def _counts(self, kind: TableKind) -> Counts:
        return Counts(
            new=self._outcomes[kind, SaveOutcome.NEW.value],
            changed=self._outcomes[kind, SaveOutcome.CHANGED.value],
            unchanged=self._outcomes[kind, SaveOutcome.UNCHANGED.value],
            rejected=self._outcomes[kind, Severity.ERROR.value],
        )


def _pattern(found: Problem) -> str:
    """The message without the value or figures that it quotes, so that equal faults are told once."""
    return re.sub(r"“[^”]*”|\d+", "", found.message)
