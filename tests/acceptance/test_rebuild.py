"""footfall rebuild: rollups from events again; and what is brought up to date in the background."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2 as httpx
from tests.acceptance.running import Running
from tests.serving import FootfallServer

from footfall.domain.calendar import date_of

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
        state = server.command("rebuild", "alice.example", "--status")

    # The month of the last day is not known to be over: nothing came after it.
    assert first.strip() == second.strip() == "Rolled up 5 days and months."
    assert state.startswith("alice.example: up to date; 3 of 3 closed days rolled up")


def test_it_shows_the_days_of_another_zone_at_once_and_tells_how_far_it_is(running: Running) -> None:
    key = running.install.people.keys.create(["sites:read", "sites:write", "stats:read"], site_id=running.site.id)
    now_ms = running.install.clock()
    noon_ms = now_ms - now_ms % 86_400_000 - 10 * 86_400_000 + 43_200_000
    running.key = running.install.people.keys.create(["events:write"], site_id=running.site.id)
    running.send({"name": "pageview", "url": "https://alice.example/a", "visitor": "Ada", "timestamp": noon_ms})
    running.install.storage.finaliser.run([running.site], now_ms)
    before, state_before = days_of(running, key), state_of(running, key)

    changed = ask(running, key, "PUT", f"/api/v1/sites/{running.site.domain}", {"timezone": "Pacific/Auckland"})
    at_once, under_way = days_of(running, key), state_of(running, key)
    running.install.rebuilder.run()
    done, state_done = days_of(running, key), state_of(running, key)

    assert changed["timezone"] == "Pacific/Auckland"
    assert state_before["is_done"]
    assert under_way == {"is_done": False, "channels": {"months_done": 0, "months": 0}, "rollups": under_way["rollups"]}
    assert under_way["rollups"]["days_done"] == 0
    assert at_once == done
    assert (before[0], done[0]) == day_before_and_after(noon_ms)
    assert state_done["is_done"]


def test_it_hides_the_state_of_a_site_from_strangers(running: Running) -> None:
    other = running.install.sites.create("charlie.example")
    key = running.install.people.keys.create(["sites:read"], site_id=other.id)
    url = f"/api/v1/sites/{running.site.public_id}/rebuild"

    without = running.http.get(url)
    of_another = running.http.get(url, headers={"Authorization": f"Bearer {key}"})

    assert (without.status_code, of_another.status_code) == (401, 404)


def ask(running: Running, key: str, method: str, path: str, body: Any = None) -> Any:
    answer = running.http.request(method, path, json=body, headers={"Authorization": f"Bearer {key}"})
    return answer.raise_for_status().json()


def state_of(running: Running, key: str) -> dict[str, Any]:
    found: dict[str, Any] = ask(running, key, "GET", f"/api/v1/sites/{running.site.public_id}/rebuild")
    return found


def days_of(running: Running, key: str) -> list[str]:
    question = {"site_id": "alice.example", "metrics": ["visitors"], "dimensions": ["time:day"], "date_range": "30d"}
    return [row["dimensions"][0] for row in ask(running, key, "POST", "/api/v2/query", question)["results"]]


def day_before_and_after(noon_ms: int) -> tuple[str, str]:
    """The day of a noon in UTC, and the next one, which has begun in New Zealand by then."""
    day = date_of(noon_ms // 86_400_000)
    return day.isoformat(), (day + timedelta(days=1)).isoformat()
