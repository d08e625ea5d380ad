"""Segments of sites; goals reached by scrolling, or by events with properties."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The defaults are for the goals there are; the code states every value.
    with op.batch_alter_table("goals") as goals:
        goals.add_column(sa.Column("scroll_percent", sa.Integer(), nullable=False, server_default="0"))
        goals.add_column(sa.Column("properties", sa.String(length=1000), nullable=False, server_default="{}"))
        goals.drop_constraint(op.f("uq_goals_site_id_kind_pattern"), type_="unique")
        goals.create_unique_constraint(
            op.f("uq_goals_site_id_kind_pattern_scroll_percent_properties"),
            ["site_id", "kind", "pattern", "scroll_percent", "properties"],
        )
    op.create_table(
        "segments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.Integer(), nullable=False),
        sa.Column("owner_id", sa.Integer(), nullable=True),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("filters", sa.JSON(), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_segments_owner_id_users"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name=op.f("fk_segments_site_id_sites"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_segments")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_segments_site_id"), "segments", ["site_id"])
    op.create_index(op.f("ix_segments_owner_id"), "segments", ["owner_id"])


def downgrade() -> None:
    """Undo."""
    op.drop_table("segments")
    op.execute("DELETE FROM goals WHERE scroll_percent <> 0 OR properties <> '{}'")
    with op.batch_alter_table("goals") as goals:
        goals.drop_constraint(op.f("uq_goals_site_id_kind_pattern_scroll_percent_properties"), type_="unique")
        goals.create_unique_constraint(op.f("uq_goals_site_id_kind_pattern"), ["site_id", "kind", "pattern"])
        goals.drop_column("scroll_percent")
        goals.drop_column("properties")
