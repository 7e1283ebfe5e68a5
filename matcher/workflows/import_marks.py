"""`matcher import marks`: what staff say of proposed experts, from a 评价表 or a 汇总表 with 评价 filled in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from matcher import beijing
from matcher.domain.demand import Demand, demand_id_of
from matcher.domain.expert import Expert
from matcher.domain.mark import Mark
from matcher.domain.vocabulary import Verdict
from matcher.intake.columns import TableKind
from matcher.intake.duplicates import plain_name
from matcher.intake.errors import RowUnusable
from matcher.intake.mark_columns import MARK_TABLE, parse_verdict
from matcher.intake.parse_row import ParsedRow, parse_row
from matcher.intake.parsed import Complaint, Parsed
from matcher.intake.source_rows import AnyRow, UnreadableRow
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.store.batches import batches
from matcher.workflows.import_files import ImportFiles, ImportOptions, store_for
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_report import ImportProgress, ImportReport, SilentProgress

_CHUNK = 500


def import_marks(
    store: Store,
    tables: ReferenceTables,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: ImportProgress | None = None,
    *,
    today: date | None = None,
) -> ImportReport:
    """Imports files and folders; rows without a verdict are left alone. Raises UsageError and StoreError.

    Where a row names nobody and no day, `options.by` and `today` stand in a new mark.
    """
    heard, log = progress or SilentProgress(), ImportLog()
    files = ImportFiles(paths, log, options)
    with store_for(store, options) as target:
        importer = _MarkImporter(target, log, options.by, today or beijing.today())
        count = files.each_table(TableKind.MARKS, heard, lambda table: importer.take(table.rows(), heard))
    files.require(count, TableKind.MARKS)
    if importer.unmarked:
        log.note(f"{importer.unmarked} 行没有填“评价”，未收录")
    return log.report(dry_run=options.dry_run)


class _MarkImporter:
    """One a run: remembers what it has taken, so that rows that contradict each other are sent back."""

    def __init__(self, store: Store, log: ImportLog, by: str, today: date) -> None:
        self._store, self._log, self._by, self._today = store, log, by, today
        self._taken: dict[str, Verdict] = {}
        self.unmarked = 0

    def take(self, rows: Iterable[AnyRow | None], progress: ImportProgress) -> None:
        for batch in batches(rows, _CHUNK):
            self._take_batch([row for row in map(self._parsed, batch) if row is not None])
            progress.rows(len(batch))

    def _parsed(self, row: AnyRow | None) -> ParsedRow | None:
        if isinstance(row, UnreadableRow):
            self._log.reject_unreadable(row, TableKind.MARKS)
            return None
        if row is None or parse_verdict(row.cells.get("verdict")) == Parsed(None):
            self.unmarked += row is not None
            return None
        return parse_row(row, MARK_TABLE)

    def _take_batch(self, rows: Sequence[ParsedRow]) -> None:
        ids = [row.text("expert_id") for row in rows]
        merged = self._store.experts.merged_into(ids)
        experts = self._store.experts.get_many(merged.get(id, id) for id in ids)
        demands = self._store.demands.get_many(_demand_id(row) for row in rows)
        made: list[tuple[ParsedRow, Mark]] = []
        for row in rows:
            try:
                expert = experts.get(merged.get(row.text("expert_id"), row.text("expert_id")))
                made.append((row, self._made(row, expert, demands.get(_demand_id(row)))))
            except RowUnusable as error:
                self._log.reject(row.source, MARK_TABLE, error.field, Complaint(error.message, error.advice))
        self._save(made)

    def _made(self, row: ParsedRow, expert: Expert | None, demand: Demand | None) -> Mark:
        for field in ("demand_id", "expert_id"):
            if not row.text(field):
                header = MARK_TABLE[field].header
                raise RowUnusable(field, f"没有{header}", f"请填写{header}")
        verdict = row.values.get("verdict")
        if not isinstance(verdict, Verdict):
            complaint = parse_verdict(row.source.cells.get("verdict")).complaint
            raise RowUnusable("verdict", *(complaint or ("没有评价", f"请改为：{'、'.join(Verdict)}")))
        _check_demand(row, demand)
        mark = Mark(row.text("demand_id"), _checked_expert(row, expert).id, verdict)
        if self._taken.setdefault(mark.id, verdict) is not verdict:
            raise RowUnusable("verdict", "同一需求、同一专家前面已有相反的评价", "请只保留一行")
        return mark

    def _save(self, made: Sequence[tuple[ParsedRow, Mark]]) -> None:
        stored = self._store.marks.get_many([mark.id for _, mark in made], reveal=True)
        marks = [self._completed(row, mark, stored) for row, mark in made]
        for (row, _), outcome in zip(made, self._store.marks.save(marks, by=self._by), strict=True):
            if outcome.refused:
                self._log.reject(row.source, MARK_TABLE, "expert_id", Complaint(outcome.value, "如有疑问请联系管理员"))
            else:
                self._log.saved(TableKind.MARKS, outcome)
                self._log.warn(row.warnings)

    def _completed(self, row: ParsedRow, mark: Mark, stored: Mapping[str, Mark]) -> Mark:
        """Who, when and why as the row says, else as stored with the same verdict, else who imports and the day."""
        known = stored.get(mark.id)
        base = known if known and known.verdict is mark.verdict else None
        day = row.values.get("marked_on")
        return replace(
            mark,
            reason=row.text("reason") or (base.reason if base else ""),
            marked_by=row.text("marked_by") or (base.marked_by if base else self._by),
            marked_on=day if isinstance(day, date) else base.marked_on if base else self._today,
        )


def _demand_id(row: ParsedRow) -> str:
    return demand_id_of(row.text("demand_id"))


def _check_demand(row: ParsedRow, demand: Demand | None) -> None:
    if demand is None:
        raise RowUnusable("demand_id", "库中没有这项需求", "请核对需求编号，或先导入需求")
    if row.text("demand_id") not in {demand.id, *(need.id for need in demand.needs)}:
        raise RowUnusable("demand_id", "这项需求没有这样的拆分", "请核对编号中 # 后的序号")


def _checked_expert(row: ParsedRow, expert: Expert | None) -> Expert:
    """A wrong number would teach the wrong thing: the name, where given, must be the person's."""
    if expert is None:
        raise RowUnusable("expert_id", "库中没有这个编号的专家", "请核对专家编号")
    name = row.text("expert_name")
    if name and plain_name(name) != plain_name(expert.name):
        raise RowUnusable("expert_name", f"编号“{expert.id}”在库中是“{expert.name}”，不是“{name}”", "请核对编号和姓名")
    return expert
