"""Tables of the service: accounts, sessions, login attempts, portal keys, visit notes, replies, the audit log."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text

from matcher.store.tables import Key, Number, UtcTime, metadata

accounts = Table(
    "accounts",
    metadata,
    Column("name", Key, primary_key=True),
    Column("full_name", Text, nullable=False),
    Column("role", Text, nullable=False),
    Column("regions", Text, nullable=False),  # JSON list
    Column("password_hash", Text, nullable=False),
    Column("password_set", UtcTime, nullable=False),
    Column("password_due", Boolean, nullable=False),
    Column("disabled", Boolean, nullable=False),
    Column("last_login", UtcTime),
    Column("office", Text),
)

sessions = Table(
    "sessions",
    metadata,
    Column("digest", Key, primary_key=True),
    Column("account", Key, ForeignKey(accounts.c.name), nullable=False, index=True),
    Column("started", UtcTime, nullable=False),
    Column("seen", UtcTime, nullable=False),
)

login_attempts = Table(
    "login_attempts",
    metadata,
    # Keyed hash of the name as typed: it may be no account's, and people type passwords there.
    Column("digest", Key, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("last", UtcTime, nullable=False),
)

portal_keys = Table(
    "portal_keys",
    metadata,
    Column("id", Key, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # JSON list
    Column("per_minute", Integer, nullable=False),
    Column("created", UtcTime, nullable=False),
    Column("expires", UtcTime),
    Column("revoked", UtcTime),
    Column("last_used", UtcTime),
)

visit_notes = Table(
    "visit_notes",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("demand_id", Key, nullable=False, index=True),
    Column("visited", Date, nullable=False),
    Column("author", Text, nullable=False),
    Column("written", UtcTime, nullable=False),
    # Sealed with the demand's key: who was met and what was said concerns people.
    Column("sealed", Text, nullable=False),
    sqlite_autoincrement=True,
)

replies = Table(
    "replies",
    metadata,
    Column("key", Key, primary_key=True),
    Column("digest", Text, nullable=False),
    Column("begun", UtcTime, nullable=False, index=True),
    # NULL while the request is being worked on.
    Column("status", Integer),
    Column("answer", Text),
    Column("headers", Text),  # JSON
)

# Triggers (in the migration) refuse UPDATE and DELETE.
audit = Table(
    "audit",
    metadata,
    # Given by the chain, not by the database: without a gap.
    Column("sequence", Number, primary_key=True, autoincrement=False),
    Column("at", UtcTime, nullable=False),
    *(Column(name, Text, nullable=False) for name in ("actor", "address", "request_id", "action", "subject")),
    *(Column(name, Text, nullable=False) for name in ("outcome", "reason")),
    *(Column(name, Text) for name in ("before", "after")),  # JSON
    Column("digest", Text, nullable=False),
    Index("ix_audit_actor_sequence", "actor", "sequence"),
    Index("ix_audit_at", "at"),
)
