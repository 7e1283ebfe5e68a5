"""Shortlists, frozen match runs with their signatures, the office an account signs for."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("accounts", sa.Column("office", sa.Text()))
    _shortlists()
    _match_runs()
    _match_run_people()
    _match_run_events()


def downgrade() -> None:
    for table in ("match_run_events", "match_run_people", "match_runs", "shortlists"):
        op.drop_table(table)
    with op.batch_alter_table("accounts") as accounts:
        accounts.drop_column("office")


def _shortlists() -> None:
    op.create_table(
        "shortlists",
        sa.Column("demand_id", KEY, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("expert_id", KEY, nullable=False),
        sa.Column("at", TIME, nullable=False),
        *_texts("by", "sealed"),
        sa.PrimaryKeyConstraint("demand_id", "purpose", "expert_id", name=op.f("pk_shortlists")),
    )
    op.create_index(op.f("ix_shortlists_expert_id"), "shortlists", ["expert_id"])


def _match_runs() -> None:
    op.create_table(
        "match_runs",
        sa.Column("id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("demand_id", KEY, nullable=False),
        *_texts("purpose", "title", "enterprise", "region_code", "jurisdiction"),
        sa.Column("two_signatures", sa.Boolean(), nullable=False),
        *_texts("content", "digest"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_match_runs")),
        sa.UniqueConstraint("number", name=op.f("uq_match_runs_number")),
    )
    op.create_index(op.f("ix_match_runs_demand_id"), "match_runs", ["demand_id"])


def _match_run_people() -> None:
    op.create_table(
        "match_run_people",
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("expert_id", KEY, nullable=False),
        *_texts("sealed", "commitment"),
        sa.PrimaryKeyConstraint("run_id", "expert_id", name=op.f("pk_match_run_people")),
        sa.ForeignKeyConstraint(["run_id"], ["match_runs.id"], name=op.f("fk_match_run_people_run_id_match_runs")),
    )
    op.create_index(op.f("ix_match_run_people_expert_id"), "match_run_people", ["expert_id"])


def _match_run_events() -> None:
    op.create_table(
        "match_run_events",
        sa.Column("run_id", KEY, nullable=False),
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", TIME, nullable=False),
        *_texts("by", "act", "full_name"),
        sa.Column("office", sa.Text()),
        *_texts("note", "digest"),
        sa.PrimaryKeyConstraint("run_id", "number", name=op.f("pk_match_run_events")),
        sa.ForeignKeyConstraint(["run_id"], ["match_runs.id"], name=op.f("fk_match_run_events_run_id_match_runs")),
    )


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
