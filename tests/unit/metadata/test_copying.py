"""All rows from one database into another: nothing is missing, and no number is given twice."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from sqlalchemy import select
from tests.people import PASSWORD, Install, fresh_install
from tests.postgres import PostgresServer

from footfall.cli import main
from footfall.errors import NotSignedIn
from footfall.metadata import Database, sqlite_url
from footfall.metadata.copying import copy_rows, dump, is_blank
from footfall.metadata.tables import InstallRow, Table, TeamRow
from footfall.sites import GoalKind, ShieldKind


@pytest.fixture(params=["sqlite", "postgresql"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Another database, blank."""
    if request.param == "sqlite":
        folder = tmp_path / "target"
        folder.mkdir()
        database = Database(sqlite_url(folder))
        yield database
        database.close()
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    with server.database(is_migrated=False) as url:
        database = Database(url)
        yield database
        database.close()


def rows(database: Database) -> dict[str, list[Any]]:
    """Every row but that of the install, whose counter is raised by a copy."""
    with database.reading() as session:
        tables = [table for table in Table.metadata.sorted_tables if table.name != "install"]
        return {table.name: sorted(session.execute(select(table)).all(), key=repr) for table in tables}


def fill(install: Install) -> tuple[str, int]:
    """Something in many tables, and a site that was deleted; returns a session and that site's number."""
    install.goals.add(install.site.id, GoalKind.PAGE, "/päge/*")
    install.keys.create(["stats:read"], site_id=install.site.id)
    install.shields.add(install.site.id, ShieldKind.ADDRESS, "203.0.113.7")
    install.registry.describe(install.site.id, "Sign-up ✓", "Wörter\n“mit” 😀")
    gone = install.sites.create("gone.example", owner_id=install.alice.id).id
    install.sites.delete(gone)
    return install.accounts.open_session(install.alice.id), gone


def test_it_copies_everything_between_all_kinds(install: Install, target: Database) -> None:
    token, gone = fill(install)
    target.migrate()

    copied = copy_rows(install.database, target)

    assert rows(target) == rows(install.database)
    assert copied == {name: len(found) for name, found in rows(target).items()} | {"install": 1}
    with fresh_install(target.url) as elsewhere:
        assert elsewhere.accounts.user_of_session(token) == install.alice
        assert elsewhere.sites.by_id(install.site.id) == install.sites.by_id(install.site.id)
        assert elsewhere.sites.create("new.example", owner_id=install.alice.id).id > gone


def test_it_replaces_what_was_there_and_lets_every_process_notice(install: Install, target: Database) -> None:
    fill(install)
    target.migrate()
    with fresh_install(target.url) as before:
        stale = before.accounts.create_owner("mallory@example.com", PASSWORD)
        session = before.accounts.open_session(stale.id)
        numbers = [before.sites.create(f"{number}.example").id for number in range(9)]

        copy_rows(install.database, target)
        before.clock.move(seconds=1)

        assert before.sites.by_domain("0.example") is None
        assert before.sites.by_domain("example.com")
        assert before.accounts.user_of_session(session) is None
        assert before.sites.create("new.example").id > max(numbers)
    with target.reading() as reading:
        assert reading.scalar(select(InstallRow.owner_id)) == install.alice.id


def test_it_leaves_the_target_as_it_was_where_it_fails(install: Install, target: Database) -> None:
    target.migrate()
    with install.database.session() as session:
        session.connection().exec_driver_sql("DROP TABLE goals")
    with fresh_install(target.url) as before:
        before.accounts.create_owner("mallory@example.com", PASSWORD)
        known = rows(target)

        with pytest.raises(Exception, match=r"goals|reached"):
            copy_rows(install.database, target)

        assert rows(target) == known


def test_it_dumps_into_a_file_while_others_write(install: Install, tmp_path: Path) -> None:
    fill(install)
    before = rows(install.database)

    with install.database.session() as session:
        session.add(
            TeamRow(
                public_id="later", name="not committed yet", requires_second_factor=False, created_ms=0, warned_month=0
            )
        )
        session.flush()
        dump(install.database, tmp_path / "dumped.db")

    copy = Database(f"sqlite:///{tmp_path / 'dumped.db'}")
    assert rows(copy) == before
    copy.close()


def test_it_moves_an_install_in_one_command(
    install: Install, target: Database, environment: dict[str, str], tmp_path: Path
) -> None:
    token, _ = fill(install)
    url = target.url.render_as_string(hide_password=False)

    moved = CliRunner(env=environment).invoke(main, ["database", "copy", url])
    again = CliRunner(env=environment).invoke(main, ["database", "copy", url])

    assert (moved.exit_code, again.exit_code) == (0, 1), moved.output
    assert "Copied 3 people and 2 sites" in moved.output
    assert "in use already" in again.output
    with fresh_install(target.url) as elsewhere:
        assert elsewhere.accounts.user_of_session(token) == install.alice
        with pytest.raises(NotSignedIn):
            elsewhere.accounts.recognise("alice@example.com", "wrong")


def test_it_knows_a_blank_database(target: Database) -> None:
    assert is_blank(target)
    target.migrate()
    assert is_blank(target)
    with fresh_install(target.url) as install:
        install.bring_in_the_cast()
    assert not is_blank(target)


def test_it_has_no_json_that_may_be_missing() -> None:
    """A copy would turn what is missing into JSON's null."""
    columns = [column for table in Table.metadata.sorted_tables for column in table.columns]

    assert [str(column) for column in columns if str(column.type) == "JSON" and column.nullable] == []
