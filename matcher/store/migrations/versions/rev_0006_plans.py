"""Plans and their versions."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "plans",
        sa.Column("id", KEY, nullable=False),
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("kind", "title", "digest", "document")),
        sa.Column("made_at", TIME, nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("made_by", "state")),
        sa.Column("state_at", TIME),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("state_by", "confirmed")),
        sa.PrimaryKeyConstraint("id", "version", name=op.f("pk_plans")),
    )
    op.create_index(op.f("ix_plans_kind"), "plans", ["kind"])


def downgrade() -> None:
    op.drop_table("plans")
