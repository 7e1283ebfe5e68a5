"""Makes one of two records of one person. What the kept record lacks is taken from the other."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TypeVar

from sqlalchemy import delete, insert, select, update

from matcher.domain.expert import Expert, PrivateDetails
from matcher.store.access import Writing
from matcher.store.errors import MergeImpossible, RecordUnknown
from matcher.store.item_table import items_owned_by, unlink
from matcher.store.keyring import OwnerKind
from matcher.store.marks import move_marks
from matcher.store.profile_items import keep_profile_items
from matcher.store.records import ChangeKind, HistoryAction
from matcher.store.shapes import ENGAGEMENTS, EXPERTS
from matcher.store.tables import engagements, expert_items, merges

Part = TypeVar("Part", Expert, PrivateDetails)


def merge(work: Writing, keep_id: str, drop_id: str) -> None:
    """Items, engagements, marks and keys of `drop_id` go to `keep_id`; later imports of the dropped id are refused."""
    if keep_id == drop_id:
        raise MergeImpossible(keep_id)
    found = EXPERTS.read(work, [keep_id, drop_id], reveal=True)
    for expert_id in (keep_id, drop_id):
        if expert_id not in found:
            raise RecordUnknown("专家", expert_id)
    kept, dropped = found[keep_id], found[drop_id]
    united = filled(kept, dropped)
    EXPERTS.update(work, {keep_id: united}, {keep_id: kept}, HistoryAction.MERGED, drop_id)
    _move_items(work, kept, dropped)
    _move_engagements(work, keep_id, drop_id)
    move_marks(work, keep_id, drop_id)
    _remove(work, keep_id, dropped)
    keep_profile_items(work, [united])


def filled(kept: Expert, other: Expert) -> Expert:
    """`kept` with its blank fields taken from `other`."""
    return replace(_filled(kept, other), private=_filled(kept.private, other.private))


def _filled(kept: Part, other: Part) -> Part:
    names = [field.name for field in fields(kept)]
    return replace(kept, **{name: getattr(other, name) for name in names if getattr(kept, name) in (None, "", ())})


def _move_items(work: Writing, kept: Expert, dropped: Expert) -> None:
    unlink(work, [(dropped.id, dropped.profile_item().id)])
    theirs = items_owned_by(work, [dropped.id])
    new = theirs.keys() - items_owned_by(work, [kept.id]).keys()
    for number, key in theirs.items():
        work.remember(HistoryAction.UNLINKED, ChangeKind.ITEM, key, other=dropped.id)
        work.changed(ChangeKind.ITEM, key, number)
    work.connection.execute(delete(expert_items).where(expert_items.c.expert_id == dropped.id))
    for number in sorted(new):
        work.connection.execute(insert(expert_items), {"expert_id": kept.id, "item_number": number})
        work.remember(HistoryAction.LINKED, ChangeKind.ITEM, theirs[number], other=kept.id)


def _move_engagements(work: Writing, keep_id: str, drop_id: str) -> None:
    keys = work.connection.scalars(select(engagements.c.id).where(engagements.c.expert_id == drop_id)).all()
    before = ENGAGEMENTS.read(work, keys, reveal=True)
    moved = {key: replace(line, expert_id=keep_id) for key, line in before.items()}
    ENGAGEMENTS.update(work, moved, before, HistoryAction.MERGED, drop_id)


def _remove(work: Writing, keep_id: str, dropped: Expert) -> None:
    EXPERTS.remove(work, {dropped.id: dropped}, HistoryAction.MERGED, keep_id)
    work.connection.execute(update(merges).where(merges.c.kept_id == dropped.id).values(kept_id=keep_id))
    row = {"dropped_id": dropped.id, "kept_id": keep_id, "at": work.at, "by": work.by}
    work.connection.execute(insert(merges), row)
    work.keys.hand_over(OwnerKind.EXPERT, dropped.id, keep_id)
