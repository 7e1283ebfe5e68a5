"""`store.batches`: what each import did, and how it is taken back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from sqlalchemy import func, literal, select

from matcher.store.access import Access, Reading, Writing
from matcher.store.errors import BatchUnknown
from matcher.store.records import Batch, ChangeKind, UndoneRecord
from matcher.store.tables import history
from matcher.store.undo import UNDO_ORDER, acts_of, take_back
from matcher.store.undo_owners import UNDOING, undo_of

_PORTION = 500


class ImportBatches:
    def __init__(self, access: Access) -> None:
        self._access = access

    def newest(self, limit: int = 20) -> list[Batch]:
        """Newest first."""
        begun = func.min(history.c.sequence)
        at, by = func.min(history.c.at).label("at"), func.min(history.c.by).label("by")
        own = select(history.c.batch, at, by)
        own = own.where(history.c.batch.is_not(None), ~history.c.batch.startswith(UNDOING)).group_by(history.c.batch)
        with self._access.reading() as work:
            rows = work.connection.execute(own.order_by(begun.desc()).limit(limit)).all()
            return [_batch(work, row.batch, row.at, row.by) for row in rows]

    def get(self, batch: str) -> Batch:
        """Raises BatchUnknown for one that left nothing."""
        mine = select(func.min(history.c.at), func.min(history.c.by)).where(history.c.batch == batch)
        with self._access.reading() as work:
            when, by = work.connection.execute(mine).one()
            if when is None or batch.startswith(UNDOING):
                raise BatchUnknown(batch)
            return _batch(work, batch, when, by)

    def take_back(self, batch: str, *, by: str, known: ImportBatches | None = None) -> Iterator[list[UndoneRecord]]:
        """Portion by portion, each in a transaction of its own; the next one begins when it is asked for.

        In a rehearsal, whose history may begin empty, `known` is the door of the real store. Nothing for a batch that
        left nothing; a record that was taken back before is told again.
        """
        for kind in UNDO_ORDER:
            after: str | None = ""
            while after is not None:
                with self._access.within(undo_of(batch)).writing(by) as work, _reading(known, work) as past:
                    acts = acts_of(past, batch, kind, after, _PORTION)
                    told = take_back(work, past, batch, kind, acts) if acts else []
                after = acts[-1].key if acts else None
                if told:
                    yield told


@contextmanager
def _reading(known: ImportBatches | None, work: Writing) -> Iterator[Reading]:
    if known is None:
        yield work
    else:
        with known._access.reading() as past:
            yield past


def _batch(work: Reading, id: str, when: datetime, by: str) -> Batch:
    mine = history.c.batch == id
    people = select(literal("R") + history.c.key).where(mine, history.c.kind == ChangeKind.EXPERT.value)
    profiles = (history.c.kind == ChangeKind.ITEM.value) & history.c.key.in_(people)
    touched = select(history.c.kind, history.c.key).where(mine, ~profiles).distinct().subquery()
    records = work.connection.execute(select(func.count()).select_from(touched)).scalar_one()
    undoing = select(history.c.sequence).where(history.c.batch == undo_of(id)).limit(1)
    return Batch(id, when, by, records, work.connection.scalar(undoing) is not None)
