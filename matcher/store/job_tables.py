"""The table of jobs, beside the records in `tables.py`."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from matcher.store.tables import Key, UtcTime, metadata

jobs = Table(
    "jobs",
    metadata,
    Column("id", Key, primary_key=True),
    Column("site", Key, nullable=False),  # the data folder whose files and processes the job needs
    *(Column(name, Text, nullable=False) for name in ("kind", "title")),
    Column("parent", Key, nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("owner", Key, nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("address", "regions")),  # regions: JSON list
    Column("sees_private", Boolean, nullable=False),
    Column("arguments", Text, nullable=False),  # JSON
    Column("created", UtcTime, nullable=False),
    *(Column(name, UtcTime) for name in ("started", "ended")),
    Column("stage", Text, nullable=False),
    *(Column(name, Integer, nullable=False) for name in ("done", "total", "attempts")),
    Column("cancel_asked", Boolean, nullable=False),
    Column("result", Text, nullable=False),  # JSON
    Column("error", Text, nullable=False),
    Index("ix_jobs_site_state", "site", "state"),
    Index("ix_jobs_created_id", "created", "id"),
)
