"""The language somebody wants pages in."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The default is for the people there are; the code states every value.
    op.add_column("users", sa.Column("language", sa.String(length=8), nullable=False, server_default=""))


def downgrade() -> None:
    """Undo."""
    op.drop_column("users", "language")
