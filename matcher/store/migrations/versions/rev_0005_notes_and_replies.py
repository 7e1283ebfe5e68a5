"""Notes of visits to firms; answers kept for requests that are sent twice."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "visit_notes",
        sa.Column("number", NUMBER, autoincrement=True, nullable=False),
        sa.Column("demand_id", KEY, nullable=False),
        sa.Column("visited", sa.Date(), nullable=False),
        sa.Column("author", sa.Text(), nullable=False),
        sa.Column("written", TIME, nullable=False),
        sa.Column("sealed", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_visit_notes")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_visit_notes_demand_id"), "visit_notes", ["demand_id"])
    op.create_table(
        "replies",
        sa.Column("key", KEY, nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("begun", TIME, nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("answer", sa.Text()),
        sa.Column("headers", sa.Text()),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_replies")),
    )
    op.create_index(op.f("ix_replies_begun"), "replies", ["begun"])


def downgrade() -> None:
    op.drop_table("replies")
    op.drop_table("visit_notes")
