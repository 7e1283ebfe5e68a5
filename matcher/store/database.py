"""Connections and transactions of SQLite and PostgreSQL; what differs between the two stands here."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from enum import IntEnum
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.pool import ConnectionPoolEntry

from matcher.store.errors import (
    DatabaseFailed,
    DatabaseForbidden,
    DatabaseUnreachable,
    DatabaseUrlInvalid,
    ScrubIncomplete,
)

_WAIT_SECONDS = 60
_COPY = ".rehearsal-"
_ABANDONED = 24 * 3600
_NO_RIGHT = "42501"  # PostgreSQL: insufficient_privilege
_ENTER_ALONE = text("SELECT set_config('lock_timeout', :wait, true), pg_advisory_xact_lock(:lock)")


class WritersLock(IntEnum):
    """What PostgreSQL lets one writer at a time into; any numbers, the same for every process.

    A login does not wait for an import there. SQLite has one lock for all.
    """

    RECORDS = 0x6D617463
    STAFF = 0x6D617464


class Database:
    """One engine. Writers are let in one at a time, so that the change log's sequences become visible in order."""

    def __init__(self, url: str) -> None:
        self._url = _parsed(url)
        shown = self._url.set(drivername=self._url.get_backend_name(), query={})
        self.place = shown.render_as_string(hide_password=True)
        self._engine = _sqlite_engine(self._url) if self.is_sqlite else _postgresql_engine(self._url)

    @property
    def is_sqlite(self) -> bool:
        return self._url.get_backend_name() == "sqlite"

    def check(self) -> None:
        """Raises DatabaseUnreachable when no connection can be made."""
        try:
            with self._engine.connect() as connection:
                connection.execute(text("SELECT 1"))
        except DBAPIError as error:
            raise DatabaseUnreachable(self.place, _first_line(error)) from None
        except OSError as error:
            raise DatabaseUnreachable(self.place, error.strerror or str(error)) from None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """One transaction that sees one state."""
        with _reported(), self._engine.connect() as connection, connection.begin():
            yield connection

    def enter(self, connection: Connection, lock: WritersLock) -> None:
        """Waits until this transaction is the only one behind the lock; SQLite's one lock is held already.

        A writer may enter a second room: STAFF after RECORDS, never the other way round.
        """
        if not self.is_sqlite:
            connection.execute(_ENTER_ALONE, {"wait": f"{_WAIT_SECONDS}s", "lock": lock.value})

    @contextmanager
    def writing(self, *, lock: WritersLock = WritersLock.RECORDS) -> Iterator[Connection]:
        """One transaction of the only writer; committed at the end, rolled back on an error."""
        engine = self._engine.execution_options(writes=True)
        with _reported(), engine.connect() as connection, connection.begin():
            self.enter(connection, lock)
            yield connection

    @contextmanager
    def scratch(self) -> Iterator[Connection]:
        """One transaction in which nobody waits for anybody, rolled back at the end."""
        with _reported(), self._engine.connect() as connection, connection.begin() as transaction:
            yield connection
            transaction.rollback()

    @contextmanager
    def copy(self) -> Iterator[Database]:
        """A copy of SQLite's file as it stands now, beside it; removed at the end."""
        folder = Path(self._url.database or "").parent
        _remove_abandoned(folder)
        with tempfile.TemporaryDirectory(prefix=_COPY, dir=folder) as place:
            path = Path(place) / "copy.db"
            copied = Database(f"sqlite:///{path}")
            bare = {"bare": True}
            with _reported(), self._engine.connect() as source, copied._engine.connect() as target:
                _driver(source.execution_options(**bare)).backup(_driver(target.execution_options(**bare)))
            try:
                yield copied
            finally:
                copied.close()

    def use_write_ahead_log(self) -> None:
        """Readers and the writer of SQLite no longer wait for each other; stays with the file."""
        with _reported(), self._engine.connect().execution_options(bare=True) as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=WAL")

    def scrub(self) -> None:
        """Empties SQLite's write-ahead log of what was deleted; `secure_delete` saw to the file itself.

        Raises ScrubIncomplete when a reader would not let go of the log.
        """
        if not self.is_sqlite:
            return
        with _reported(), self._engine.connect().execution_options(bare=True) as connection:
            busy = connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)").scalar()
        if busy:
            raise ScrubIncomplete

    def close(self) -> None:
        self._engine.dispose()


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _remove_abandoned(folder: Path) -> None:
    """Copies of killed processes; one of today may be in use."""
    for path in folder.glob(f"{_COPY}*"):
        if time.time() - path.stat().st_mtime > _ABANDONED:
            shutil.rmtree(path, ignore_errors=True)


@contextmanager
def _reported() -> Iterator[None]:
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        if getattr(getattr(error, "orig", None), "sqlstate", "") == _NO_RIGHT:
            raise DatabaseForbidden(_first_line(error)) from error
        raise DatabaseFailed(_first_line(error)) from error


def _first_line(error: Exception) -> str:
    cause = getattr(error, "orig", None) or error
    return (str(cause).strip().splitlines() or [type(cause).__name__])[0]


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise DatabaseUrlInvalid("写法不对") from None
    if parsed.get_backend_name() in ("postgresql", "postgres"):
        if "@" in (parsed.host or ""):  # half a password, which no message may show
            raise DatabaseUrlInvalid("密码里的“@”要写成“%40”")
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() != "sqlite":
        raise DatabaseUrlInvalid(f"不支持“{parsed.get_backend_name()}”，只支持 sqlite 与 postgresql")
    return parsed.set(drivername="sqlite+pysqlite")


def _postgresql_engine(url: URL) -> Engine:
    options = {"connect_timeout": 10, "client_encoding": "utf8"}
    return create_engine(url, connect_args=options, hide_parameters=True, pool_pre_ping=True)


def _sqlite_engine(url: URL) -> Engine:
    if url.database and url.database != ":memory:":
        _prepare_file(Path(url.database))
    # isolation_level None: the driver begins nothing by itself, `_begin` does.
    options = {"isolation_level": None, "timeout": _WAIT_SECONDS}
    engine = create_engine(url, connect_args=options, hide_parameters=True)
    event.listen(engine, "connect", _set_up_sqlite)
    event.listen(engine, "begin", _begin)
    return engine


def _prepare_file(path: Path) -> None:
    """The file is made readable by its owner only, before anything is in it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise DatabaseUnreachable(str(path), error.strerror or str(error)) from None


def _set_up_sqlite(connection: DBAPIConnection, entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    # FULL: after a power cut the index, which has its own files, must not know more changes than the database.
    for pragma in ("foreign_keys=ON", "secure_delete=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin(connection: Connection) -> None:
    options = connection.get_execution_options()
    if not options.get("bare"):
        connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes") else "BEGIN")
