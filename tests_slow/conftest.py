"""Every test runs on SQLite and on a real PostgreSQL."""

from tests.store.conftest import postgresql, postgresql_template, sqlite_template, url

__all__ = ["postgresql", "postgresql_template", "sqlite_template", "url"]
