"""Whose works stay when an import is taken back: those of people who stay themselves, and those that may be cited."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from sqlalchemy import func, select

from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Reading
from matcher.store.batches import batches
from matcher.store.records import ChangeKind, HistoryAction
from matcher.store.references import named_since, users_of
from matcher.store.tables import expert_items, history, items

_PORTION = 1000
UNDOING = "undo:"


def undo_of(batch: str) -> str:
    """The batch under which another one is taken back."""
    return f"{UNDOING}{batch}"


def staying_owners(work: Reading, past: Reading, batch: str, experts: Collection[str]) -> set[str]:
    """Of the owners of the batch's items those who keep them.

    Whom the batch added stays where others refer to the person, somebody changed the person since, or one of the
    person's works stays. Who was there before keeps what a result or a plan that came after the import may cite.
    `work` knows the records, `past` the history.
    """
    staying: set[str] = set()
    for portion in batches(sorted(experts), _PORTION):
        added = _added(past, batch, portion)
        staying.update(users_of(work, ChangeKind.EXPERT, sorted(added), works=False))
        staying |= touched_since(past, batch, ChangeKind.EXPERT, added)
        staying |= _with_lasting_works(work, past, batch, added - staying)
        began = past.connection.scalar(select(func.min(history.c.at)).where(history.c.batch == batch))
        staying |= named_since(work, set(portion) - added, began)
    return staying


def touched_since(past: Reading, batch: str, kind: ChangeKind, keys: Collection[str]) -> set[str]:
    """Those of the batch's records that somebody else changed after it."""
    last = _last(past, batch, kind, keys)
    later = select(history.c.key, history.c.sequence, history.c.batch).where(
        history.c.kind == kind.value, history.c.key.in_(list(last)), history.c.sequence > min(last.values(), default=0)
    )
    rows = past.connection.execute(later)
    return {row.key for row in rows if row.batch != undo_of(batch) and row.sequence > last[row.key]}


def _last(past: Reading, batch: str, kind: ChangeKind, keys: Collection[str]) -> dict[str, int]:
    """Key -> the newest that the batch did to the record."""
    mine = (history.c.batch == batch) & (history.c.kind == kind.value) & history.c.key.in_(list(keys))
    grouped = select(history.c.key, func.max(history.c.sequence)).where(mine).group_by(history.c.key)
    return dict(iter(past.connection.execute(grouped)))


def _added(past: Reading, batch: str, experts: Iterable[str]) -> set[str]:
    mine = (history.c.batch == batch) & (history.c.kind == ChangeKind.EXPERT.value)
    created = mine & (history.c.action == HistoryAction.CREATED.value) & history.c.key.in_(list(experts))
    return set(past.connection.scalars(select(history.c.key).where(created)))


def _with_lasting_works(work: Reading, past: Reading, batch: str, experts: Collection[str]) -> set[str]:
    """Who owns a work that is none of the batch, or that somebody changed since."""
    found: set[str] = set()
    for portion in batches(_works_of(work, experts), _PORTION):
        keys = {item for _, item in portion}
        going = _last(past, batch, ChangeKind.ITEM, keys).keys() - touched_since(past, batch, ChangeKind.ITEM, keys)
        found.update(owner for owner, item in portion if item not in going)
    return found


def _works_of(work: Reading, experts: Collection[str]) -> Iterator[tuple[str, str]]:
    owned = select(expert_items.c.expert_id, items.c.id).join(items, items.c.number == expert_items.c.item_number)
    works = owned.where(expert_items.c.expert_id.in_(list(experts)), items.c.type != EvidenceType.PROFILE.value)
    yield from ((row.expert_id, row.id) for row in work.connection.execute(works).all())
