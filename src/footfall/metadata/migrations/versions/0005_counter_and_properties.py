"""Whether anybody may read how often the pages of a site were viewed, and the properties its owner has named."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The defaults are for the sites there are; the code states every value.
    op.add_column("sites", sa.Column("public_counter", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.add_column("sites", sa.Column("custom_properties", sa.JSON(), nullable=False, server_default="[]"))


def downgrade() -> None:
    """Undo."""
    op.drop_column("sites", "custom_properties")
    op.drop_column("sites", "public_counter")
