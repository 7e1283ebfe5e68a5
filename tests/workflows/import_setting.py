"""A store in a folder of its own, and imports into it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.store import AesGcmCipher, Store, open_store
from matcher.workflows.import_demands import import_demands
from matcher.workflows.import_experts import import_experts
from matcher.workflows.import_files import ImportOptions
from matcher.workflows.import_ledger import import_ledger
from matcher.workflows.import_marks import import_marks
from matcher.workflows.import_report import Counts, ImportReport
from matcher.workflows.import_topics import import_topics

KEY = bytes(range(32))


class Desk:
    """Imports for the tests; `folder` is where their files go."""

    def __init__(self, store: Store, tables: ReferenceTables, folder: Path) -> None:
        self.store = store
        self.folder = folder
        self._tables = tables

    def experts(self, *paths: Path, dry_run: bool = False) -> ImportReport:
        return import_experts(self.store, self._tables, paths, ImportOptions("测试", dry_run))

    def demands(self, *paths: Path, dry_run: bool = False) -> ImportReport:
        return import_demands(self.store, self._tables, paths, ImportOptions("测试", dry_run))

    def ledger(self, *paths: Path, dry_run: bool = False) -> ImportReport:
        return import_ledger(self.store, self._tables, paths, ImportOptions("测试", dry_run))

    def topics(self, *paths: Path, dry_run: bool = False) -> ImportReport:
        return import_topics(self.store, self._tables, paths, ImportOptions("测试", dry_run))

    def marks(self, *paths: Path, dry_run: bool = False, today: date | None = None) -> ImportReport:
        return import_marks(self.store, self._tables, paths, ImportOptions("测试", dry_run), today=today)


@pytest.fixture(scope="session")
def reference_tables() -> ReferenceTables:
    return ReferenceTables.load(bundled("reference"))


@pytest.fixture
def desk(tmp_path: Path, reference_tables: ReferenceTables) -> Iterator[Desk]:
    with open_store(f"sqlite:///{tmp_path / 'matcher.db'}", AesGcmCipher(KEY)) as store:
        yield Desk(store, reference_tables, tmp_path)


__all__ = ["Counts", "Desk", "desk", "reference_tables"]
