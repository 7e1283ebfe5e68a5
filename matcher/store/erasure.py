"""Removal of a person on request (PIPL art. 47): the key is destroyed, clear text goes, a number and a date stay."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Column, delete, func, insert, select, update

from matcher.domain.engagement import Engagement
from matcher.domain.vocabulary import EvidenceType
from matcher.store.access import Reading, Writing
from matcher.store.batches import batches
from matcher.store.errors import RecordUnknown
from matcher.store.item_table import items_owned_by
from matcher.store.keyring import OwnerKind
from matcher.store.marks import erase_marks
from matcher.store.match_runs import erase_from_runs
from matcher.store.plan_people import erase_from_plans
from matcher.store.records import ChangeKind, ErasureScope, HistoryAction
from matcher.store.run_tables import match_run_people, shortlists
from matcher.store.shapes import ENGAGEMENTS
from matcher.store.shortlists import erase_from_shortlists
from matcher.store.staff_tables import replies
from matcher.store.standing import standing_of
from matcher.store.tables import (
    engagements,
    erasures,
    expert_items,
    experts,
    history,
    items,
    marks,
    merges,
    person_keys,
)

_BATCH = 1000


def erase(work: Writing, expert_id: str) -> bool:
    """Erases the person under every number he or she ever had; False: it was done before. Raises RecordUnknown."""
    living = standing_of(work, [expert_id]).living(expert_id)
    standing = standing_of(work, [living])
    if living in standing.erased:
        return False
    if living not in standing.present and not _traces(work, living):
        raise RecordUnknown("专家", expert_id)
    dropped = work.connection.scalars(select(merges.c.dropped_id).where(merges.c.kept_id == living)).all()
    numbers = [living, *dropped]
    _remove_items(work, numbers)
    _empty_engagements(work, numbers)
    erase_marks(work, numbers)
    erase_from_shortlists(work, numbers)
    erase_from_runs(work, numbers)
    erase_from_plans(work, numbers)
    _forget_replies(work, numbers)
    work.connection.execute(delete(experts).where(experts.c.id.in_(numbers)))
    work.keys.destroy(OwnerKind.EXPERT, numbers)
    _bury(work, numbers)
    return True


def erase_listed(work: Writing, expert_id: str) -> bool:
    """`erase` that buries a number of which nothing is known here."""
    try:
        return erase(work, expert_id)
    except RecordUnknown:
        _bury(work, [expert_id])
        return True


def scope_of(work: Reading, expert_id: str) -> ErasureScope:
    """What `erase` would touch, under every number that was merged into this one."""
    dropped = work.connection.scalars(select(merges.c.dropped_id).where(merges.c.kept_id == expert_id)).all()
    numbers = [expert_id, *dropped]

    def count(column: Column[str]) -> int:
        mine = select(func.count()).where(column.in_(numbers))
        return work.connection.execute(mine).scalar_one()

    mine = select(expert_items.c.item_number).where(expert_items.c.expert_id.in_(numbers))
    works = select(items.c.number).where(items.c.number.in_(mine), items.c.type != EvidenceType.PROFILE.value)
    others = expert_items.c.expert_id.not_in(numbers) & expert_items.c.item_number.in_(works)
    shared = work.connection.scalars(select(expert_items.c.item_number).where(others).distinct()).all()
    total = len(work.connection.scalars(works).all())
    return ErasureScope(
        total - len(shared), count(marks.c.expert_id), count(shortlists.c.expert_id), len(shared),
        count(engagements.c.expert_id), count(match_run_people.c.expert_id),
    )  # fmt: skip


def _traces(work: Writing, expert_id: str) -> bool:
    """Whether the ledger names a person who has no profile."""
    mine = (person_keys.c.owner_kind == OwnerKind.EXPERT.value) & (person_keys.c.owner_id == expert_id)
    return work.connection.scalar(select(person_keys.c.id).where(mine).limit(1)) is not None


def _remove_items(work: Writing, ids: list[str]) -> None:
    """Items that others own too stay theirs; of the rest not even the history keeps a text."""
    for number, key in items_owned_by(work, ids).items():
        work.remember(HistoryAction.UNLINKED, ChangeKind.ITEM, key, other=ids[0])
        work.changed(ChangeKind.ITEM, key, number)
    work.connection.execute(delete(expert_items).where(expert_items.c.expert_id.in_(ids)))
    ever_owned = select(history.c.key).where(history.c.kind == ChangeKind.ITEM.value, history.c.other.in_(ids))
    for keys in batches(work.connection.scalars(ever_owned.distinct()).all(), _BATCH):
        owned = select(expert_items.c.item_number).where(expert_items.c.item_number == items.c.number).exists()
        work.connection.execute(delete(items).where(items.c.id.in_(keys), ~owned))
        left = set(work.connection.scalars(select(items.c.id).where(items.c.id.in_(keys))))
        _wipe_history(work, [key for key in keys if key not in left])


def _wipe_history(work: Writing, item_ids: list[str]) -> None:
    for column in (history.c.before, history.c.after):
        here = (history.c.kind == ChangeKind.ITEM.value) & history.c.key.in_(item_ids) & column.is_not(None)
        work.connection.execute(update(history).where(here).values({column: ""}))


def _empty_engagements(work: Writing, ids: list[str]) -> None:
    """The ledger keeps who served whom, when and as what; free text goes, for it may tell about the person."""
    keys = work.connection.scalars(select(engagements.c.id).where(engagements.c.expert_id.in_(ids))).all()
    for key, engagement in ENGAGEMENTS.read(work, keys, reveal=False).items():
        ENGAGEMENTS.overwrite(work, {key: _emptied(engagement)})
        work.remember(HistoryAction.ERASED, ChangeKind.ENGAGEMENT, key)
        work.changed(ChangeKind.ENGAGEMENT, key)


def _emptied(engagement: Engagement) -> Engagement:
    return replace(engagement, reason="", projects="", staff="", premises="", itinerary="", results="", remark="")


def _forget_replies(work: Writing, ids: Sequence[str]) -> None:
    """Answers kept for a day that name the person; whoever repeats such a request is answered anew."""
    names = work.connection.scalars(select(experts.c.name).where(experts.c.id.in_(ids), experts.c.name != "")).all()
    for word in (*ids, *names):
        work.connection.execute(delete(replies).where(replies.c.answer.contains(word, autoescape=True)))


def _bury(work: Writing, ids: Iterable[str]) -> None:
    for key in ids:
        work.connection.execute(insert(erasures), {"expert_id": key, "at": work.at, "by": work.by})
        work.remember(HistoryAction.ERASED, ChangeKind.EXPERT, key)
        work.changed(ChangeKind.EXPERT, key)
