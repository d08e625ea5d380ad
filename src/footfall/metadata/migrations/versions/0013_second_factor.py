"""The second factor: codes of an app, recovery codes, sign-ins that wait for one, and teams that ask for it."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "second_factors",
        _user(),
        sa.Column("nonce", sa.String(length=64), nullable=False),
        sa.Column("last_step", sa.BigInteger(), nullable=False),
        sa.Column("since_ms", sa.BigInteger(), nullable=False),
        _reference("second_factors"),
        sa.PrimaryKeyConstraint("user_id", name=op.f("pk_second_factors")),
    )
    op.create_table(
        "recovery_codes",
        sa.Column("code_hash", sa.String(length=64), nullable=False),
        _user(),
        _reference("recovery_codes"),
        sa.PrimaryKeyConstraint("code_hash", name=op.f("pk_recovery_codes")),
    )
    op.create_index(op.f("ix_recovery_codes_user_id"), "recovery_codes", ["user_id"])
    op.create_table(
        "waiting_sign_ins",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        _user(),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.Column("browser", sa.String(length=80), nullable=False),
        _reference("waiting_sign_ins"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_waiting_sign_ins")),
    )
    op.create_index(op.f("ix_waiting_sign_ins_user_id"), "waiting_sign_ins", ["user_id"])
    op.create_index(op.f("ix_waiting_sign_ins_expires_ms"), "waiting_sign_ins", ["expires_ms"])
    # The default is for the teams there are; the code states every value.
    op.add_column("teams", sa.Column("requires_second_factor", sa.Boolean(), nullable=False, server_default=sa.false()))


def downgrade() -> None:
    """Undo: whoever had a second factor signs in without."""
    op.drop_column("teams", "requires_second_factor")
    for table in ("waiting_sign_ins", "recovery_codes", "second_factors"):
        op.drop_table(table)


def _user() -> sa.Column[int]:
    return sa.Column("user_id", sa.Integer(), nullable=False)


def _reference(table: str) -> sa.ForeignKeyConstraint:
    name = op.f(f"fk_{table}_user_id_users")
    return sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=name, ondelete="CASCADE")
