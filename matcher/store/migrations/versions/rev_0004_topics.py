"""Topics of the think tank."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.create_table(
        "topics",
        sa.Column("id", KEY, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("status", sa.Text()),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("document", "sealed")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_topics")),
    )


def downgrade() -> None:
    op.drop_table("topics")
