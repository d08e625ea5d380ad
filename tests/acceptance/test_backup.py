"""footfall backup and footfall restore: everything comes back, but the salts."""

import shutil
from pathlib import Path

import httpx2 as httpx
from tests.serving import FootfallServer

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
