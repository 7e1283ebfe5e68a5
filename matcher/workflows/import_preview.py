"""What an import would do, found by doing it in a rehearsal: counts, fields before and after, a digest of it all."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from matcher.domain.vocabulary import EvidenceType, ReviewStatus
from matcher.intake.columns import TableKind
from matcher.intake.tables import TABLES
from matcher.store.records import ChangeKind, HistoryAction, HistoryEntry
from matcher.store.store import Store
from matcher.workflows.import_report import ImportReport

TABLE_OF: Mapping[ChangeKind, TableKind] = MappingProxyType(
    {
        ChangeKind.EXPERT: TableKind.EXPERTS,
        ChangeKind.ITEM: TableKind.ITEMS,
        ChangeKind.DEMAND: TableKind.DEMANDS,
        ChangeKind.ENGAGEMENT: TableKind.LEDGER,
        ChangeKind.MARK: TableKind.MARKS,
        ChangeKind.TOPIC: TableKind.TOPICS,
    }
)
_SHOWN = 200
_LONGEST = 300
_NAMES = ("name", "title", "unit")
_PRIVATE = ("private", "contact")
_SPLIT = "拆分的各项需求"
# What the history leaves out because every demand begins with it.
_UNSAID: Mapping[str, object] = MappingProxyType({"review": ReviewStatus.PENDING.value})
# Stored beside or instead of the column that the form shows.
_SHOWN_AS = {
    "region_name": "region", "region_code": "region", "enterprise.region_name": "region",
    "enterprise.region_code": "region", "enterprise.industry_name": "enterprise.industry",
    "discipline_codes": "discipline_1", "agreement_start": "agreement", "agreement_end": "agreement",
    "approved_by": "approval",
}  # fmt: skip
Fields = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A column as the form calls it, and what stands there before and after; private values are not shown."""

    header: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class RecordChange:
    """`fields` is empty for a new record."""

    kind: TableKind
    key: str
    name: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """`new` and `changed` show the first of each kind; `digest` is equal for what would do the same.

    `changes_nothing`: the store would stay as it is.
    """

    report: ImportReport
    new: tuple[RecordChange, ...]
    changed: tuple[RecordChange, ...]
    digest: str
    changes_nothing: bool


class Import(Protocol):
    """An import of some files into whichever store it is given."""

    def __call__(self, store: Store) -> ImportReport: ...


def preview_import(store: Store, run: Import) -> ImportPreview:
    """Raises what `run` raises; nothing of it stays in the store, and nobody waits for it."""
    with store.rehearsal() as trial:
        before = trial.past.last()
        report = run(trial)
        return _Collector().collected(report, trial.past.since(before))


class _Collector:
    def __init__(self) -> None:
        self._hash = hashlib.sha256()
        self._shown: Counter[tuple[TableKind, HistoryAction]] = Counter()
        self._found: dict[HistoryAction, list[RecordChange]] = {HistoryAction.CREATED: [], HistoryAction.CHANGED: []}

    def collected(self, report: ImportReport, entries: Iterator[tuple[ChangeKind, HistoryEntry]]) -> ImportPreview:
        changes_nothing = True
        for kind, entry in entries:
            changes_nothing = False
            self._digest(kind, entry)
            self._show(kind, entry)
        created, changed = self._found[HistoryAction.CREATED], self._found[HistoryAction.CHANGED]
        return ImportPreview(report, tuple(created), tuple(changed), self._hash.hexdigest(), changes_nothing)

    def _digest(self, kind: ChangeKind, entry: HistoryEntry) -> None:
        said = [kind, entry.action, entry.key, entry.other, entry.before, entry.after]
        self._hash.update(json.dumps(said, ensure_ascii=True, sort_keys=True).encode() + b"\n")

    def _show(self, kind: ChangeKind, entry: HistoryEntry) -> None:
        after = entry.after or {}
        if entry.action not in self._found or after.get("type") == EvidenceType.PROFILE:
            return
        table = TABLE_OF[kind]
        self._shown[table, entry.action] += 1
        if self._shown[table, entry.action] <= _SHOWN:
            fields = tuple(field_changes(table, entry.before, after)) if entry.before else ()
            name = next((str(after[field]) for field in _NAMES if after.get(field)), "")
            self._found[entry.action].append(RecordChange(table, entry.key, name[:_LONGEST], fields))


def field_changes(kind: TableKind, before: Fields, after: Fields) -> Iterator[FieldChange]:
    """The columns that differ."""
    unsaid = _UNSAID if kind is TableKind.DEMANDS else {}
    old, new = {**unsaid, **dict(_flat(before))}, {**unsaid, **dict(_flat(after))}
    seen: set[str] = set()
    for path in dict.fromkeys((*new, *old)):
        header = _header(kind, path)
        if old.get(path) != new.get(path) and header not in seen:
            seen.add(header)
            private = path.split(".")[0] in _PRIVATE
            yield FieldChange(header, _said(old.get(path), private), _said(new.get(path), private))


def _flat(fields: Fields, above: str = "") -> Iterator[tuple[str, object]]:
    for name, value in fields.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{name}.")
        else:
            yield f"{above}{name}", value


def _header(kind: TableKind, path: str) -> str:
    if path == "needs":
        return _SPLIT
    wanted = _SHOWN_AS.get(path, path)
    return next((column.header for column in TABLES[kind].columns if column.field == wanted), "其他")


def _said(value: object, private: bool) -> str:
    if value in (None, "", [], ()):
        return ""
    if private:
        return "（已填写，不显示）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list) and isinstance(value[0], Mapping):
        return f"{len(value)} 项"
    text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
