"""Brings a database to the newest schema, whoever of several starting processes comes first."""

from __future__ import annotations

import time

from sqlalchemy import Connection, inspect, text

from matcher.store.database import Database
from matcher.store.errors import DatabaseFailed, DatabaseTooNew

# The newest file in `migrations/versions`. Known here so that a start without news does not import Alembic (0.3 s).
HEAD = "0011"


def migrate(database: Database) -> None:
    """Upgrades to HEAD in one transaction. Raises DatabaseTooNew for a revision this program does not know."""
    if database.is_sqlite:
        _use_write_ahead_log(database)
    with database.reading() as connection:
        if _revision(connection) == HEAD:
            return
    with database.writing() as connection:  # the writers' lock: a second process finds the work done
        if _revision(connection) != HEAD:
            _upgrade(connection)


def is_in_use(database: Database) -> bool:
    """Whether the database was set up before, so that its data is sealed with a key somebody holds."""
    with database.reading() as connection:
        return bool(_revision(connection))


def _revision(connection: Connection) -> str:
    if not inspect(connection).has_table("alembic_version"):
        return ""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar() or "")


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.util import CommandError

    config = Config()
    config.set_main_option("script_location", "matcher.store:migrations")
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except CommandError as error:
        raise DatabaseTooNew(_revision(connection)) from error


def _use_write_ahead_log(database: Database) -> None:
    """The switch to WAL is the one act for which SQLite does not wait when another process makes it too."""
    deadline = time.monotonic() + 30
    while True:
        try:
            return database.use_write_ahead_log()
        except DatabaseFailed:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)
