"""The first tables; private values are sealed from the start."""

from datetime import datetime

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _experts()
    _items()
    _demands()
    _engagements()
    _people()
    _journal()
    op.create_table("facts", _key("name", sa.Text()), _required("value"), _primary("facts", "name"))


def downgrade() -> None:
    for table in ("facts", "changes", "history", "merges", "erasures", "person_keys"):
        op.drop_table(table)
    for table in ("engagements", "demands", "expert_items", "items", "experts"):
        op.drop_table(table)


def _experts() -> None:
    op.create_table(
        "experts",
        _key("id"),
        *(_required(name) for name in ("name", "organization", "region_code")),
        *(sa.Column(name, sa.Text()) for name in ("title_level", "academician", "post_status", "retirement")),
        sa.Column("overseas", sa.Boolean()),
        sa.Column("consent_date", sa.Date()),
        sa.Column("review", sa.Text()),
        sa.Column("updated", sa.Date()),
        *_record(),
        sa.Column("id_number_digest", sa.Text()),
        sa.Column("phone_digest", sa.Text()),
        _primary("experts", "id"),
    )
    for column in ("name", "id_number_digest", "phone_digest"):
        _index("experts", column)


def _items() -> None:
    op.create_table(
        "items",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        _key("id"),
        _required("type"),
        sa.Column("year", sa.Integer()),
        _required("title"),
        _required("document"),
        _primary("items", "number"),
        sa.UniqueConstraint("id", name=op.f("uq_items_id")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "expert_items",
        _key("expert_id"),
        sa.Column("item_number", NUMBER, nullable=False),
        sa.ForeignKeyConstraint(["expert_id"], ["experts.id"], name=op.f("fk_expert_items_expert_id")),
        sa.ForeignKeyConstraint(["item_number"], ["items.number"], name=op.f("fk_expert_items_item_number")),
        _primary("expert_items", "expert_id", "item_number"),
    )
    _index("expert_items", "item_number")


def _demands() -> None:
    op.create_table(
        "demands",
        _key("id"),
        *(_required(name) for name in ("title", "enterprise", "region_code")),
        *(sa.Column(name, sa.Text()) for name in ("category", "urgency")),
        _required("review"),
        sa.Column("public", sa.Boolean()),
        sa.Column("filled", sa.Date()),
        *_record(),
        _primary("demands", "id"),
    )
    _index("demands", "review")


def _engagements() -> None:
    op.create_table(
        "engagements",
        _key("id"),
        *(_required(name) for name in ("kind", "unit")),
        *(_key(name) for name in ("expert_id", "demand_id")),
        _required("status"),
        *(sa.Column(name, sa.Date()) for name in ("agreement_start", "agreement_end")),
        sa.Column("months_on_site", sa.Float()),
        sa.Column("visit_date", sa.Date()),
        *_record(),
        _primary("engagements", "id"),
    )
    for column in ("demand_id", "expert_id"):
        _index("engagements", column)


def _people() -> None:
    op.create_table(
        "person_keys",
        _key("id", sa.Text()),
        _required("owner_kind"),
        _key("owner_id"),
        _required("wrapped"),
        sa.Column("retired", sa.Boolean(), nullable=False),
        _primary("person_keys", "id"),
    )
    _index("person_keys", "owner_kind", "owner_id")
    op.create_table("erasures", _key("expert_id"), *_act(), _primary("erasures", "expert_id"))
    op.create_table("merges", _key("dropped_id"), _key("kept_id"), *_act(), _primary("merges", "dropped_id"))
    _index("merges", "kept_id")


def _journal() -> None:
    op.create_table(
        "history",
        sa.Column("sequence", NUMBER, autoincrement=True, nullable=False),
        sa.Column("at", TIME, nullable=False),
        *(_required(name) for name in ("by", "action", "kind")),
        *(_key(name) for name in ("key", "other")),
        *(sa.Column(name, sa.Text()) for name in ("before", "after")),
        _primary("history", "sequence"),
        sqlite_autoincrement=True,
    )
    _index("history", "kind", "key")
    _index("history", "other")
    op.create_table(
        "changes",
        sa.Column("sequence", NUMBER, autoincrement=True, nullable=False),
        _required("kind"),
        _key("key"),
        sa.Column("number", NUMBER),
        _primary("changes", "sequence"),
        sqlite_autoincrement=True,
    )


def _record() -> tuple[sa.Column[str], sa.Column[str]]:
    return _required("document"), _required("sealed")


def _act() -> tuple[sa.Column[datetime], sa.Column[str]]:
    return sa.Column("at", TIME, nullable=False), _required("by")


def _required(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _key(name: str, kind: sa.types.TypeEngine[str] = KEY) -> sa.Column[str]:
    return sa.Column(name, kind, nullable=False)


def _primary(table: str, *columns: str) -> sa.PrimaryKeyConstraint:
    return sa.PrimaryKeyConstraint(*columns, name=op.f(f"pk_{table}"))


def _index(table: str, *columns: str) -> None:
    op.create_index(op.f(f"ix_{table}_{'_'.join(columns)}"), table, list(columns))
