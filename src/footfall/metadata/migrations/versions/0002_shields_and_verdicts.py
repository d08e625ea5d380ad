"""Shields of sites, their monthly quota, and the verdicts on what they were sent."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The default is for the sites there are; the code states every value.
    op.add_column("sites", sa.Column("monthly_events", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "shields",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=8), nullable=False),
        sa.Column("value", sa.String(length=500), nullable=False),
        sa.Column("prefix_bits", sa.Integer(), nullable=False),
        sa.Column("hint", sa.String(length=500), nullable=False),
        sa.Column("label", sa.String(length=200), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_shields_site_id_sites"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shields")),
        sa.UniqueConstraint("site_id", "kind", "value", name=op.f("uq_shields_site_id_kind_value")),
    )
    op.create_table(
        "verdicts",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("events", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_verdicts_site_id_sites"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_id", "day", "outcome", name=op.f("pk_verdicts")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("verdicts")
    op.drop_table("shields")
    op.drop_column("sites", "monthly_events")
