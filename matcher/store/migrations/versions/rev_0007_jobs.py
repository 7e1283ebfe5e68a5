"""Jobs: imports, index builds, batch matches, exports."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

KEY = sa.Text().with_variant(sa.TEXT(collation="C"), "postgresql")
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "jobs",
        *(sa.Column(name, KEY, nullable=False) for name in ("id", "site")),
        *_texts("kind", "title"),
        sa.Column("parent", KEY, nullable=False),
        *_texts("state"),
        sa.Column("owner", KEY, nullable=False),
        *_texts("address", "regions"),
        sa.Column("sees_private", sa.Boolean(), nullable=False),
        *_texts("arguments"),
        sa.Column("created", TIME, nullable=False),
        *(sa.Column(name, TIME) for name in ("started", "ended")),
        *_texts("stage"),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("done", "total", "attempts")),
        sa.Column("cancel_asked", sa.Boolean(), nullable=False),
        *_texts("result", "error"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    for columns in (["parent"], ["owner"], ["site", "state"], ["created", "id"]):
        op.create_index(op.f(f"ix_jobs_{'_'.join(columns)}"), "jobs", columns)


def downgrade() -> None:
    op.drop_table("jobs")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]
