"""`store.marks`: what people say of proposed experts; the reason is private and sealed with the expert's key."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from sqlalchemy import Column, delete, select

from matcher.domain.audit import AuditEntry
from matcher.domain.mark import Mark
from matcher.store.access import Access, Writing
from matcher.store.audit_chain import append
from matcher.store.batches import batches
from matcher.store.errors import MarkUnknown
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

    def give(self, mark: Mark, *, by: str, note: Callable[[Mark | None], AuditEntry]) -> SaveOutcome:
        """One mark and its entry in the audit log, in one transaction; a refused or unchanged one leaves no entry.

        `note` is given what stood there before, without its reason.
        """
        with self._access.recording(by) as work:
            before = MARKS.read(work, [mark.id], reveal=False).get(mark.id)
            outcome = _save(work, [mark])[0]
            if outcome in (SaveOutcome.NEW, SaveOutcome.CHANGED):
                append(work, note(before))
            return outcome

    def get_many(self, ids: Sequence[str], *, reveal: bool = False) -> dict[str, Mark]:
        """By `Mark.id`; what is not stored is absent."""
        with self._access.reading() as work:
            return MARKS.read(work, ids, reveal=reveal)

    def of_demands(self, demand_ids: Iterable[str], *, reveal: bool = False) -> dict[str, list[Mark]]:
        """Demand or need -> its marks in order of experts; one without marks is absent."""
        found: dict[str, list[Mark]] = {}
        for mark in self._where(marks.c.demand_id, demand_ids, reveal):
            found.setdefault(mark.demand_id, []).append(mark)
        return found

    def of_expert(self, expert_id: str, *, reveal: bool = False) -> list[Mark]:
        """In order of demands."""
        return sorted(self._where(marks.c.expert_id, [expert_id], reveal), key=lambda mark: mark.id)

    def stream(self, *, chunk: int = 1000, reveal: bool = False) -> Iterator[Mark]:
        """All, in order of ids."""
        return MARKS.stream(self._access, chunk, reveal=reveal)

    def withdraw(self, mark_id: str, *, by: str, note: Callable[[Mark | None], AuditEntry]) -> None:
        """Takes a mark back; the history keeps it. `note` is given what stood there. Raises MarkUnknown."""
        with self._access.recording(by) as work:
            gone = MARKS.read(work, [mark_id], reveal=True)
            if not gone:
                raise MarkUnknown(*mark_id.split("\x1f")[:2])
            MARKS.remove(work, gone, HistoryAction.REMOVED)
            append(work, note(replace(gone[mark_id], reason="")))

    def history(self, mark_id: str, *, reveal: bool = False) -> list[HistoryEntry]:
        """Oldest first; without `reveal` the reason is left out."""
        with self._access.reading() as work:
            return history_of(work, ChangeKind.MARK, mark_id, "" if reveal else "reason")

    def _where(self, column: Column[str], ids: Iterable[str], reveal: bool) -> list[Mark]:
        found: list[Mark] = []
        with self._access.reading() as work:
            for batch in batches(dict.fromkeys(ids), _BATCH):
                wanted = select(marks.c.id).where(column.in_(batch)).order_by(marks.c.expert_id, marks.c.id)
                found += MARKS.read(work, work.connection.scalars(wanted).all(), reveal=reveal).values()
        return sorted(found, key=lambda mark: (mark.expert_id, mark.id))

    def _save_batch(self, batch: list[Mark], by: str) -> list[SaveOutcome]:
        with self._access.writing(by) as work:
            return _save(work, batch)


def _save(work: Writing, given: Sequence[Mark]) -> list[SaveOutcome]:
    standing = standing_of(work, [mark.expert_id for mark in given])
    refused = [standing.refusal_of_item(mark.expert_id) for mark in given]
    living = [replace(mark, expert_id=standing.living(mark.expert_id)) for mark in given]
    taken = {mark.id: mark for mark, no in zip(living, refused, strict=True) if no is None}
    outcomes = MARKS.save(work, taken)
    return [no or outcomes[mark.id] for mark, no in zip(living, refused, strict=True)]


def move_marks(work: Writing, keep_id: str, drop_id: str) -> None:
    """To the expert that a merge keeps; where both were marked, the kept one's mark stays."""
    keys = work.connection.scalars(select(marks.c.id).where(marks.c.expert_id == drop_id)).all()
    gone = MARKS.read(work, keys, reveal=True)
    moved = {mark.id: mark for mark in (replace(one, expert_id=keep_id) for one in gone.values())}
    stored = MARKS.read(work, moved, reveal=False)
    MARKS.remove(work, gone, HistoryAction.MERGED, keep_id)
    MARKS.insert(work, {key: mark for key, mark in moved.items() if key not in stored})


def erase_marks(work: Writing, expert_ids: Sequence[str]) -> None:
    """Nothing is to be learnt from somebody who is gone; the history falls with the person's key."""
    keys = work.connection.scalars(select(marks.c.id).where(marks.c.expert_id.in_(expert_ids))).all()
    work.connection.execute(delete(marks).where(marks.c.expert_id.in_(expert_ids)))
    for key in keys:
        work.remember(HistoryAction.ERASED, ChangeKind.MARK, key)
        work.changed(ChangeKind.MARK, key)
