"""Which use case takes in which kind of table."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from matcher.intake.columns import TableKind
from matcher.reference.tables import ReferenceTables
from matcher.store import Store
from matcher.workflows.import_demands import import_demands
from matcher.workflows.import_experts import import_experts
from matcher.workflows.import_files import ImportOptions
from matcher.workflows.import_ledger import import_ledger
from matcher.workflows.import_marks import import_marks
from matcher.workflows.import_report import ImportProgress, ImportReport
from matcher.workflows.import_topics import import_topics

Importer = Callable[[Store, ReferenceTables, Sequence[Path], ImportOptions, ImportProgress], ImportReport]

IMPORTERS: Mapping[TableKind, Importer] = MappingProxyType(
    {
        TableKind.EXPERTS: import_experts,
        TableKind.DEMANDS: import_demands,
        TableKind.LEDGER: import_ledger,
        TableKind.MARKS: import_marks,
        TableKind.TOPICS: import_topics,
    }
)
