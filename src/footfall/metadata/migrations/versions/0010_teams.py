"""Teams, invitations, one-time links, and what is told of sessions. Each owner of sites gets a team that holds them."""

import secrets
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply."""
    op.create_table(
        "teams",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.String(length=80), nullable=False),
        sa.Column("created_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_teams")),
        sa.UniqueConstraint("public_id", name=op.f("uq_teams_public_id")),
    )
    op.create_table(
        "team_members",
        sa.Column("team_id", sa.Integer(), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        _reference("team_members", "team_id", "teams"),
        _reference("team_members", "user_id", "users"),
        sa.PrimaryKeyConstraint("team_id", "user_id", name=op.f("pk_team_members")),
    )
    op.create_index(op.f("ix_team_members_user_id"), "team_members", ["user_id"])
    op.create_table(
        "invitations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("role", sa.String(length=16), nullable=False),
        sa.Column("team_id", sa.Integer(), nullable=True),
        sa.Column("site_id", sa.Integer(), nullable=True),
        sa.Column("invited_by", sa.Integer(), nullable=False),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("(team_id IS NULL) <> (site_id IS NULL)", name=op.f("ck_invitations_one_place")),
        _reference("invitations", "team_id", "teams"),
        _reference("invitations", "site_id", "sites"),
        _reference("invitations", "invited_by", "users"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invitations")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_invitations_token_hash")),
    )
    for column in ("team_id", "site_id", "invited_by"):
        op.create_index(op.f(f"ix_invitations_{column}"), "invitations", [column])
    op.create_table(
        "one_time_links",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("purpose", sa.String(length=16), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("expires_ms", sa.BigInteger(), nullable=False),
        _reference("one_time_links", "user_id", "users"),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_one_time_links")),
    )
    op.create_index(op.f("ix_one_time_links_user_id"), "one_time_links", ["user_id"])
    op.create_index(op.f("ix_one_time_links_expires_ms"), "one_time_links", ["expires_ms"])
    op.add_column("users", sa.Column("email_confirmed_ms", sa.BigInteger(), nullable=True))
    op.add_column("web_sessions", sa.Column("last_used_ms", sa.BigInteger(), nullable=False, server_default="0"))
    op.add_column("web_sessions", sa.Column("browser", sa.String(length=80), nullable=False, server_default=""))
    # By hand: SQLite names a reference only where its column is added, and a table made anew would take with it all
    # that refers to its rows.
    op.execute("ALTER TABLE sites ADD COLUMN team_id INTEGER CONSTRAINT fk_sites_team_id_teams REFERENCES teams (id)")
    op.create_index(op.f("ix_sites_team_id"), "sites", ["team_id"])
    _give_owners_a_team(op.get_bind())


def downgrade() -> None:
    """Undo."""
    _give_sites_their_own_members()
    op.drop_index(op.f("ix_sites_team_id"), "sites")
    op.drop_column("sites", "team_id")
    for column in ("browser", "last_used_ms"):
        op.drop_column("web_sessions", column)
    op.drop_column("users", "email_confirmed_ms")
    for table in ("one_time_links", "invitations", "team_members", "teams"):
        op.drop_table(table)


def _reference(table: str, column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{to}.id"], name=op.f(f"fk_{table}_{column}_{to}"), ondelete="CASCADE")


def _give_sites_their_own_members() -> None:
    """Whoever saw a site by its team sees it by name again; there were owners and viewers, nobody else."""
    op.execute("UPDATE site_members SET role = 'viewer' WHERE role <> 'owner'")
    op.execute(
        "INSERT INTO site_members (site_id, user_id, role)"
        " SELECT s.id, m.user_id, CASE WHEN m.role = 'owner' THEN 'owner' ELSE 'viewer' END"
        " FROM sites s JOIN team_members m ON m.team_id = s.team_id"
        " WHERE NOT EXISTS (SELECT 1 FROM site_members g WHERE g.site_id = s.id AND g.user_id = m.user_id)"
    )


def _give_owners_a_team(connection: sa.Connection) -> None:
    """A site with several owners goes to the first one's team; the others stay what they are, as guests."""
    owners = connection.execute(
        sa.text(
            "SELECT DISTINCT m.user_id, u.email, u.created_ms FROM site_members m JOIN users u ON u.id = m.user_id"
            " WHERE m.role = 'owner' ORDER BY m.user_id"
        )
    ).all()
    for user_id, email, created_ms in owners:
        public_id = secrets.token_hex(6)
        _run(
            connection,
            "INSERT INTO teams (public_id, name, created_ms) VALUES (:public, :name, :at)",
            public=public_id,
            name=email.partition("@")[0][:80],
            at=created_ms,
        )
        team_id = _run(connection, "SELECT id FROM teams WHERE public_id = :public", public=public_id).scalar_one()
        for statement in (
            "INSERT INTO team_members (team_id, user_id, role) VALUES (:team, :user, 'owner')",
            "UPDATE sites SET team_id = :team WHERE team_id IS NULL AND id IN"
            " (SELECT site_id FROM site_members WHERE user_id = :user AND role = 'owner')",
            "DELETE FROM site_members WHERE user_id = :user AND role = 'owner'"
            " AND site_id IN (SELECT id FROM sites WHERE team_id = :team)",
        ):
            _run(connection, statement, team=team_id, user=user_id)


def _run(connection: sa.Connection, statement: str, **values: object) -> sa.CursorResult[Any]:
    bound = sa.text(statement)
    return connection.execute(bound, {name: value for name, value in values.items() if f":{name}" in statement})
