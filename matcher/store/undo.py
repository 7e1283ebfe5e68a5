"""Takes back what one batch of writing (an import) did to records that nobody touched since.

The history holds what stood there before. Each portion of records is judged and written in one transaction, so what
is judged is what is written. The undoing writes under a batch of its own: done twice, the second time finds it done.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
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
from matcher.store.undo_owners import staying_owners, undo_of

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
    def linked(self) -> set[str]:
        """Experts to whom the batch gave the item."""
        linking = (HistoryAction.LINKED, HistoryAction.CREATED)
        return {entry.other for entry in self.entries if entry.action in linking}

    @property
    def is_as_left(self) -> bool:
        """Whether nobody came later but the undoing, as far as the history knows."""
        return not self.touched and all(entry.readable for entry in self.entries)

    @property
    def is_open(self) -> bool:
        """Whether it can still be undone."""
        return not self.undone and self.is_as_left

    @property
    def settled(self) -> UndoVerdict:
        """Of a record that is left as it is: undone already, or changed by somebody."""
        if not self.undone:
            return UndoVerdict.CHANGED_SINCE
        return UndoVerdict.REMOVED if HistoryAction.REMOVED in self.undone else UndoVerdict.RESTORED

    def said(self, field: str) -> str:
        """The newest that the batch or its forerunner says."""
        sides = (side for entry in reversed(self.entries) for side in (entry.after, entry.before) if side)
        return next((str(side[field]) for side in sides if side.get(field)), "")


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


def take_back(work: Writing, past: Reading, batch: str, kind: ChangeKind, acts: Sequence[Act]) -> list[UndoneRecord]:
    """Undoes what can be undone and tells of each record; profile items follow their experts and are left out."""
    if kind is not ChangeKind.ITEM:
        return _KINDS[kind](work, kind, acts)
    works = [act for act in acts if not _is_profile(act)]
    owners = owners_of(work, [act.key for act in works])
    linked = {owner for act in works for owner in act.linked & owners.get(act.key, set())}
    return _items(work, works, owners, staying_owners(work, past, batch, linked))


@dataclass(frozen=True)
class _Records(Generic[Record]):
    """`named` is the field by which people know a record; `going` runs before removals, `restored` after the others."""

    table: RecordTable[Record]
    named: str
    going: Callable[[Writing, Collection[Record]], None] = lambda work, records: None
    restored: Callable[[Writing, Collection[Record]], None] = lambda work, records: None

    def __call__(self, work: Writing, kind: ChangeKind, acts: Sequence[Act]) -> list[UndoneRecord]:
        stored = self.table.read(work, [act.key for act in acts], reveal=True)
        open_acts = [act for act in acts if act.is_open and act.key in stored]
        new = [act.key for act in open_acts if act.is_new]
        users = users_of(work, kind, new)
        gone = {key: stored[key] for key in new if key not in users}
        back = {act.key: self.table.read_fields(act.before or {}) for act in open_acts if not act.is_new}
        self.going(work, gone.values())
        self.table.remove(work, gone, HistoryAction.REMOVED)
        self.table.update(work, back, {key: stored[key] for key in back}, HistoryAction.RESTORED)
        self.restored(work, back.values())
        return [self._told(act, stored.get(act.key), back.get(act.key), act.key in gone, users) for act in acts]

    def _told(
        self, act: Act, stored: Record | None, back: Record | None, is_gone: bool, users: Mapping[str, str]
    ) -> UndoneRecord:
        name = str(getattr(stored, self.named, "") or "") or act.said(self.named)
        if is_gone:
            return UndoneRecord(act.kind, act.key, name, UndoVerdict.REMOVED)
        if act.key in users:
            return UndoneRecord(act.kind, act.key, name, UndoVerdict.IN_USE, users[act.key])
        if stored is None or back is None:
            return UndoneRecord(act.kind, act.key, name, act.settled)
        sides = self.table.fields(stored), self.table.fields(back)
        return UndoneRecord(act.kind, act.key, name, UndoVerdict.RESTORED, "", *sides)


def _items(work: Writing, acts: Sequence[Act], owners: Mapping[str, set[str]], staying: set[str]) -> list[UndoneRecord]:
    """An item goes from the owners whom the batch gave it to, but for those who stay."""
    left = [act for act in acts if act.is_as_left]
    for act in left:
        if act.is_open and act.before is not None and act.key in owners:
            put_back(work, ITEM_CODEC.read_fields(act.before))
    going = [(owner, act.key) for act in left for owner in act.linked & owners.get(act.key, set()) - staying]
    unlink(work, sorted(going))
    return [told for act in acts for told in _told_of_item(act, act.linked & owners.get(act.key, set()) & staying)]


def _told_of_item(act: Act, kept: set[str]) -> Iterator[UndoneRecord]:
    """Row by row of the table of items, as the import counted them; `kept` are owners who stay."""
    name, rows = act.said("title"), len(act.linked)
    if not act.is_as_left:
        yield UndoneRecord(act.kind, act.key, name, act.settled, rows=max(rows, 1))
        return
    if rows > len(kept):
        yield UndoneRecord(act.kind, act.key, name, UndoVerdict.REMOVED, rows=rows - len(kept))
    if kept:
        detail = "、".join(sorted(kept))
        yield UndoneRecord(act.kind, act.key, name, UndoVerdict.WITH_OWNER, detail, rows=len(kept))
    if act.before is not None:
        yield UndoneRecord(act.kind, act.key, name, UndoVerdict.RESTORED)


def _is_profile(act: Act) -> bool:
    return any((entry.after or entry.before or {}).get("type") == EvidenceType.PROFILE for entry in act.entries)


def _take_profiles(work: Writing, experts: Collection[Expert]) -> None:
    unlink(work, [(expert.id, expert.profile_item().id) for expert in experts])


_KINDS: Mapping[ChangeKind, Callable[[Writing, ChangeKind, Sequence[Act]], list[UndoneRecord]]] = MappingProxyType(
    {
        ChangeKind.MARK: _Records(MARKS, "expert_id"),
        ChangeKind.ENGAGEMENT: _Records(ENGAGEMENTS, "unit"),
        ChangeKind.DEMAND: _Records(DEMANDS, "title"),
        ChangeKind.TOPIC: _Records(TOPICS, "title"),
        ChangeKind.EXPERT: _Records(EXPERTS, "name", going=_take_profiles, restored=keep_profile_items),
    }
)
