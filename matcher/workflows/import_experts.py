"""`matcher import experts`: people and their evidence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from matcher.domain.expert import Expert
from matcher.intake.columns import TableKind
from matcher.intake.duplicates import plain_name
from matcher.intake.expert_columns import EXPERT_TABLE
from matcher.intake.expert_records import has_field_text
from matcher.intake.item_columns import ITEM_TABLE
from matcher.intake.parse_row import ParsedRow, parse_row
from matcher.intake.parsed import Complaint
from matcher.intake.source_rows import SourceRow, SourceTable
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.workflows.duplicates import find_duplicates
from matcher.workflows.expert_rows import is_renamed, named_expert, no_field_text
from matcher.workflows.import_files import ImportFiles, ImportOptions, store_for
from matcher.workflows.import_items import ItemImporter
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_records import RecordDoor, RecordImporter, RowDeferred
from matcher.workflows.import_report import ImportProgress, ImportReport, SilentProgress
from matcher.workflows.import_reviews import reviewed_expert

_LISTED_PAIRS = 1000


def import_experts(
    store: Store,
    tables: ReferenceTables,
    paths: Sequence[Path],
    options: ImportOptions,
    progress: ImportProgress | None = None,
) -> ImportReport:
    """Imports files and folders; chunks are committed as they go, so that an interruption leaves whole ones.

    Raises UsageError (no such file, nothing recognisable) and StoreError.
    """
    with store_for(store, options) as target:
        return _ExpertImport(target, tables, paths, options, progress or SilentProgress()).run()


class _ExpertImport:
    """People come first, then people whose only text may be their items, then the items."""

    def __init__(
        self,
        store: Store,
        tables: ReferenceTables,
        paths: Sequence[Path],
        options: ImportOptions,
        progress: ImportProgress,
    ) -> None:
        self._store = store
        self._tables = tables
        self._options = options
        self._progress = progress
        self._log = ImportLog()
        self._files = ImportFiles(paths, self._log, options)
        self._people = RecordImporter(self._door(), self._log)
        self._items = ItemImporter(store, self._log, by=options.by)
        self._waiting: list[ParsedRow] = []
        self._owners: set[str] | None = None
        self._names: set[str] = set()

    def run(self) -> ImportReport:
        count = self._files.each_table(TableKind.EXPERTS, self._progress, self._take_people)
        self._files.require(count, TableKind.EXPERTS)
        self._take_waiting()
        self._files.each_again(TableKind.ITEMS, TableKind.EXPERTS, self._progress, self._take_items)
        return self._log.report(
            dry_run=self._options.dry_run, duplicates=islice(find_duplicates(self._store, self._names), _LISTED_PAIRS)
        )

    def _door(self) -> RecordDoor[Expert]:
        people = self._store.experts
        return RecordDoor(
            table=EXPERT_TABLE,
            tables=self._tables,
            read=lambda ids: people.get_many(ids, reveal=True),
            save=lambda experts: people.save(experts, by=self._options.by),
            make=self._make,
            identity=lambda expert: (expert.id, expert.name),
        )

    def _take_people(self, table: SourceTable) -> None:
        if table.table.kind is TableKind.EXPERTS:
            self._people.take(table.rows(), self._progress, self._after_people)

    def _after_people(self, rows: Sequence[ParsedRow]) -> None:
        self._names.update(plain_name(row.text("name")) for row in rows)
        owned = [(row.text("id"), item) for row in rows for item in row.source.items]
        if owned:
            self._items.take_owned(owned)

    def _take_items(self, table: SourceTable) -> None:
        self._items.take(table.rows(), self._progress)

    def _take_waiting(self) -> None:
        """People without a word on their field are taken if items of theirs come along or are stored."""
        if not self._waiting:
            return
        self._owners = set()
        self._files.each_again(TableKind.ITEMS, TableKind.EXPERTS, self._progress, self._collect_owners)
        waiting, self._waiting = self._waiting, []
        self._after_people(self._people.take_batch(waiting))

    def _collect_owners(self, table: SourceTable) -> None:
        if self._owners is not None:
            self._owners.update(_owners(table))

    def _make(self, row: ParsedRow, stored: Expert | None) -> Expert:
        expert = named_expert(row, stored, self._tables)
        if stored is not None and is_renamed(stored, expert):
            complaint = Complaint(f"姓名由“{stored.name}”改为“{expert.name}”", "请确认编号没有填错")
            self._log.warn_row(row, EXPERT_TABLE, "name", complaint)
        if not has_field_text(expert) and not row.source.items and not self._has_items(row, expert):
            raise no_field_text()
        may_review = TableKind.EXPERTS in self._options.reviews
        return reviewed_expert(row, expert, stored, self._log, may_review=may_review)

    def _has_items(self, row: ParsedRow, expert: Expert) -> bool:
        if self._owners is None:
            self._waiting.append(row)
            raise RowDeferred
        own = expert.profile_item().id
        return expert.id in self._owners or any(item.id != own for item in self._store.items.of_expert(expert.id))


def _owners(table: SourceTable) -> Iterator[str]:
    for row in table.rows():
        if isinstance(row, SourceRow):
            parsed = parse_row(row, ITEM_TABLE)
            if any(parsed.values.get(name) for name in ("title", "abstract", "keywords", "title_en", "abstract_en")):
                yield parsed.text("expert_id")
