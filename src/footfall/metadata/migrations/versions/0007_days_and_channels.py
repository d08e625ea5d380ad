"""The day a site's weeks begin on, when its zone last changed, and by which rules its channels were told."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The defaults are for the sites there are; the code states every value.
    op.add_column("sites", sa.Column("week_start", sa.String(9), nullable=False, server_default="monday"))
    op.add_column("sites", sa.Column("zone_changed_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("sites", sa.Column("channel_rules", sa.String(32), nullable=False, server_default=""))
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


def downgrade() -> None:
    """Undo."""
    op.drop_table("channel_rebuilds")
    for name in ("week_start", "zone_changed_ms", "channel_rules"):
        op.drop_column("sites", name)
