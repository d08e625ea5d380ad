"""Profiles and consents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "profiles",
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.String(length=20), nullable=False),
        sa.Column("traits", sa.JSON(), nullable=False),
        sa.Column("first_seen_ms", sa.BigInteger(), nullable=False),
        sa.Column("updated_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_profiles_site_id_sites"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("site_id", "visitor_id", name=op.f("pk_profiles")),
    )
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("visitor_id", sa.String(length=20), nullable=False),
        sa.Column("renewal", sa.Integer(), nullable=False),
        sa.Column("text", sa.String(length=200), nullable=False),
        sa.Column("given_ms", sa.BigInteger(), nullable=True),
        sa.Column("withdrawn_ms", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_consents_site_id_sites"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
    )
    op.create_index(op.f("ix_consents_site_id_visitor_id"), "consents", ["site_id", "visitor_id"], unique=False)
    op.create_index(op.f("ix_consents_given_ms"), "consents", ["given_ms"], unique=False)
    op.create_index(op.f("ix_consents_withdrawn_ms"), "consents", ["withdrawn_ms"], unique=False)


def downgrade() -> None:
    """Undo."""
    op.drop_table("consents")
    op.drop_table("profiles")
