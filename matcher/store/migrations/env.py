"""Alembic runs this file; the connection and its transaction come from `matcher.store.migrate`."""

from alembic import context

from matcher.store.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
