"""`store.login_attempts`: failed logins in a row, by name as typed, whether or not an account bears it."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete, insert, select, update

from matcher.domain.audit import AuditEntry
from matcher.store.access import Access
from matcher.store.audit_chain import append
from matcher.store.staff_tables import login_attempts


class LoginAttempts:
    """An attempt counts before its password is looked at, so that many at once cannot slip past the limit."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def admit(self, name: str, at: datetime, *, limit: int, rest: timedelta) -> bool:
        """Counts one more attempt; False: `limit` were counted and the last is not `rest` ago."""
        digest = self.digest(name)
        mine = login_attempts.c.digest == digest
        with self._access.acting() as work:
            work.connection.execute(delete(login_attempts).where(login_attempts.c.last <= at - rest))
            failures = work.connection.scalar(select(login_attempts.c.failures).where(mine))
            if failures is None:
                work.connection.execute(insert(login_attempts), {"digest": digest, "failures": 1, "last": at})
            elif failures < limit:
                work.connection.execute(update(login_attempts).where(mine).values(failures=failures + 1, last=at))
            return failures is None or failures < limit

    def locked(self, name: str, at: datetime, *, limit: int, rest: timedelta) -> bool:
        """Whether `admit` would refuse."""
        mine = (login_attempts.c.digest == self.digest(name)) & (login_attempts.c.last > at - rest)
        with self._access.reading() as work:
            return (work.connection.scalar(select(login_attempts.c.failures).where(mine)) or 0) >= limit

    def clear(self, name: str) -> None:
        """After a login that succeeded."""
        with self._access.acting() as work:
            work.connection.execute(delete(login_attempts).where(login_attempts.c.digest == self.digest(name)))

    def unlock(self, name: str, *, note: AuditEntry) -> None:
        """By an administrator."""
        with self._access.acting() as work:
            work.connection.execute(delete(login_attempts).where(login_attempts.c.digest == self.digest(name)))
            append(work, note)

    def digest(self, name: str) -> str:
        """Names what was typed without giving it away."""
        return self._access.cipher.digest("login", name)
