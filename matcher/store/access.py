"""Reading and writing transactions with their keys; a writing one leaves its change log and history rows at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from matcher.store.cipher import FieldCipher
from matcher.store.database import Database, WritersLock
from matcher.store.keyring import Keyring
from matcher.store.records import ChangeKind, HistoryAction
from matcher.store.shadow_tables import shadow_tables
from matcher.store.tables import changes, history


class Reading:
    """One transaction that sees one state of the database."""

    def __init__(self, connection: Connection, cipher: FieldCipher) -> None:
        self.connection = connection
        self.cipher = cipher
        self.keys = Keyring(connection, cipher)


class Writing(Reading):
    """The only writer of the moment; `by` is who acts, `at` when (UTC), `batch` the import that it is a part of."""

    def __init__(self, connection: Connection, cipher: FieldCipher, by: str, batch: str | None = None) -> None:
        super().__init__(connection, cipher)
        self.by, self.batch = by, batch
        self.at = datetime.now(UTC)
        self._history: list[dict[str, object]] = []
        self._changes: dict[tuple[ChangeKind, str], int | None] = {}

    def changed(self, kind: ChangeKind, key: str, number: int | None = None) -> None:
        """A row of the change log; one a record and transaction is enough."""
        self._changes.setdefault((kind, key), number)

    def remember(
        self,
        action: HistoryAction,
        kind: ChangeKind,
        key: str,
        before: str | None = None,
        after: str | None = None,
        other: str = "",
    ) -> None:
        """A row of the history; `before` and `after` come sealed where a person is concerned."""
        row = {"action": action.value, "kind": kind.value, "key": key, "before": before, "after": after, "other": other}
        self._history.append({"at": self.at, "by": self.by, "batch": self.batch, **row})

    def finish(self) -> None:
        """Writes both journals; called once, before the commit."""
        if self._history:
            self.connection.execute(insert(history), self._history)
        if self._changes:
            rows = [{"kind": kind.value, "key": key, "number": no} for (kind, key), no in self._changes.items()]
            self.connection.execute(insert(changes), rows)


class Access:
    """How every door of the store gets at its transactions."""

    def __init__(self, database: Database, cipher: FieldCipher, batch: str | None = None) -> None:
        self._database = database
        self.cipher = cipher
        self._batch = batch

    def within(self, batch: str) -> Access:
        """The same access, whose acts bear the batch."""
        return Access(self._database, self.cipher, batch)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        with self._database.reading() as connection:
            yield Reading(connection, self.cipher)

    @contextmanager
    def writing(self, by: str) -> Iterator[Writing]:
        with self._database.writing() as connection:
            work = Writing(connection, self.cipher, by, self._batch)
            yield work
            work.finish()

    def enter_staff(self, work: Writing) -> None:
        """Lets a change of records take an audit entry too. Nobody takes the two locks the other way round."""
        self._database.enter(work.connection, WritersLock.STAFF)

    @contextmanager
    def recording(self, by: str) -> Iterator[Writing]:
        """`writing` whose transaction may hold the audit entry too."""
        with self.writing(by) as work:
            self.enter_staff(work)
            yield work

    @contextmanager
    def acting(self) -> Iterator[Reading]:
        """The only one of the moment who changes accounts, sessions, keys or the audit log."""
        with self._database.writing(lock=WritersLock.STAFF) as connection:
            yield Reading(connection, self.cipher)

    @contextmanager
    def rehearsing(self) -> Iterator[Access]:
        """Everything done through the access that comes out is lost at the end, and nobody waits for it meanwhile.

        SQLite: it works on a copy of the file. PostgreSQL: one transaction with temporary tables of the same names.
        """
        if self._database.is_sqlite:
            with self._database.copy() as copied:
                yield Access(copied, self.cipher)
        else:
            with self._database.scratch() as connection:
                shadow_tables(connection)
                yield _Rehearsal(self._database, self.cipher, connection)

    def scrub(self) -> None:
        """See `Database.scrub`."""
        self._database.scrub()

    def close(self) -> None:
        self._database.close()


class _Rehearsal(Access):
    def __init__(
        self, database: Database, cipher: FieldCipher, connection: Connection, batch: str | None = None
    ) -> None:
        super().__init__(database, cipher, batch)
        self._connection = connection

    def within(self, batch: str) -> Access:
        return _Rehearsal(self._database, self.cipher, self._connection, batch)

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        yield Reading(self._connection, self.cipher)

    @contextmanager
    def writing(self, by: str) -> Iterator[Writing]:
        with self._connection.begin_nested():  # a failed attempt must not spoil the rest
            work = Writing(self._connection, self.cipher, by, self._batch)
            yield work
            work.finish()

    def enter_staff(self, work: Writing) -> None:
        """Nothing of a rehearsal stays: nobody waits for it, logins least of all."""

    @contextmanager
    def acting(self) -> Iterator[Reading]:
        with self._connection.begin_nested():
            yield Reading(self._connection, self.cipher)

    @contextmanager
    def rehearsing(self) -> Iterator[Access]:
        with self._connection.begin_nested() as attempt:
            yield self
            attempt.rollback()

    def scrub(self) -> None:
        return

    def close(self) -> None:
        return
