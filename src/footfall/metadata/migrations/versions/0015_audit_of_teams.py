"""The audit log of teams."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.add_column("audit_log", sa.Column("team_id", sa.Integer(), nullable=True))
    op.create_index(op.f("ix_audit_log_team_id_id"), "audit_log", ["team_id", "id"])


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_audit_log_team_id_id"), "audit_log")
    op.drop_column("audit_log", "team_id")
