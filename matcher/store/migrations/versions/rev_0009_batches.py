"""Which import wrote a row of the history, so that it can be taken back."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")


def upgrade() -> None:
    op.add_column("history", sa.Column("batch", KEY))
    op.create_index(op.f("ix_history_batch_kind_key"), "history", ["batch", "kind", "key"])


def downgrade() -> None:
    op.drop_index(op.f("ix_history_batch_kind_key"), "history")
    op.drop_column("history", "batch")
