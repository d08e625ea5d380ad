"""Plans of teams, how many views they had, and domains of sites for script and intake."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

_CUSTOM = {"custom_domain": 253, "script_path": 100, "intake_path": 100}


def upgrade() -> None:
    """Apply."""
    # The defaults are for the rows there are; the code states every value.
    op.add_column("teams", sa.Column("plan", sa.String(length=16), nullable=True))
    op.add_column("teams", sa.Column("warned_month", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "monthly_views",
        sa.Column("site_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("month", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("views", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["team_id"], ["teams.id"], name=op.f("fk_monthly_views_team_id_teams"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("site_id", "month", name=op.f("pk_monthly_views")),
    )
    op.create_index(op.f("ix_monthly_views_team_id"), "monthly_views", ["team_id"])
    for name, length in _CUSTOM.items():
        op.add_column("sites", sa.Column(name, sa.String(length=length), nullable=False, server_default=""))
    given = sa.text("custom_domain <> ''")
    op.create_index(
        op.f("ix_sites_custom_domain"),
        "sites",
        ["custom_domain"],
        unique=True,
        sqlite_where=given,
        postgresql_where=given,
    )


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_sites_custom_domain"), "sites")
    for name in _CUSTOM:
        op.drop_column("sites", name)
    op.drop_table("monthly_views")
    op.drop_column("teams", "warned_month")
    op.drop_column("teams", "plan")
