"""What a plan shows of people, kept as it was when the plan was drawn up, sealed with each person's key."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "plan_people",
        sa.Column("plan_id", KEY, primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("expert_id", KEY, primary_key=True),
        sa.Column("sealed", sa.Text, nullable=False),
    )
    op.create_index(op.f("ix_plan_people_expert_id"), "plan_people", ["expert_id"])


def downgrade() -> None:
    op.drop_table("plan_people")
