"""`matcher import ledger`: who serves which station, agreements, visits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.domain.engagement import Engagement
from matcher.intake.columns import Column, TableKind
from matcher.intake.errors import RowUnusable
from matcher.intake.ledger_columns import LEDGER_TABLE
from matcher.intake.ledger_records import build_engagement
from matcher.intake.parse_row import ParsedRow, one_line
from matcher.intake.parsed import Complaint
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.workflows.import_files import ImportFiles, ImportOptions, store_for
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_records import RecordDoor, RecordImporter
from matcher.workflows.import_report import ImportProgress, ImportReport, SilentProgress


def import_ledger(
    store: Store,
    tables: ReferenceTables,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Imports files and folders. Raises UsageError (no such file, nothing recognisable) and StoreError."""
    with store_for(store, options) as target:
        return _LedgerImport(target, tables, options).run(paths, progress or SilentProgress())


class _LedgerImport:
    def __init__(self, store: Store, tables: ReferenceTables, options: ImportOptions) -> None:
        self._store = store
        self._tables = tables
        self._options = options
        self._log = ImportLog()
        self._experts = set(store.experts.ids())
        self._demands = set(store.demands.ids())

    def run(self, paths: Sequence[Path], progress: ImportProgress) -> ImportReport:
        files = ImportFiles(paths, self._log, self._options)
        importer = RecordImporter(self._door(), self._log)
        count = files.each_table(TableKind.LEDGER, progress, lambda table: importer.take(table.rows(), progress))
        files.require(count, TableKind.LEDGER)
        return self._log.report(dry_run=self._options.dry_run)

    def _door(self) -> RecordDoor[Engagement]:
        return RecordDoor(
            table=LEDGER_TABLE,
            tables=self._tables,
            read=self._read,
            save=lambda lines: self._store.ledger.save(lines, by=self._options.by),
            make=self._make,
            identity=lambda line: (line.id, line.unit),
        )

    def _read(self, ids: Sequence[str]) -> dict[str, Engagement]:
        found = {key: self._store.ledger.get(key, reveal=True) for key in ids}
        return {key: line for key, line in found.items() if line is not None}

    def _make(self, row: ParsedRow, stored: Engagement | None) -> Engagement:
        for column in LEDGER_TABLE.columns:
            blank = not row.values.get(column.field)
            if column.needed and blank and (stored is None or column.field in row.values):
                raise _lacking(row, column)
        line = build_engagement(row, stored, self._tables)
        if stored is not None and stored.unit != line.unit and stored.expert_id != line.expert_id:
            detail = f"编号“{line.id}”在库中是“{stored.unit}”的记录，单位和专家都与本行不同"
            raise RowUnusable("id", detail, "请改用新的编号")
        for one in (line, stored or line):
            self._options.require_covered(one.region_code)
        self._check_partners(row, line)
        return line

    def _check_partners(self, row: ParsedRow, line: Engagement) -> None:
        if line.expert_id not in self._experts:
            self._warn(row, "expert_id", "库中还没有这位专家", "请导入该专家；在此之前这一行不计入其名额")
        if line.demand_id and line.demand_id not in self._demands:
            self._warn(row, "demand_id", "库中还没有这项需求", "请核对需求编号")
        if line.agreement_start and line.agreement_end and line.agreement_end < line.agreement_start:
            self._warn(row, "agreement", "协议结束早于开始", "请核对协议起止日期")

    def _warn(self, row: ParsedRow, field: str, message: str, advice: str) -> None:
        self._log.warn_row(row, LEDGER_TABLE, field, Complaint(message, advice))


def _lacking(row: ParsedRow, column: Column) -> RowUnusable:
    """What cannot be read is not called missing: the row's own warning says what may be written."""
    label = one_line(row.source.labels.get(column.field) or column.header)
    unread = next((one for one in row.warnings if one.column == label), None)
    if unread:
        return RowUnusable(column.field, unread.message, unread.advice)
    return RowUnusable(column.field, f"没有填写{column.header}", f"请填写{column.header}")
