"""The registry of names and properties of events; the currency of goals."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "event_names",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=300), nullable=False),
        sa.Column("description", sa.String(length=1000), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_event_names_site_id_sites"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "name", name=op.f("pk_event_names")),
    )
    op.create_table(
        "event_properties",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=300), nullable=False),
        sa.Column("display_name", sa.String(length=300), nullable=False),
        sa.Column("is_hidden", sa.Boolean(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["site_id"], ["sites.id"], name=op.f("fk_event_properties_site_id_sites"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "key", name=op.f("pk_event_properties")),
    )
    # The default is for the goals there are; the code states every value.
    op.add_column("goals", sa.Column("currency", sa.String(length=3), nullable=False, server_default=""))


def downgrade() -> None:
    """Undo."""
    op.drop_column("goals", "currency")
    op.drop_table("event_properties")
    op.drop_table("event_names")
