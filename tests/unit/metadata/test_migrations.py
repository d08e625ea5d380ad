"""The schema that migrations make is the schema the code speaks of, and it keeps its promises."""

import stat
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Inspector, create_engine, inspect, select, text
from sqlalchemy.exc import IntegrityError

from footfall.metadata import Database, mark_changed, sqlite_url
from footfall.metadata.tables import SiteMemberRow, SiteRow, Table, TeamMemberRow, TeamRow, UserRow, WebSessionRow


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    database = Database(sqlite_url(tmp_path))
    database.migrate()
    yield database
    database.close()


def test_it_makes_the_same_schema_as_the_tables_from_scratch(database: Database) -> None:
    with database.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})

        assert compare_metadata(context, Table.metadata) == []


def test_it_makes_the_same_constraints_as_the_tables_from_scratch(database: Database) -> None:
    scratch = create_engine("sqlite://")
    Table.metadata.create_all(scratch)
    with scratch.connect() as connection, database.reading() as session:
        expected, migrated = inspect(connection), inspect(session.connection())
        for table in Table.metadata.tables:
            assert _constraints(migrated, table) == _constraints(expected, table)
    scratch.dispose()


def test_it_can_be_migrated_twice_and_by_two_at_once(tmp_path: Path) -> None:
    databases = [Database(sqlite_url(tmp_path)) for _ in range(2)]

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(Database.migrate, databases))
    databases[0].migrate()

    assert [database.change_counter() for database in databases] == [0, 0]
    for database in databases:
        database.close()


def test_it_keeps_foreign_keys_and_writes_ahead(database: Database) -> None:
    with database.reading() as session:
        assert session.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
    with pytest.raises(IntegrityError), database.session() as session:
        session.add(SiteMemberRow(site_id=1, user_id=1, role="owner"))


def test_it_is_readable_by_its_owner_only(database: Database, tmp_path: Path) -> None:
    with database.session() as session:
        mark_changed(session)

    assert {stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {0o600}


def test_it_keeps_values_out_of_error_texts(database: Database) -> None:
    with database.session() as session:
        session.add(UserRow(email="alice@example.com", password_hash="-", language="", created_ms=0))

    with pytest.raises(IntegrityError) as caught, database.session() as session:
        session.add(UserRow(email="alice@example.com", password_hash="-", language="", created_ms=0))

    assert "alice" not in str(caught.value)


def test_it_counts_changes_made_through_another_connection(database: Database, tmp_path: Path) -> None:
    other = Database(sqlite_url(tmp_path))

    with other.session() as session:
        mark_changed(session)

    assert database.change_counter() == 1
    other.close()


def test_it_gives_each_owner_of_sites_a_team(tmp_path: Path) -> None:
    database = Database(sqlite_url(tmp_path))
    database.migrate("0009")
    with database.session() as session:
        for user_id, name in ((1, "alice"), (2, "bob"), (3, "charlie")):
            values = {"id": user_id, "email": f"{name}@example.com"}
            session.execute(text("INSERT INTO users VALUES (:id, :email, '-', 0)"), values)
        columns = [one["name"] for one in inspect(session.connection()).get_columns("sites")]
        for site_id in (1, 2, 3):
            named = {"id": site_id, "public_id": f"p{site_id}", "domain": f"{site_id}.example"}
            filled = {name: named.get(name, "0") for name in columns}
            marks = ", ".join(f":{name}" for name in columns)
            session.execute(text(f"INSERT INTO sites ({', '.join(columns)}) VALUES ({marks})"), filled)
        for site_id, user_id, role in ((1, 1, "owner"), (1, 2, "owner"), (2, 1, "owner"), (2, 3, "viewer")):
            values = {"site": site_id, "user": user_id, "role": role}
            session.execute(text("INSERT INTO site_members VALUES (:site, :user, :role)"), values)
        session.execute(text("INSERT INTO web_sessions VALUES ('hash', 1, 99)"))

    database.migrate()

    with database.reading() as session:
        teams = {row.id: row.name for row in session.scalars(select(TeamRow))}
        assert sorted(teams.values()) == ["alice", "bob"]
        members = {(teams[row.team_id], row.user_id, row.role) for row in session.scalars(select(TeamMemberRow))}
        assert members == {("alice", 1, "owner"), ("bob", 2, "owner")}
        site_teams = {row.id: teams.get(row.team_id) for row in session.execute(select(SiteRow.id, SiteRow.team_id))}
        assert site_teams == {1: "alice", 2: "alice", 3: None}
        guests = {(row.site_id, row.user_id, row.role) for row in session.scalars(select(SiteMemberRow))}
        assert guests == {(1, 2, "owner"), (2, 3, "viewer")}
        assert session.scalar(select(WebSessionRow.last_used_ms)) == 0
    database.close()


def _constraints(inspector: Inspector, table: str) -> list[str]:
    kinds = (inspector.get_foreign_keys, inspector.get_check_constraints, inspector.get_unique_constraints)
    found = [dict(constraint) for kind in kinds for constraint in kind(table)]
    for constraint in found:
        if "referred_table" in constraint:
            del constraint["name"]  # SQLite does not tell that of a reference added with its column
    return sorted(str(constraint) for constraint in found)
