"""`store.sessions`: who is logged in. Looked up by the digest of a token that is stored nowhere."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, insert, select, update

from matcher.domain.account import Account, Session
from matcher.domain.audit import AuditEntry
from matcher.store.access import Access
from matcher.store.accounts import account_of
from matcher.store.audit_chain import append
from matcher.store.staff_tables import accounts, sessions


class OpenSession(NamedTuple):
    session: Session
    account: Account


class Sessions:
    def __init__(self, access: Access) -> None:
        self._access = access

    def start(self, session: Session, *, replaces: str, started_after: datetime, note: AuditEntry) -> None:
        """Ends the session `replaces` of the same browser, and sweeps out all that began before `started_after`."""
        gone = (sessions.c.digest == replaces) | (sessions.c.started < started_after)
        with self._access.acting() as work:
            work.connection.execute(delete(sessions).where(gone))
            work.connection.execute(insert(sessions), {name: getattr(session, name) for name in Session.__slots__})
            logged_in = update(accounts).where(accounts.c.name == session.account)
            work.connection.execute(logged_in.values(last_login=session.started))
            append(work, note)

    def find(self, digest: str) -> OpenSession | None:
        joined = select(sessions, accounts).join(accounts).where(sessions.c.digest == digest)
        with self._access.reading() as work:
            row = work.connection.execute(joined).first()
        if row is None:
            return None
        return OpenSession(Session(row.digest, row.account, row.started, row.seen), account_of(row))

    def touch(self, digest: str, seen: datetime) -> None:
        with self._access.acting() as work:
            work.connection.execute(update(sessions).where(sessions.c.digest == digest).values(seen=seen))

    def end(self, digest: str, *, note: AuditEntry) -> None:
        """Leaves no note where there is no such session any more."""
        with self._access.acting() as work:
            if work.connection.execute(delete(sessions).where(sessions.c.digest == digest)).rowcount:
                append(work, note)
