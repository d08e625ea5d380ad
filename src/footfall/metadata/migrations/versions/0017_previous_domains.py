"""The domain a site had before, which names it for a while after the change."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    # The defaults are for the sites there are; the code states every value.
    op.add_column("sites", sa.Column("previous_domain", sa.String(length=253), nullable=False, server_default=""))
    op.add_column("sites", sa.Column("domain_changed_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_sites_previous_domain"), "sites", ["previous_domain"])


def downgrade() -> None:
    """Undo."""
    op.drop_index(op.f("ix_sites_previous_domain"), "sites")
    op.drop_column("sites", "domain_changed_ms")
    op.drop_column("sites", "previous_domain")
