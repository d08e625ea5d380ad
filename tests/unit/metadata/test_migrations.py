"""Migrations make the schema the code speaks of, on both databases, forward from every revision and back again."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, MetaData, create_engine, insert, inspect, make_url, select, text
from tests.postgres import PostgresServer

from footfall.errors import SettingsError
from footfall.metadata import Database, mark_changed, sqlite_url
from footfall.metadata.audit import HOUSEKEEPING
from footfall.metadata.migrating import migration_config
from footfall.metadata.revisions import known_revisions
from footfall.metadata.tables import SiteMemberRow, SiteRow, Table, TeamMemberRow, TeamRow, WebSessionRow

REVISIONS = known_revisions()


@pytest.fixture
def blank(database_kind: str, request: pytest.FixtureRequest, tmp_path: Any) -> Iterator[Database]:
    """A database without a schema."""
    with blank_database(database_kind, request, tmp_path) as database:
        yield database


@contextmanager
def blank_database(kind: str, request: pytest.FixtureRequest, folder: Any) -> Iterator[Database]:
    def opened(url: URL) -> Iterator[Database]:
        database = Database(url)
        yield database
        database.close()

    if kind == "sqlite":
        yield from opened(make_url(sqlite_url(folder)))
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(is_migrated=False) as url:
        yield from opened(url)


def test_it_makes_the_same_schema_as_the_tables_from_scratch(blank: Database) -> None:
    blank.migrate()

    with blank.reading() as session:
        context = MigrationContext.configure(session.connection(), opts={"compare_type": True})
        assert compare_metadata(context, Table.metadata) == []
        migrated = described(session.connection())
    assert migrated == described_from_scratch(blank)


@pytest.mark.parametrize("revision", REVISIONS)
def test_it_brings_each_revision_with_a_row_in_every_table_to_the_newest(blank: Database, revision: str) -> None:
    blank.migrate(revision)
    fill(blank)
    before = counts(blank)

    blank.migrate()

    after = counts(blank)
    assert {table: after[table] for table in before} == before
    assert blank.revision() == REVISIONS[-1]
    with blank.reading() as session:
        assert described(session.connection()) == described_from_scratch(blank)


def test_it_tells_revisions_by_the_names_of_their_files() -> None:
    scripts = ScriptDirectory.from_config(migration_config())

    assert [script.revision for script in scripts.walk_revisions()][::-1] == REVISIONS


def test_it_goes_back_step_by_step_to_what_each_revision_was(blank: Database) -> None:
    schemas = []
    for revision in REVISIONS:
        blank.migrate(revision)
        schemas.append(described_in(blank))
    fill(blank)

    for revision, schema in list(zip(REVISIONS, schemas, strict=True))[-2::-1]:
        blank.migrate_back(revision)
        assert described_in(blank) == schema, revision
    sites = counts(blank)["sites"]
    blank.migrate()

    assert (sites, counts(blank)["sites"]) == (1, 1)
    assert described_in(blank) == schemas[-1]
    blank.migrate_back("base")
    assert set(described_in(blank)) == {"alembic_version"}


def test_it_can_be_migrated_twice_and_by_two_at_once(blank: Database) -> None:
    databases = [blank, Database(blank.url)]
    start = threading.Barrier(2)

    def migrate(database: Database) -> None:
        start.wait()
        database.migrate()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(migrate, databases))
    blank.migrate()

    assert [database.change_counter() for database in databases] == [0, 0]
    databases[1].close()


def test_it_refuses_a_schema_of_a_newer_release(blank: Database) -> None:
    blank.migrate()
    with blank.session() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SettingsError, match="newer Footfall"):
        blank.migrate()


def test_it_leaves_all_as_it_was_where_a_migration_fails(blank: Database) -> None:
    """What stands in the way is a table of the name that a later one makes."""
    blank.migrate("0009")
    with blank.session() as session:
        session.execute(text("CREATE TABLE audit_log (id INTEGER)"))
    before = described_in(blank)

    with pytest.raises(Exception, match="audit_log"):
        blank.migrate()

    assert (blank.revision(), described_in(blank)) == ("0009", before)


def test_it_compares_texts_by_their_bytes(blank: Database) -> None:
    blank.migrate()
    names = ["Zoë", "anna", "Émile", "anna ", "ANNA"]

    with blank.session() as session:
        session.add_all(
            TeamRow(public_id=f"p{place}", name=name, requires_second_factor=False, created_ms=0, warned_month=0)
            for place, name in enumerate(names)
        )

    with blank.reading() as session:
        assert session.scalars(select(TeamRow.name).order_by(TeamRow.name)).all() == sorted(names)
        if not blank.is_sqlite:
            with_other = text(
                "SELECT count(*) FROM information_schema.columns WHERE table_schema = current_schema() AND"
                " data_type = 'character varying' AND collation_name IS DISTINCT FROM 'C' AND table_name LIKE '%s'"
            )
            assert session.execute(with_other).scalar_one() == 0


def test_it_gives_each_owner_of_sites_a_team(blank: Database) -> None:
    blank.migrate("0009")
    with blank.session() as session:
        for user_id, name in ((1, "alice"), (2, "bob"), (3, "charlie")):
            values = {"id": user_id, "email": f"{name}@example.com"}
            session.execute(text("INSERT INTO users VALUES (:id, :email, '-', 0)"), values)
        sites = reflected(session.connection()).tables["sites"]
        for site_id in (1, 2, 3):
            named = {"id": site_id, "public_id": f"p{site_id}", "domain": f"{site_id}.example"}
            session.execute(insert(sites).values(row_for(sites) | named), execution_options=HOUSEKEEPING)
        for site_id, user_id, role in ((1, 1, "owner"), (1, 2, "owner"), (2, 1, "owner"), (2, 3, "viewer")):
            values = {"site": site_id, "user": user_id, "role": role}
            session.execute(text("INSERT INTO site_members VALUES (:site, :user, :role)"), values)
        session.execute(text("INSERT INTO web_sessions VALUES ('hash', 1, 99)"))

    blank.migrate()

    with blank.reading() as session:
        teams = {row.id: row.name for row in session.scalars(select(TeamRow))}
        assert sorted(teams.values()) == ["alice", "bob"]
        members = {(teams[row.team_id], row.user_id, row.role) for row in session.scalars(select(TeamMemberRow))}
        assert members == {("alice", 1, "owner"), ("bob", 2, "owner")}
        site_teams = {row.id: teams.get(row.team_id) for row in session.execute(select(SiteRow.id, SiteRow.team_id))}
        assert site_teams == {1: "alice", 2: "alice", 3: None}
        guests = {(row.site_id, row.user_id, row.role) for row in session.scalars(select(SiteMemberRow))}
        assert guests == {(1, 2, "owner"), (2, 3, "viewer")}
        assert session.scalar(select(WebSessionRow.last_used_ms)) == 0

    blank.migrate_back("0009")

    with blank.reading() as session:
        rows = session.execute(text("SELECT site_id, user_id, role FROM site_members ORDER BY 1, 2")).all()
        assert [tuple(row) for row in rows] == [(1, 1, "owner"), (1, 2, "owner"), (2, 1, "owner"), (2, 3, "viewer")]


def test_it_counts_changes_made_through_another_connection(blank: Database) -> None:
    blank.migrate()
    other = Database(blank.url)

    with other.session() as session:
        mark_changed(session)

    assert blank.change_counter() == 1
    other.close()


def described(connection: Connection) -> dict[str, Any]:
    """Columns, keys and constraints of each table, in words that can be compared."""
    inspector = inspect(connection)
    return {table: _described_table(inspector, table) for table in inspector.get_table_names()}


def _described_table(inspector: Any, table: str) -> dict[str, Any]:
    columns = {
        one["name"]: (str(one["type"]).partition(" COLLATE")[0], one["nullable"])
        for one in inspector.get_columns(table)
    }
    kinds = {
        "references": inspector.get_foreign_keys,
        "checks": inspector.get_check_constraints,
        "unique": inspector.get_unique_constraints,
        "indexes": inspector.get_indexes,
    }
    found: dict[str, Any] = {"columns": columns, "key": inspector.get_pk_constraint(table)["constrained_columns"]}
    for kind, look in kinds.items():
        # SQLite does not tell the name of a reference added with its column.
        left_out = {"comment", "dialect_options", *(("name",) if kind == "references" else ())}
        rows = [{name: value for name, value in one.items() if name not in left_out} for one in look(table)]
        found[kind] = sorted(str(sorted(row.items(), key=str)) for row in rows)
    return found


def described_in(database: Database) -> dict[str, Any]:
    with database.reading() as session:
        return described(session.connection())


def described_from_scratch(database: Database) -> dict[str, Any]:
    """What SQLAlchemy makes of the tables, without a migration; rolled back."""
    engine = create_engine("sqlite://") if database.is_sqlite else create_engine(database.url)
    with engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("CREATE SCHEMA scratch"))
            connection.execute(text("SET LOCAL search_path = scratch"))
            connection.dialect.default_schema_name = "scratch"
        Table.metadata.create_all(connection)
        connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL PRIMARY KEY)"))
        found = described(connection)
        connection.rollback()
    engine.dispose()
    return found


def reflected(connection: Connection) -> MetaData:
    metadata = MetaData()
    metadata.reflect(connection)
    return metadata


def row_for(table: Any) -> dict[str, Any]:
    """A value for every column that needs one; what refers to another table refers to its row 1."""
    values: dict[str, Any] = {}
    for column in table.columns:
        kind = str(column.type)
        if column.nullable and not column.foreign_keys:
            continue
        if column.foreign_keys or column.name == "id" or kind in ("INTEGER", "BIGINT"):
            values[column.name] = 1
        elif kind == "BOOLEAN":
            values[column.name] = False
        elif kind == "JSON":
            values[column.name] = []
        elif kind in ("BLOB", "BYTEA"):
            values[column.name] = b"1"
        else:
            values[column.name] = "1"
    for exclusive in (("owner_id", "site_id"), ("team_id", "site_id")):  # a key and an invitation have one holder
        if table.name in ("api_keys", "invitations") and set(exclusive) <= set(values):
            del values[exclusive[0]]
    return values


def fill(database: Database) -> None:
    """Put one row into every table there is."""
    with database.session() as session:
        metadata = reflected(session.connection())
        for table in metadata.sorted_tables:
            if table.name not in ("install", "alembic_version"):
                session.execute(insert(table).values(row_for(table)), execution_options=HOUSEKEEPING)


def counts(database: Database) -> dict[str, int]:
    with database.reading() as session:
        metadata = reflected(session.connection())
        return {
            table.name: session.execute(text(f"SELECT count(*) FROM {table.name}")).scalar_one()
            for table in metadata.sorted_tables
        }
