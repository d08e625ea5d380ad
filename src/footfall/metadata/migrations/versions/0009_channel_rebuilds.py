"""How far the channels of a site's stored events have been told again."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "channel_rebuilds",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("rules", sa.String(32), nullable=False),
        sa.Column("months", sa.JSON(), nullable=False),
        sa.Column("told", sa.JSON(), nullable=False),
        sa.Column("under_way", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name="fk_channel_rebuilds_site_id_sites", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", name="pk_channel_rebuilds"),
    )
