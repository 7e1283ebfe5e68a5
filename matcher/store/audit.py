"""`store.audit`: the log of every act. It is only added to; `flaws` finds what was done to it from outside."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, func, select

from matcher.domain.audit import AuditEntry, AuditQuestion, AuditRecord
from matcher.store.access import Access
from matcher.store.audit_chain import Damage, Flaw, Head, append, flaws, read_head, record_of
from matcher.store.staff_tables import accounts, audit

_CHUNK = 1000


class AuditLog:
    def __init__(self, access: Access) -> None:
        self._access = access

    def append(self, entry: AuditEntry) -> Head:
        with self._access.acting() as work:
            return append(work, entry)

    def newest(self, count: int) -> list[AuditRecord]:
        """Newest first."""
        return self.find(AuditQuestion(), count)

    def find(self, question: AuditQuestion, count: int, *, below: int | None = None) -> list[AuditRecord]:
        """Newest first; `below` goes on after the sequence that was shown last."""
        wanted = select(audit).where(*_conditions(question)).order_by(audit.c.sequence.desc()).limit(count)
        if below is not None:
            wanted = wanted.where(audit.c.sequence < below)
        with self._access.reading() as work:
            return [record_of(row) for row in work.connection.execute(wanted)]

    def head(self) -> Head:
        with self._access.reading() as work:
            return read_head(work)

    def digest_at(self, sequence: int) -> str | None:
        """What was noted of a row elsewhere can be compared with this."""
        with self._access.reading() as work:
            return work.connection.scalar(select(audit.c.digest).where(audit.c.sequence == sequence))

    def flaws(self, reached: Callable[[int, int], None] = lambda done, total: None) -> Iterator[Flaw]:
        """Every row that was changed, removed or swapped; reads the whole log in one state of the database.

        `reached` is told how many rows of how many were read.
        """
        with self._access.reading() as work:
            ordered = select(audit).order_by(audit.c.sequence).execution_options(yield_per=_CHUNK)
            rows = _counted(work.connection.execute(ordered), read_head(work).sequence, reached)
            yield from flaws(work, rows)
            if not read_head(work).sequence and work.connection.scalar(select(func.count()).select_from(accounts)):
                yield Flaw(1, Damage.REMOVED)  # no account is made without an entry


def _counted(rows: Iterable[Row[Any]], total: int, reached: Callable[[int, int], None]) -> Iterator[Row[Any]]:
    for done, row in enumerate(rows, 1):
        if done % _CHUNK == 0:
            reached(done, total)
        yield row


def _conditions(question: AuditQuestion) -> Iterator[ColumnElement[bool]]:
    if question.actor:
        yield audit.c.actor == question.actor
    if question.action:
        yield audit.c.action == question.action.value
    if question.outcome:
        yield audit.c.outcome == question.outcome.value
    if question.subject:
        yield audit.c.subject.contains(question.subject, autoescape=True)
    if question.since:
        yield audit.c.at >= question.since
    if question.until:
        yield audit.c.at < question.until
