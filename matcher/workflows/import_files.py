"""Walks the files of an import and hands their tables on."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from matcher.intake.columns import TableKind
from matcher.intake.errors import FileUnreadable, NothingToImport, RowUnusable
from matcher.intake.form_labels import guessed
from matcher.intake.recognise import recognise
from matcher.intake.source_rows import Aside, PassedOver, Recognised, SourceTable
from matcher.intake.sources import find_files, open_source
from matcher.store import Store
from matcher.workflows.import_log import ImportLog
from matcher.workflows.import_report import ImportProgress

_NAMED_LABELS, _NAMED_SHEETS = 30, 3


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """`by` is who imports (kept in the history); `max_megabytes` the largest file that is read.

    `covers` tells of a region code and a 业务归口 whether the one who imports answers for it; demands and ledger lines
    of elsewhere go back. `names` are what reports call files by that were stored under other names. `reviews` are the
    tables whose 审核状态 may be set from the file.
    """

    by: str
    dry_run: bool = False
    max_megabytes: int = 1024
    names: Mapping[Path, str] = field(default_factory=dict)
    covers: Callable[[str, str], bool] | None = None
    reviews: frozenset[TableKind] = frozenset({TableKind.EXPERTS, TableKind.DEMANDS})

    def answers_for(self, region_code: str, jurisdiction: str = "") -> bool:
        return self.covers is None or self.covers(region_code, jurisdiction)

    def require_covered(self, region_code: str, jurisdiction: str = "") -> None:
        """Raises RowUnusable."""
        if not self.answers_for(region_code, jurisdiction):
            raise RowUnusable("region", "不属于您负责的市州", "请核对所在地，或请负责该市州的同事导入")


@contextmanager
def store_for(store: Store, options: ImportOptions) -> Iterator[Store]:
    """The store itself, or for a dry run one of which nothing stays."""
    if options.dry_run:
        with store.rehearsal() as rehearsal:
            yield rehearsal
    else:
        yield store


class ImportFiles:
    """The files named on the command line, folders opened up."""

    def __init__(self, paths: Sequence[Path], log: ImportLog, options: ImportOptions) -> None:
        found = find_files(paths)
        self._files = {path: options.names.get(path, name) for path, name in found.files.items()}
        self._held: dict[Path, set[TableKind]] = {}
        self._log = log
        self._limit = options.max_megabytes
        self._alone = len(found.files) == 1
        for note in found.notes:
            log.note(note)

    def each_table(self, wanted: TableKind, progress: ImportProgress, use: Callable[[SourceTable], None]) -> int:
        """Calls `use` with every table found and returns their number; notes what is passed over.

        Of several files an unreadable one is reported and passed over. Raises FileUnreadable for a single file.
        """
        count, passed = 0, list[PassedOver]()
        for path, name in list(self._files.items()):
            progress.file(name)
            try:
                with self._recognised(path, wanted) as found:
                    self._describe(found)
                    passed += found.passed_over
                    self._held[path] = {table.table.kind for table in found.tables}
                    for table in found.tables:
                        use(table)
                    count += len(found.tables)
            except FileUnreadable as error:
                if self._alone:
                    raise
                self._log.failed(str(error.called(name)))
                del self._files[path]
        self._tell_of(passed)
        return count

    def each_again(
        self, kind: TableKind, wanted: TableKind, progress: ImportProgress, use: Callable[[SourceTable], None]
    ) -> None:
        """Calls `use` with every table of one kind, opening only files that held such a table."""
        for path, name in self._files.items():
            if kind in self._held.get(path, ()):
                progress.file(name)
                with self._recognised(path, wanted) as found:
                    for table in found.tables:
                        if table.table.kind is kind:
                            use(table)

    def require(self, tables: int, wanted: TableKind) -> None:
        """Raises NothingToImport when no file held a table of the kind asked for."""
        if tables == 0:
            report = self._log.report(dry_run=True)
            detail = "；".join((*report.failed_files, *report.notes)[:8])
            raise NothingToImport(f"没有找到可导入的{wanted}", detail, report.looks_like)

    @contextmanager
    def _recognised(self, path: Path, wanted: TableKind) -> Iterator[Recognised]:
        with open_source(path, self._limit) as sheets:
            yield recognise(self._files[path], sheets, wanted)

    def _tell_of(self, passed: Sequence[PassedOver]) -> None:
        """What holds no data is told in one line, however many files bring it along."""
        empty = [one for one in passed if one.why is Aside.NO_DATA]
        for one in passed if len(empty) <= 1 else [one for one in passed if one.why is not Aside.NO_DATA]:
            self._log.pass_over(one)
        if len(empty) > 1:
            named = "、".join(str(one.place) for one in empty[:_NAMED_SHEETS])
            more = f" 等 {len(empty)} 张" if len(empty) > _NAMED_SHEETS else ""
            self._log.note(f"已跳过没有资料的工作表（{Aside.NO_DATA}）：{named}{more}")

    def _describe(self, found: Recognised) -> None:
        for table in found.tables:
            if table.unknown:
                labels = "、".join(guessed(label, table.table) for label in table.unknown[:_NAMED_LABELS])
                more = f" 等 {len(table.unknown)} 栏" if len(table.unknown) > _NAMED_LABELS else ""
                self._log.note(f"{table.place}：未识别的栏目没有导入：{labels}{more}")
