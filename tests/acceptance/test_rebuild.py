"""footfall rebuild: rollups from events again."""

from pathlib import Path
from typing import Any

import httpx2 as httpx
from tests.faults.waiting import wait_until
from tests.serving import FootfallServer

from footfall.settings import load_secrets

DAYS = [f"2026-{month:02}-10T12:00:00Z" for month in range(1, 4)]


def test_it_rolls_up_the_closed_days_and_months_of_a_site(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        server.command("site", "add", "alice.example", "--timezone", "Europe/Berlin")
        views = [{"name": "pageview", "url": "https://alice.example/a", "timestamp": at} for at in DAYS]
        key = server.command("key", "create", "--site", "alice.example", "--scope", "events:write").strip()
        httpx.post(
            f"{server.url}/api/v1/events?wait=true",
            json={"site": "alice.example", "events": views},
            headers={"Authorization": f"Bearer {key}"},
            timeout=30,
        )

        first = server.command("rebuild", "alice.example")
        second = server.command("rebuild", "--all")
        before = server.command("rebuild", "alice.example", "--status")
        moved = change_zone(server, "alice.example", "Pacific/Auckland")
        wait_until(lambda: rebuild_of(server, moved["public_id"])["is_done"], 60, "rollups in the new zone")
        after = rebuild_of(server, moved["public_id"])
        of_march = visitors_by_day(server, "alice.example")

    # The month of the last day is not known to be over: nothing came after it.
    assert first.strip() == second.strip() == "Rolled up 5 days and months."
    assert before.startswith("alice.example: up to date; 3 of 3 closed days rolled up")
    assert moved["timezone"] == "Pacific/Auckland"
    assert after["channels"] == {"months_done": 0, "months": 0}
    assert of_march == [["2026-03-11"]]  # noon in UTC is the next day there


def test_it_shows_the_state_of_a_site_to_its_own_keys_only(tmp_path: Path) -> None:
    with FootfallServer(tmp_path / "data") as server:
        for domain in ("alice.example", "charlie.example"):
            server.command("site", "add", domain)
        key = server.command("key", "create", "--site", "charlie.example", "--scope", "stats:read").strip()
        url = f"{server.url}/api/v1/sites/alice.example/rebuild"

        without, of_another = (
            httpx.get(url, headers=headers, timeout=30) for headers in ({}, {"Authorization": f"Bearer {key}"})
        )

    assert (without.status_code, of_another.status_code) == (401, 401)


def as_owner(server: FootfallServer) -> dict[str, str]:
    return {"Authorization": f"Bearer {load_secrets(server.data_dir).local_token}"}


def change_zone(server: FootfallServer, domain: str, timezone: str) -> dict[str, Any]:
    url = f"{server.url}/api/v1/sites/{domain}"
    changed = httpx.put(url, json={"timezone": timezone}, headers=as_owner(server), timeout=30)
    found: dict[str, Any] = changed.raise_for_status().json()
    return found


def rebuild_of(server: FootfallServer, public_id: str) -> dict[str, Any]:
    url = f"{server.url}/api/v1/sites/{public_id}/rebuild"
    found: dict[str, Any] = httpx.get(url, headers=as_owner(server), timeout=30).raise_for_status().json()
    return found


def visitors_by_day(server: FootfallServer, domain: str) -> list[list[str]]:
    question = {
        "site_id": domain,
        "metrics": ["visitors"],
        "dimensions": ["time:day"],
        "date_range": ["2026-03-01", "2026-03-31"],
    }
    answer = httpx.post(f"{server.url}/api/v2/query", json=question, headers=as_owner(server), timeout=30)
    return [row["dimensions"] for row in answer.raise_for_status().json()["results"]]
