"""What anybody may see of a site, and links for people without an account."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The defaults are for the sites there are; the code states every value.
    for name in ("public_dashboard", "public_small_groups", "public_cities"):
        op.add_column("sites", sa.Column(name, sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "shared_links",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("slug", sa.String(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("segment_filters", sa.JSON(), nullable=False),
        sa.Column("segment_name", sa.String(length=200), nullable=False),
        sa.Column("embedded_by", sa.JSON(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=True),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_shared_links_site_id_sites"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shared_links")),
        sa.UniqueConstraint("site_id", "name", name=op.f("uq_shared_links_site_id_name")),
        sa.UniqueConstraint("slug", name=op.f("uq_shared_links_slug")),
    )


def downgrade() -> None:
    """Undo."""
    op.drop_table("shared_links")
    for name in ("public_dashboard", "public_small_groups", "public_cities"):
        op.drop_column("sites", name)
