"""A visitor's rights: everything stored about them comes out, and none of it stays once erased."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running
from tests.column_files import files_holding
from tests.serving import FootfallServer

ALICE = "customer-481"
WORDS = ("distinctive-path", "distinctive-value", "distinctive-trait", "distinctive-text")


def own_key(running: Running, *scopes: str) -> dict[str, str]:
    key = running.install.people.keys.create(scopes or ["sites:write"], site_id=running.site.id)
    return {"Authorization": f"Bearer {key}"}


def fill(running: Running, user: str = ALICE, *words: str) -> int:
    """A visitor with events, a profile and a consent, all with words found nowhere else; returns their id."""
    path, value, trait, text = words or WORDS
    event = {"name": "pageview", "url": f"https://alice.example/{path}", "props": {"plan": value}, "visitor": user}
    assert running.send(event, event | {"name": value}).json()["accepted"] == 2
    visitor_id = running.install.visitors.lasting_ids.ever(running.site, user)[0]
    running.install.visitors.profiles.put(running.site.id, visitor_id, {"plan": trait})
    running.install.visitors.consents.give(running.site.id, visitor_id, 0, text)
    return visitor_id


def at_site(running: Running, path: str) -> str:
    return f"/api/v1/sites/{running.site.public_id}{path}"


def test_it_exports_everything_about_a_visitor_and_nothing_about_others(running: Running) -> None:
    fill(running)
    fill(running, "customer-482", "a-path", "a-value", "a-trait", "a-text")

    answer = running.http.get(at_site(running, "/visitors/export"), params={"user": ALICE}, headers=own_key(running))

    lines: list[dict[str, Any]] = [json.loads(line) for line in answer.text.splitlines()]
    assert [line["kind"] for line in lines] == ["profile", "consent", "event", "event"]
    assert lines[0]["traits"] == {"plan": WORDS[2]}
    assert lines[1]["text"] == WORDS[3]
    assert {line["props"]["plan"] for line in lines[2:]} == {WORDS[1]}
    assert "a-path" not in answer.text
    assert answer.headers["content-type"] == "application/x-ndjson"


def test_it_leaves_no_byte_of_an_erased_visitor(running: Running) -> None:
    visitor_id = fill(running)
    fill(running, "customer-482", "a-path", "a-value", "a-trait", "a-text")
    folder = running.install.settings.data_dir
    number = str(visitor_id).encode()
    packed = visitor_id.to_bytes(8, "little")
    found = {word: files_holding(folder, word.encode()) for word in WORDS} | {"id": files_holding(folder, packed)}

    answer = running.http.request(
        "DELETE", at_site(running, "/visitors"), params={"visitor": str(visitor_id)}, headers=own_key(running)
    )

    assert answer.json() == {"erased_events": 2, "copies_left": []}
    assert all(found.values())
    assert {word: files_holding(folder, word.encode()) for word in WORDS} == {word: [] for word in WORDS}
    assert files_holding(folder, number) == []
    assert files_holding(folder, packed) == []
    assert files_holding(folder, b"a-path")
    assert files_holding(folder, b"a-trait")
    assert running.rows("path") == [("/a-path",), ("/a-path",)]
    assert running.rows("sum(events)", "visits") == [(2,)]


def test_it_erases_events_that_were_only_just_acknowledged(running: Running) -> None:
    body = {"name": "pageview", "url": "https://alice.example/just-now", "visitor": ALICE}
    running.send(*[body] * 50, wait=False)

    running.install.rights.erase(running.site, running.install.visitors.lasting_ids.ever(running.site, ALICE))
    running.settle()

    assert running.rows("count()") == [(0,)]
    assert files_holding(running.install.settings.data_dir, b"just-now") == []


def test_it_opens_a_new_visit_for_whoever_comes_again_after_an_erasure(running: Running) -> None:
    event = {"name": "pageview", "url": "https://alice.example/", "visitor": ALICE}
    running.send(event | {"source": "Erased"})
    rights = running.install.rights
    rights.erase(running.site, rights.visitor_ids(running.site, user=ALICE))

    running.send(event)

    assert running.rows("path, source") == [("/", "")]


def test_it_erases_days_and_recounts_the_visits(running: Running) -> None:
    # By noons: near midnight two of these moments share a local day in the weeks the clocks change.
    noon = datetime.now(UTC).replace(hour=12)
    for age in (3, 2, 1):
        url = f"https://alice.example/aged-{age}"
        running.send({"name": "pageview", "url": url, "timestamp": (noon - timedelta(days=age)).isoformat()})
    day = (noon - timedelta(days=2)).astimezone(running.site.zone).date()

    answer = running.http.request(
        "DELETE", at_site(running, "/events"), params={"from": f"{day}", "to": f"{day}"}, headers=own_key(running)
    )

    assert answer.json()["erased_events"] == 1
    assert running.rows("path") == [("/aged-1",), ("/aged-3",)]
    assert running.rows("sum(pageviews)", "visits") == [(2,)]
    assert files_holding(running.install.settings.data_dir, b"aged-2") == []


def test_it_leaves_no_byte_of_a_deleted_site(running: Running) -> None:
    fill(running)

    answer = running.http.request("DELETE", f"/api/v1/sites/{running.site.domain}", headers=own_key(running))

    assert answer.status_code == 200
    folder = running.install.settings.data_dir
    assert [word for word in WORDS if files_holding(folder, word.encode())] == []


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/visitors/export?user=x"),
        ("DELETE", "/visitors?user=x"),
        ("DELETE", "/events?from=2026-01-01&to=2026-01-02"),
    ],
)
def test_it_is_for_owners_with_a_key_that_may_change_the_site(running: Running, method: str, path: str) -> None:
    stranger = running.install.people.accounts.create_user("charlie@charlie.example", "correct horse battery")
    strangers_key = running.install.people.keys.create(["admin"], owner_id=stranger.id)

    statuses = [
        running.http.request(method, at_site(running, path), headers=headers).status_code
        for headers in ({}, own_key(running, "stats:read"), {"Authorization": f"Bearer {strangers_key}"})
    ]

    assert statuses == [401, 403, 403]


@pytest.mark.parametrize(
    "query",
    ["", "?user=a&visitor=1", "?visitor=0", "?visitor=abc", "?visitor=99999999999999999999", "?visitor=" + "9" * 5000],
)
def test_it_wants_to_know_exactly_who_is_meant(running: Running, query: str) -> None:
    answer = running.http.request("DELETE", at_site(running, f"/visitors{query}"), headers=own_key(running))

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_input"


def test_it_repeats_an_erasure_that_was_cut_off(running: Running) -> None:
    visitor_id = fill(running)
    eraser = running.install.rights.eraser
    erased = eraser._noted(running.site, "visitor", marks=(eraser.log.mark(visitor_id),))
    eraser.log.begin(erased)

    assert (eraser.catch_up(), eraser.catch_up()) == (1, 0)
    assert running.rows("count()") == [(0,)]
    assert [entry.events for entry in eraser.log.all()] == [2]


def test_it_keeps_a_log_that_names_nobody(running: Running) -> None:
    visitor_id = fill(running)
    running.install.rights.erase(running.site, [visitor_id])

    log = (running.install.settings.data_dir / "erasures.jsonl").read_text()

    (entry,) = map(json.loads, log.splitlines())
    assert (entry["kind"], entry["site"], entry["events"]) == ("visitor", running.site.public_id, 2)
    assert str(visitor_id) not in log
    assert f"{visitor_id:x}" not in log
    assert ALICE not in log


def test_it_erases_again_what_a_restore_brings_back(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        server.command("user", "add", "alice@alice.example", "--password-stdin", text="correct horse battery")
        server.command("site", "add", "alice.example", "--timezone", "Europe/Berlin")
        key = server.command("key", "create", "--site", "alice.example", "--scope", "events:write").strip()
        events = [{"name": "pageview", "url": "https://alice.example/", "visitor": name} for name in (ALICE, "bob")]
        httpx.post(
            f"{server.url}/api/v1/events?wait=true",
            json={"site": "alice.example", "events": events},
            headers={"Authorization": f"Bearer {key}"},
            timeout=30,
        ).raise_for_status()
        server.command("backup", str(tmp_path / "backup"))
        exported = server.command("visitor", "export", "alice.example", "--user", ALICE)
        said = server.command("visitor", "erase", "alice.example", "--user", ALICE, "--yes")

        server.command("restore", str(tmp_path / "backup"))
        server.await_restart()

        assert json.loads(exported)["kind"] == "event"
        assert said == "Erased 1 events.\n"
        assert server.command("visitor", "export", "alice.example", "--user", ALICE) == ""
        assert server.command("export", "--site", "alice.example", "--format", "jsonl").count("\n") == 1
        again = server.try_command("erase", "alice.example", "--from", "2020-01-01", "--to", "2050-01-01", "--yes")
        assert again.stdout == "Erased 1 events.\n"
        assert "still holds them: delete replaced-" in again.stderr
