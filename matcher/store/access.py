"""Reading and writing transactions with their keys; a writing one leaves its change log and history rows at its end."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from sqlalchemy import Connection, insert

from matcher.store.cipher import FieldCipher
from matcher.store.database import Database
from matcher.store.keyring import Keyring
from matcher.store.records import ChangeKind, HistoryAction
from matcher.store.tables import changes, history


class Reading:
    """One transaction that sees one state of the database."""

    def __init__(self, connection: Connection, cipher: FieldCipher) -> None:
        self.connection = connection
        self.keys = Keyring(connection, cipher)


class Writing(Reading):
    """The only writer of the moment; `by` is who acts, `at` when (UTC)."""

    def __init__(self, connection: Connection, cipher: FieldCipher, by: str) -> None:
        super().__init__(connection, cipher)
        self.by = by
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
        self._history.append({"at": self.at, "by": self.by, **row})

    def finish(self) -> None:
        """Writes both journals; called once, before the commit."""
        if self._history:
            self.connection.execute(insert(history), self._history)
        if self._changes:
            rows = [{"kind": kind.value, "key": key, "number": no} for (kind, key), no in self._changes.items()]
            self.connection.execute(insert(changes), rows)


class Access:
    """How every door of the store gets at its transactions."""

    def __init__(self, database: Database, cipher: FieldCipher) -> None:
        self.database = database
        self._cipher = cipher

    @property
    def cipher(self) -> FieldCipher:
        return self._cipher

    @contextmanager
    def reading(self) -> Iterator[Reading]:
        with self.database.reading() as connection:
            yield Reading(connection, self._cipher)

    @contextmanager
    def writing(self, by: str) -> Iterator[Writing]:
        with self.database.writing() as connection:
            work = Writing(connection, self._cipher, by)
            yield work
            work.finish()
