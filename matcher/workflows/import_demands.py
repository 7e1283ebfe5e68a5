"""`matcher import demands`: questionnaires, from tables or one file each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from matcher.domain.demand import NEED_MARK, Demand
from matcher.intake.columns import TableKind
from matcher.intake.demand_columns import DEMAND_TABLE
from matcher.intake.demand_records import build_demand
from matcher.intake.errors import RowUnusable
from matcher.intake.parse_row import ParsedRow
from matcher.reference.table import squeeze
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.workflows.import_files import ImportFiles, ImportOptions, store_for
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_records import RecordDoor, RecordImporter
from matcher.workflows.import_report import ImportProgress, ImportReport, SilentProgress
from matcher.workflows.import_reviews import reviewed_demand
from matcher.workflows.record_numbers import DemandNumbers


def import_demands(
    store: Store,
    tables: ReferenceTables,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Imports files and folders. Raises UsageError (no such file, nothing recognisable) and StoreError."""
    with store_for(store, options) as target:
        return _import(target, tables, paths, options, progress or SilentProgress())


def _import(
    store: Store, tables: ReferenceTables, paths: Sequence[Path], options: ImportOptions, progress: ImportProgress
) -> ImportReport:
    log = ImportLog()
    files = ImportFiles(paths, log, options)
    numbers = DemandNumbers(store, options)
    door = RecordDoor(
        table=DEMAND_TABLE,
        tables=tables,
        read=lambda ids: store.demands.get_many(ids, reveal=True),
        save=numbers.save,
        make=lambda row, stored: reviewed_demand(
            row,
            _covered_demand(row, stored, tables, options),
            stored,
            log,
            may_review=TableKind.DEMANDS in options.reviews,
        ),
        identity=lambda demand: (demand.id, demand.title),
        number=numbers.numbered,
    )
    importer = RecordImporter(door, log)
    count = files.each_table(TableKind.DEMANDS, progress, lambda table: importer.take(table.rows(), progress))
    files.require(count, TableKind.DEMANDS)
    return log.report(dry_run=options.dry_run)


def _covered_demand(row: ParsedRow, stored: Demand | None, tables: ReferenceTables, options: ImportOptions) -> Demand:
    """Raises RowUnusable where it lay or would lie elsewhere, and then tells nothing of what is stored."""
    if stored is not None:
        _require_covered(stored, options)
    demand = make_demand(row, stored, tables)
    _require_covered(demand, options)
    return demand


def _require_covered(demand: Demand, options: ImportOptions) -> None:
    options.require_covered(demand.enterprise.region_code, demand.enterprise.jurisdiction)


def make_demand(row: ParsedRow, stored: Demand | None, tables: ReferenceTables) -> Demand:
    """Raises RowUnusable without a name or a problem, and for a number of another firm's demand or of a need."""
    demand = build_demand(row, stored, tables)
    if NEED_MARK in demand.id:
        detail = f"编号“{demand.id}”含有 {NEED_MARK}，这个符号留给拆分后的单项（编号{NEED_MARK}序号）"
        raise RowUnusable("id", detail, f"请改用不含 {NEED_MARK} 的编号，如“{demand.id.replace(NEED_MARK, '-')}”")
    if not demand.title:
        raise RowUnusable("title", "没有需求名称", "请用一句话写出需求名称")
    if not demand.problem:
        raise RowUnusable("problem", "没有写明主要问题", "请写出现象、试过的办法和卡住的环节")
    if stored is not None and _is_another(stored, demand):
        detail = f"编号“{demand.id}”在库中是“{stored.enterprise.name}”的“{stored.title}”，与本行不是同一项需求"
        raise RowUnusable("id", detail, "请改用新的需求编号")
    return demand


def _is_another(stored: Demand, given: Demand) -> bool:
    """Another title and another firm; where no firm is named, another problem."""
    same_title = squeeze(stored.title) == squeeze(given.title)
    firms = squeeze(stored.enterprise.name), squeeze(given.enterprise.name)
    same_firm = firms[0] == firms[1] if all(firms) else squeeze(stored.problem) == squeeze(given.problem)
    return not same_title and not same_firm
