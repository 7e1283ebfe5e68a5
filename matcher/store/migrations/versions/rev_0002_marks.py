"""Marks: what people say of proposed experts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "marks",
        *(sa.Column(name, KEY, nullable=False) for name in ("id", "demand_id", "expert_id")),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("marked_on", sa.Date()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("document", "sealed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_marks")),
    )
    for column in ("demand_id", "expert_id"):
        op.create_index(op.f(f"ix_marks_{column}"), "marks", [column])


def downgrade() -> None:
    op.drop_table("marks")
