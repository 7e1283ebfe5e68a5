"""Takes an import back: what it added goes, what it changed is as before; what somebody touched since stays."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from matcher.intake.columns import TableKind
from matcher.store.records import UndoneRecord, UndoVerdict
from matcher.store.store import Store
from matcher.workflows.import_preview import TABLE_OF, FieldChange, field_changes

_SHOWN = 200
_LISTED = 1000
_LONGEST = 300


@dataclass(frozen=True, slots=True)
class UndoCounts:
    """Of the rows of one table: an item stands in one row for each of its owners, as the import counted it."""

    removed: int = 0
    restored: int = 0
    stays: int = 0


@dataclass(frozen=True, slots=True)
class UndoLine:
    """A record, and why it stays ("" for one that goes or is restored); `fields`: what stands there and what will."""

    kind: TableKind
    key: str
    name: str
    why: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True)
class UndoReport:
    """`removed` and `restored` show the first records of each table, `stays` is bounded too; the counts are not."""

    counts: Mapping[TableKind, UndoCounts]
    removed: tuple[UndoLine, ...]
    restored: tuple[UndoLine, ...]
    stays: tuple[UndoLine, ...]

    @property
    def stayed(self) -> int:
        return sum(counts.stays for counts in self.counts.values())


def new_batch() -> str:
    """A name for an import that nobody names otherwise: when, and four letters that tell two of one second apart."""
    return f"{datetime.now():%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"


def undo_import(store: Store, batch: str, by: str, progress: Callable[[int], None] = lambda done: None) -> UndoReport:
    """Commits in portions; what is done already is told again. `progress` hears of each further record.

    Raises BatchUnknown.
    """
    store.batches.get(batch)
    return _report(store.batches.take_back(batch, by=by), progress)


def preview_undo(store: Store, batch: str, by: str, progress: Callable[[int], None] = lambda done: None) -> UndoReport:
    """What `undo_import` would do now; nothing of it stays, and nobody waits for it. Raises BatchUnknown."""
    store.batches.get(batch)
    with store.rehearsal() as trial:
        return _report(trial.batches.take_back(batch, by=by, known=store.batches), progress)


def _report(portions: Iterable[list[UndoneRecord]], progress: Callable[[int], None]) -> UndoReport:
    counted: Counter[tuple[TableKind, str]] = Counter()
    listed: Counter[tuple[TableKind, str]] = Counter()
    shown: dict[str, list[UndoLine]] = {"removed": [], "restored": [], "stays": []}
    for portion in portions:
        for one in portion:
            group, kind = _group(one.verdict), TABLE_OF[one.kind]
            counted[kind, group] += one.rows
            listed[kind, group] += 1
            if listed[kind, group] <= (_LISTED if group == "stays" else _SHOWN):
                shown[group].append(_line(one, kind))
        progress(len({(one.kind, one.key) for one in portion}))
    counts = {
        kind: UndoCounts(**{group: counted[kind, group] for group in shown})
        for kind in TableKind
        if any(counted[kind, group] for group in shown)
    }
    return UndoReport(counts, *(tuple(lines) for lines in shown.values()))


def _group(verdict: UndoVerdict) -> str:
    if verdict.stays:
        return "stays"
    return "removed" if verdict is UndoVerdict.REMOVED else "restored"


def _line(one: UndoneRecord, kind: TableKind) -> UndoLine:
    why = ""
    if one.verdict in (UndoVerdict.IN_USE, UndoVerdict.WITH_OWNER):
        why = f"{one.verdict.value}：{one.detail}"
    elif one.verdict.stays:
        why = one.verdict.value
    fields = tuple(field_changes(kind, one.now, one.then)) if one.now is not None and one.then is not None else ()
    return UndoLine(kind, one.key, one.name[:_LONGEST], why, fields)
