"""Tables of what comes after a match: shortlists, and frozen runs with their signatures."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text

from matcher.store.tables import Key, UtcTime, metadata

shortlists = Table(
    "shortlists",
    metadata,
    # No foreign keys, as in the marks: a need of a split demand has an id of its own.
    Column("demand_id", Key, primary_key=True),
    Column("purpose", Text, primary_key=True),
    Column("expert_id", Key, primary_key=True, index=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("sealed", Text, nullable=False),  # the note, "" where there is none
)

match_runs = Table(
    "match_runs",
    metadata,
    Column("id", Key, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("demand_id", Key, nullable=False, index=True),
    *(Column(name, Text, nullable=False) for name in ("purpose", "title", "enterprise", "region_code", "jurisdiction")),
    Column("two_signatures", Boolean, nullable=False),
    Column("content", Text, nullable=False),  # JSON without anything personal
    Column("digest", Text, nullable=False),
)

# What is personal of a run, sealed with each person's key; emptied by an erasure.
match_run_people = Table(
    "match_run_people",
    metadata,
    Column("run_id", Key, ForeignKey(match_runs.c.id), primary_key=True),
    Column("expert_id", Key, primary_key=True, index=True),
    Column("sealed", Text, nullable=False),
    Column("commitment", Text, nullable=False),
)

match_run_events = Table(
    "match_run_events",
    metadata,
    Column("run_id", Key, ForeignKey(match_runs.c.id), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("by", "act", "full_name")),
    Column("office", Text),
    Column("note", Text, nullable=False),
    Column("digest", Text, nullable=False),
)
