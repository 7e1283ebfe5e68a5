"""Accounts, sessions, portal keys and the append-only audit log."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)
SEALED = "audit log: rows are never changed or removed"


def upgrade() -> None:
    _accounts()
    _portal_keys()
    _audit()
    if op.get_bind().dialect.name == "sqlite":
        _refuse_changes_in_sqlite()
    else:
        _refuse_changes_in_postgresql()


def downgrade() -> None:
    for table in ("audit", "portal_keys", "login_attempts", "sessions", "accounts"):
        op.drop_table(table)
    if op.get_bind().dialect.name != "sqlite":
        op.execute("DROP FUNCTION refuse_audit_change()")


def _accounts() -> None:
    op.create_table(
        "accounts",
        sa.Column("name", KEY, nullable=False),
        *_texts("full_name", "role", "regions", "password_hash"),
        sa.Column("password_set", TIME, nullable=False),
        *(sa.Column(name, sa.Boolean(), nullable=False) for name in ("password_due", "disabled")),
        sa.Column("last_login", TIME),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_accounts")),
    )
    op.create_table(
        "sessions",
        *(sa.Column(name, KEY, nullable=False) for name in ("digest", "account")),
        *(sa.Column(name, TIME, nullable=False) for name in ("started", "seen")),
        sa.ForeignKeyConstraint(["account"], ["accounts.name"], name=op.f("fk_sessions_account")),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_sessions")),
    )
    op.create_index(op.f("ix_sessions_account"), "sessions", ["account"])
    op.create_table(
        "login_attempts",
        sa.Column("digest", KEY, nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last", TIME, nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_login_attempts")),
    )


def _portal_keys() -> None:
    op.create_table(
        "portal_keys",
        sa.Column("id", KEY, nullable=False),
        *_texts("digest", "name", "scopes"),
        sa.Column("per_minute", sa.Integer(), nullable=False),
        sa.Column("created", TIME, nullable=False),
        *(sa.Column(name, TIME) for name in ("expires", "revoked", "last_used")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_portal_keys")),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("sequence", NUMBER, autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        *_texts("actor", "address", "request_id", "action", "subject", "outcome", "reason"),
        *(sa.Column(name, sa.Text()) for name in ("before", "after")),
        *_texts("digest"),
        sa.PrimaryKeyConstraint("sequence", name=op.f("pk_audit")),
    )


def _refuse_changes_in_sqlite() -> None:
    for event in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER audit_refuses_{event.lower()} BEFORE {event} ON audit "
            f"BEGIN SELECT RAISE(ABORT, '{SEALED}'); END"
        )


def _refuse_changes_in_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{SEALED}'; END $$"
    )
    op.execute(
        "CREATE TRIGGER audit_refuses_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()"
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
