"""footfall backup and footfall restore: everything comes back, but the salts."""

import shutil
from contextlib import closing
from pathlib import Path

import httpx2 as httpx
from sqlalchemy import select
from tests.postgres import PostgresServer
from tests.serving import FootfallServer

from footfall.metadata import Database, sqlite_url
from footfall.metadata.tables import Table

MONTHS = [f"2026-{month:02}-10T12:00:00Z" for month in range(1, 11)]


def fill(server: FootfallServer) -> None:
    server.command("user", "add", "alice@alice.example", "--password-stdin", text="correct horse battery")
    server.command("site", "add", "alice.example", "--timezone", "Europe/Berlin", "--owner", "alice@alice.example")
    send(server, [{"name": "pageview", "url": "https://alice.example/a", "timestamp": at} for at in MONTHS])


def send(server: FootfallServer, events: list[dict[str, str]]) -> None:
    key = server.command("key", "create", "--site", "alice.example", "--scope", "events:write").strip()
    answer = httpx.post(
        f"{server.url}/api/v1/events?wait=true",
        json={"site": "alice.example", "events": events},
        headers={"Authorization": f"Bearer {key}"},
        timeout=30,
    )
    assert answer.json()["accepted"] == len(events)


def exported(server: FootfallServer) -> str:
    return server.command("export", "--site", "alice.example", "--format", "jsonl")


def test_it_brings_everything_back_on_another_machine(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        fill(server)
        before = exported(server)
        said = server.command("backup", str(tmp_path / "backup"))

    with FootfallServer(tmp_path / "elsewhere", restored_from=tmp_path / "backup") as other:
        after, checked = exported(other), other.command("check")

    assert before.count("\n") == len(MONTHS)
    assert "Backed up to" in said
    assert after == before
    assert f"visits agree with events: {len(MONTHS)} events" in checked
    assert not list((tmp_path / "backup").rglob("salts*"))
    assert not list((tmp_path / "data" / "store" / "shadow").glob("*"))


def test_it_takes_in_a_backup_older_than_a_table(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        fill(server)
        before = exported(server)
        server.command("backup", str(tmp_path / "backup"))
    shutil.rmtree(tmp_path / "backup" / "store" / "crawler_views")

    with FootfallServer(tmp_path / "elsewhere", restored_from=tmp_path / "backup") as other:
        assert exported(other) == before


def test_it_restores_into_a_running_server(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        fill(server)
        before = exported(server)
        server.command("backup", str(tmp_path / "backup"))
        send(server, [{"name": "pageview", "url": "https://alice.example/later"}])

        server.command("restore", str(tmp_path / "backup"))
        server.await_restart()

        assert exported(server) == before


def test_it_backs_up_and_restores_people_on_postgresql_and_takes_them_to_sqlite(
    postgres: PostgresServer, tmp_path: Path
) -> None:
    with postgres.database(is_migrated=False) as url:
        given = url.render_as_string(hide_password=False)
        with FootfallServer(tmp_path / "data", database_url=given) as server:
            fill(server)
            before, events = _everything(Database(url)), exported(server)
            server.command("backup", str(tmp_path / "backup"))
            server.command("site", "add", "later.example", "--timezone", "Etc/UTC")
            assert "later.example" in _everything(Database(url))

            server.command("restore", str(tmp_path / "backup"))
            server.await_restart()

            after, restored, checked = _everything(Database(url)), exported(server), server.command("check")
            aside = next((tmp_path / "data").glob("replaced-*")) / "footfall.db"
        elsewhere = FootfallServer(tmp_path / "elsewhere")
        elsewhere.command("restore", str(tmp_path / "backup"))

    assert (after, restored) == (before, events)
    assert "later.example" in _everything(Database(f"sqlite:///{aside}"))
    assert _everything(Database(sqlite_url(tmp_path / "elsewhere"))) == before
    assert "PostgreSQL" in checked


def _everything(database: Database) -> str:
    # The counter of changes is raised by a restore; the server counts and notes on its own.
    left_out = ("install", "audit_log", "verdicts", "event_names", "event_properties", "api_keys")
    tables = [table for table in Table.metadata.sorted_tables if table.name not in left_out]
    with closing(database), database.reading() as session:
        return repr({table.name: sorted(session.execute(select(table)).all(), key=repr) for table in tables})
