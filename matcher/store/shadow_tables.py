"""Temporary tables of PostgreSQL that stand before the real ones, so that a rehearsal locks nothing of anybody."""

from __future__ import annotations

from sqlalchemy import Connection, text

from matcher.store.tables import metadata

# Only added to, and read by what comes after a rehearsal's start: their old rows are not copied.
_JOURNALS = frozenset({"audit", "changes", "history", "jobs", "sessions"})


def shadow_tables(connection: Connection) -> None:
    """Copies every table for this transaction; its numbers go on where the real ones are."""
    connection.execute(text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ"))
    quote = connection.dialect.identifier_preparer.quote
    for table in metadata.sorted_tables:
        name = quote(table.name)
        connection.execute(text(f"CREATE TEMP TABLE {name} (LIKE public.{name} INCLUDING ALL) ON COMMIT DROP"))
        if table.name not in _JOURNALS:
            connection.execute(text(f"INSERT INTO pg_temp.{name} SELECT * FROM public.{name}"))
            connection.execute(text(f"ANALYZE pg_temp.{name}"))
