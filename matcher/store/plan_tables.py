"""The tables of plans."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from matcher.store.tables import Key, UtcTime, metadata

plans = Table(
    "plans",
    metadata,
    Column("id", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False, index=True),
    Column("title", Text, nullable=False),
    Column("digest", Text, nullable=False),
    Column("document", Text, nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("state_at", UtcTime),
    Column("state_by", Text, nullable=False),
    Column("confirmed", Text, nullable=False),  # JSON list
)

# What a version shows of people, sealed with each person's key; an erasure takes it away.
plan_people = Table(
    "plan_people",
    metadata,
    Column("plan_id", Key, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("expert_id", Key, primary_key=True, index=True),
    Column("sealed", Text, nullable=False),
)
