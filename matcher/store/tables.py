"""The tables. A record is its JSON `document` (public part) and `sealed` values (private part).

The columns beside them are copies of what is filtered and sorted on, written in the same statement.
Every change here needs a migration; `tests/store/test_store_opening.py` compares the two.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    }
)

# Keys sort by code point on both databases, whatever the server's language is.
Key = Text().with_variant(postgresql.TEXT(collation="C"), "postgresql")
Number = BigInteger().with_variant(Integer, "sqlite")


class UtcTime(TypeDecorator[datetime]):
    """Always UTC and always aware in Python; SQLite stores it without a zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.replace(tzinfo=value.tzinfo or UTC).astimezone(UTC)


experts = Table(
    "experts",
    metadata,
    Column("id", Key, primary_key=True),
    Column("name", Text, nullable=False, index=True),
    Column("organization", Text, nullable=False),
    Column("region_code", Text, nullable=False),
    Column("title_level", Text),
    Column("academician", Text),
    Column("post_status", Text),
    Column("retirement", Text),
    Column("overseas", Boolean),
    Column("consent_date", Date),
    Column("review", Text),
    Column("updated", Date),
    Column("document", Text, nullable=False),
    Column("sealed", Text, nullable=False),
    Column("id_number_digest", Text, index=True),
    Column("phone_digest", Text, index=True),
)

items = Table(
    "items",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=True),
    Column("id", Key, nullable=False, unique=True),
    Column("type", Text, nullable=False),
    Column("year", Integer),
    Column("title", Text, nullable=False),
    Column("document", Text, nullable=False),
    sqlite_autoincrement=True,  # a number is never used twice
)

expert_items = Table(
    "expert_items",
    metadata,
    Column("expert_id", Key, ForeignKey(experts.c.id), primary_key=True),
    Column("item_number", Number, ForeignKey(items.c.number), primary_key=True),
    Index("ix_expert_items_item_number", "item_number"),
)

demands = Table(
    "demands",
    metadata,
    Column("id", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("enterprise", Text, nullable=False),
    Column("region_code", Text, nullable=False),
    Column("category", Text),
    Column("urgency", Text),
    Column("review", Text, nullable=False, index=True),
    Column("public", Boolean),
    Column("filled", Date),
    Column("document", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)

engagements = Table(
    "engagements",
    metadata,
    Column("id", Key, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("unit", Text, nullable=False),
    # No foreign keys: a ledger may name people and demands that are not (or no longer) in the database.
    Column("expert_id", Key, nullable=False, index=True),
    Column("demand_id", Key, nullable=False, index=True),
    Column("status", Text, nullable=False),
    Column("agreement_start", Date),
    Column("agreement_end", Date),
    Column("months_on_site", Float),
    Column("visit_date", Date),
    Column("document", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)

marks = Table(
    "marks",
    metadata,
    Column("id", Key, primary_key=True),
    # No foreign keys, as in the ledger; a need of a split demand has an id of its own.
    Column("demand_id", Key, nullable=False, index=True),
    Column("expert_id", Key, nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("marked_on", Date),
    Column("document", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)

topics = Table(
    "topics",
    metadata,
    Column("id", Key, primary_key=True),
    Column("title", Text, nullable=False),
    Column("status", Text),
    Column("document", Text, nullable=False),
    Column("sealed", Text, nullable=False),
)

person_keys = Table(
    "person_keys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("owner_kind", Text, nullable=False),
    Column("owner_id", Key, nullable=False),
    Column("wrapped", Text, nullable=False),
    # After a merge the other person's key stays, to read (and to erase) the history sealed with it.
    Column("retired", Boolean, nullable=False),
    Index("ix_person_keys_owner_kind_owner_id", "owner_kind", "owner_id"),
)

erasures = Table(
    "erasures",
    metadata,
    Column("expert_id", Key, primary_key=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
)

merges = Table(
    "merges",
    metadata,
    Column("dropped_id", Key, primary_key=True),
    Column("kept_id", Key, nullable=False, index=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
)

history = Table(
    "history",
    metadata,
    Column("sequence", Number, primary_key=True, autoincrement=True),
    Column("at", UtcTime, nullable=False),
    Column("by", Text, nullable=False),
    Column("action", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("key", Key, nullable=False),
    Column("other", Key, nullable=False),
    # The import that the act belongs to, NULL for an act by hand.
    Column("batch", Key),
    # JSON; sealed with the person's key except for items. NULL: there was nothing. Empty: wiped by an erasure.
    Column("before", Text),
    Column("after", Text),
    Index("ix_history_kind_key", "kind", "key"),
    Index("ix_history_other", "other"),
    Index("ix_history_batch_kind_key", "batch", "kind", "key"),
    sqlite_autoincrement=True,
)

changes = Table(
    "changes",
    metadata,
    Column("sequence", Number, primary_key=True, autoincrement=True),
    Column("kind", Text, nullable=False),
    Column("key", Key, nullable=False),
    Column("number", Number),
    sqlite_autoincrement=True,
)

facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
