"""`store.marks`: what people say of proposed experts; the reason is private and sealed with the expert's key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sqlalchemy import delete, func, select

from matcher.domain.mark import Mark
from matcher.store.access import Access, Writing
from matcher.store.batches import batches
from matcher.store.past import history_of
from matcher.store.records import ChangeKind, HistoryAction, HistoryEntry, SaveOutcome
from matcher.store.shapes import MARKS
from matcher.store.standing import standing_of
from matcher.store.tables import marks

_BATCH = 500


class Marks:
    """The reason is left empty unless it is asked for with `reveal`."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def save(self, given: Sequence[Mark], *, by: str) -> list[SaveOutcome]:
        """One outcome a mark; of equal ids in the list the last one counts. Commits in chunks.

        A mark of an erased expert is refused, one of an expert who is not in the database too; one of a merged expert
        is kept under the id that lives on.
        """
        last = {mark.id: at for at, mark in enumerate(given)}
        outcomes = [SaveOutcome.SUPERSEDED] * len(given)
        for batch in batches(last.values(), _BATCH):
            for at, outcome in zip(batch, self._save_batch([given[at] for at in batch], by), strict=True):
                outcomes[at] = outcome
        return outcomes

    def get_many(self, ids: Sequence[str], *, reveal: bool = False) -> dict[str, Mark]:
        """By `Mark.id`; what is not stored is absent."""
        with self._access.reading() as work:
            return MARKS.read(work, ids, reveal=reveal)

    def of_demand(self, demand_id: str, *, reveal: bool = False) -> list[Mark]:
        """Of one demand or need, in order of experts."""
        wanted = select(marks.c.id).where(marks.c.demand_id == demand_id).order_by(marks.c.expert_id, marks.c.id)
        with self._access.reading() as work:
            keys = work.connection.scalars(wanted).all()
            found = MARKS.read(work, keys, reveal=reveal)
            return [found[key] for key in keys]

    def stream(self, *, chunk: int = 1000, reveal: bool = False) -> Iterator[Mark]:
        """All, in order of ids."""
        return MARKS.stream(self._access, chunk, reveal=reveal)

    def count(self) -> int:
        with self._access.reading() as work:
            return work.connection.execute(select(func.count()).select_from(marks)).scalar_one()

    def remove(self, mark_id: str, *, by: str) -> None:
        """Takes a mark back; does nothing for one that is not there."""
        with self._access.writing(by) as work:
            remove_marks(work, MARKS.read(work, [mark_id], reveal=True), HistoryAction.REMOVED)

    def history(self, mark_id: str, *, reveal: bool = False) -> list[HistoryEntry]:
        """Oldest first; without `reveal` the reason is left out."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.MARK, mark_id, "" if reveal else "reason")

    def _save_batch(self, batch: list[Mark], by: str) -> list[SaveOutcome]:
        with self._access.writing(by) as work:
            standing = standing_of(work, [mark.expert_id for mark in batch])
            refused = [standing.refusal_of_item(mark.expert_id) for mark in batch]
            living = [replace(mark, expert_id=standing.living(mark.expert_id)) for mark in batch]
            taken = {mark.id: mark for mark, no in zip(living, refused, strict=True) if no is None}
            outcomes = MARKS.save(work, taken)
            return [no or outcomes[mark.id] for mark, no in zip(living, refused, strict=True)]


def move_marks(work: Writing, keep_id: str, drop_id: str) -> None:
    """To the expert that a merge keeps; where both were marked, the kept one's mark stays."""
    keys = work.connection.scalars(select(marks.c.id).where(marks.c.expert_id == drop_id)).all()
    gone = MARKS.read(work, keys, reveal=True)
    moved = {mark.id: mark for mark in (replace(one, expert_id=keep_id) for one in gone.values())}
    stored = MARKS.read(work, moved, reveal=False)
    remove_marks(work, gone, HistoryAction.MERGED, keep_id)
    MARKS.insert(work, {key: mark for key, mark in moved.items() if key not in stored})


def erase_marks(work: Writing, expert_ids: Sequence[str]) -> None:
    """Nothing is to be learnt from somebody who is gone; the history falls with the person's key."""
    keys = work.connection.scalars(select(marks.c.id).where(marks.c.expert_id.in_(expert_ids))).all()
    work.connection.execute(delete(marks).where(marks.c.expert_id.in_(expert_ids)))
    for key in keys:
        work.remember(HistoryAction.ERASED, ChangeKind.MARK, key)
        work.changed(ChangeKind.MARK, key)


def remove_marks(work: Writing, gone: dict[str, Mark], action: HistoryAction, other: str = "") -> None:
    """Deletes them; the history keeps what they said."""
    work.keys.provide(MARKS.owner(mark) for mark in gone.values())
    for key, mark in gone.items():
        work.connection.execute(delete(marks).where(marks.c.id == key))
        work.remember(action, ChangeKind.MARK, key, MARKS.payload(work, key, mark), other=other)
        work.changed(ChangeKind.MARK, key)
