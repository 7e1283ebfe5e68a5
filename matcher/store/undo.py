"""Takes back what one batch of writing (an import) did to records that nobody touched since.

The history holds what stood there before. Each portion of records is judged and written in one transaction, so what
is judged is what is written. The undoing writes under a batch of its own: done twice, the second time finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import func, select

from matcher.domain.expert import Expert
from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Reading, Writing
from matcher.store.item_table import ITEM_CODEC, owners_of, put_back, unlink
from matcher.store.past import entries_of
from matcher.store.profile_items import keep_profile_items
from matcher.store.record_table import RecordTable
from matcher.store.records import ChangeKind, HistoryAction, HistoryEntry, UndoneRecord, UndoVerdict
from matcher.store.references import users_of
from matcher.store.shapes import DEMANDS, ENGAGEMENTS, EXPERTS, MARKS, TOPICS
from matcher.store.tables import history

Record = TypeVar("Record")
# Who refers to others goes before them.
UNDO_ORDER = (
    ChangeKind.MARK,
    ChangeKind.ENGAGEMENT,
    ChangeKind.ITEM,
    ChangeKind.DEMAND,
    ChangeKind.TOPIC,
    ChangeKind.EXPERT,
)
UNDOING = "undo:"


def undo_of(batch: str) -> str:
    """The batch under which another one is taken back."""
    return f"{UNDOING}{batch}"


@dataclass(frozen=True, slots=True)
class Act:
    """What the batch did to one record, oldest first; `touched` where somebody came later, `undone` by the undoing."""

    kind: ChangeKind
    key: str
    entries: tuple[HistoryEntry, ...]
    undone: tuple[HistoryAction, ...]
    touched: bool

    @property
    def is_new(self) -> bool:
        return self.entries[0].action is HistoryAction.CREATED

    @property
    def before(self) -> Mapping[str, object] | None:
        """The record as it stood; None for a new one, and where only links came."""
        return next((entry.before for entry in self.entries if entry.action is not HistoryAction.LINKED), None)

    @property
    def is_readable(self) -> bool:
        return all(entry.readable for entry in self.entries)


def acts_of(work: Reading, batch: str, kind: ChangeKind, after: str, most: int) -> list[Act]:
    """Of the records of a kind whose key comes after `after`, in order of keys."""
    mine = (history.c.batch == batch) & (history.c.kind == kind.value)
    grouped = select(history.c.key, func.max(history.c.sequence)).where(mine, history.c.key > after)
    last = dict(iter(work.connection.execute(grouped.group_by(history.c.key).order_by(history.c.key).limit(most))))
    found: dict[str, list[HistoryEntry]] = {}
    for entry in entries_of(work, mine & history.c.key.in_(list(last)), kind):
        found.setdefault(entry.key, []).append(entry)
    later = select(history.c.key, history.c.sequence, history.c.batch, history.c.action).where(
        history.c.kind == kind.value, history.c.key.in_(list(last)), history.c.sequence > min(last.values(), default=0)
    )
    undone: dict[str, list[HistoryAction]] = {}
    touched: set[str] = set()
    for row in work.connection.execute(later.order_by(history.c.sequence)):
        if row.batch == undo_of(batch):
            undone.setdefault(row.key, []).append(HistoryAction(row.action))
        elif row.sequence > last[row.key]:
            touched.add(row.key)
    return [Act(kind, key, tuple(found[key]), tuple(undone.get(key, ())), key in touched) for key in last]


def take_back(work: Writing, kind: ChangeKind, acts: Sequence[Act]) -> list[UndoneRecord]:
    """Undoes what can be undone and tells of each record; profile items follow their experts and are left out."""
    if kind is ChangeKind.ITEM:
        return [_item(work, act) for act in acts if not _is_profile(act)]
    return _KINDS[kind](work, acts)


@dataclass(frozen=True)
class _Records(Generic[Record]):
    """`named` is the field by which people know a record; `ready` runs before a removal, `restored` after the other."""

    table: RecordTable[Record]
    named: str
    ready: Callable[[Writing, Record], None] = lambda work, record: None
    restored: Callable[[Writing, Record], None] = lambda work, record: None

    def __call__(self, work: Writing, acts: Sequence[Act]) -> list[UndoneRecord]:
        stored = self.table.read(work, [act.key for act in acts], reveal=True)
        new = [act.key for act in acts if act.is_new and act.key in stored]
        users = users_of(work, acts[0].kind, new) if acts else {}
        return [self._one(work, act, stored.get(act.key), users.get(act.key, "")) for act in acts]

    def _one(self, work: Writing, act: Act, stored: Record | None, used: str) -> UndoneRecord:
        name = _name(stored, self.named) or _said(act, self.named)
        if act.undone or stored is None or act.touched or not act.is_readable:
            return UndoneRecord(act.kind, act.key, name, _settled(act))
        if act.is_new:
            if used:
                return UndoneRecord(act.kind, act.key, name, UndoVerdict.IN_USE, used)
            self.ready(work, stored)
            self.table.remove(work, {act.key: stored}, HistoryAction.REMOVED)
            return UndoneRecord(act.kind, act.key, name, UndoVerdict.REMOVED)
        before = self.table.read_fields(act.before or {})
        self.table.update(work, {act.key: before}, {act.key: stored}, HistoryAction.RESTORED)
        self.restored(work, before)
        sides = self.table.fields(stored), self.table.fields(before)
        return UndoneRecord(act.kind, act.key, name, UndoVerdict.RESTORED, "", *sides)


def _item(work: Writing, act: Act) -> UndoneRecord:
    title = _said(act, "title")
    owners = owners_of(work, act.key)
    if act.undone or act.touched or not owners or not act.is_readable:
        return UndoneRecord(act.kind, act.key, title, _settled(act))
    linked = {entry.other for entry in act.entries if entry.action in (HistoryAction.LINKED, HistoryAction.CREATED)}
    if not act.is_new and act.before is not None:
        put_back(work, ITEM_CODEC.read_fields(act.before))
    unlink(work, [(owner, act.key) for owner in sorted(linked & owners)])
    return UndoneRecord(act.kind, act.key, title, UndoVerdict.REMOVED if act.is_new else UndoVerdict.RESTORED)


def _is_profile(act: Act) -> bool:
    return any((entry.after or entry.before or {}).get("type") == EvidenceType.PROFILE for entry in act.entries)


def _settled(act: Act) -> UndoVerdict:
    """Of a record that is left as it is: undone already, or changed by somebody."""
    if not act.undone:
        return UndoVerdict.CHANGED_SINCE
    return UndoVerdict.REMOVED if HistoryAction.REMOVED in act.undone else UndoVerdict.RESTORED


def _said(act: Act, field: str) -> str:
    sides = (side for entry in reversed(act.entries) for side in (entry.after, entry.before) if side)
    return next((str(side[field]) for side in sides if side.get(field)), "")


def _name(record: object, field: str) -> str:
    return str(getattr(record, field, "") or "")


def _take_profile(work: Writing, expert: Expert) -> None:
    unlink(work, [(expert.id, expert.profile_item().id)])


_KINDS: Mapping[ChangeKind, Callable[[Writing, Sequence[Act]], list[UndoneRecord]]] = {
    ChangeKind.MARK: _Records(MARKS, "expert_id"),
    ChangeKind.ENGAGEMENT: _Records(ENGAGEMENTS, "unit"),
    ChangeKind.DEMAND: _Records(DEMANDS, "title"),
    ChangeKind.TOPIC: _Records(TOPICS, "title"),
    ChangeKind.EXPERT: _Records(
        EXPERTS, "name", ready=_take_profile, restored=lambda work, expert: keep_profile_items(work, [expert])
    ),
}
