"""Rollups in a running install: they tell what the events tell, and know nothing of a visitor who was erased."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tests.acceptance.running import Running
from tests.column_files import files_holding

ALICE, BOB = "customer-481", "customer-482"
DAYS_AGO = 70  # so that a whole month has closed since


def fill(running: Running) -> None:
    """Alice and Bob each saw a page on every day since."""
    now = datetime.now(UTC)
    ages = range(1, DAYS_AGO)
    views: list[dict[str, Any]] = [
        {"name": "pageview", "url": "https://alice.example/", "visitor": visitor, "timestamp": at.isoformat()}
        for at in (now - timedelta(age) for age in ages)
        for visitor in (ALICE, BOB)
    ]
    running.send(*views)
    running.install.storage.finaliser.run([running.site], running.install.clock() + 24 * 3_600_000)


def visitors(running: Running) -> list[int]:
    key = running.install.people.keys.create(["stats:read"], site_id=running.site.id)
    question = {"site_id": running.site.domain, "metrics": ["visitors", "pageviews"], "date_range": "100d"}
    answer = running.http.post("/api/v2/query", json=question, headers={"Authorization": f"Bearer {key}"})
    figures: list[int] = answer.json()["results"][0]["metrics"]
    return figures


def test_it_forgets_an_erased_visitor_in_rollups_too(running: Running) -> None:
    fill(running)
    visitor_id = running.install.visitors.lasting_ids.ever(running.site, ALICE)[0]
    packed = visitor_id.to_bytes(8, "little")
    folder = running.install.settings.data_dir
    before, held_before = visitors(running), files_holding(folder, packed)

    running.install.rights.erase(running.site, [visitor_id])
    held_after = files_holding(folder, packed)
    running.install.storage.finaliser.run([running.site], running.install.clock() + 24 * 3_600_000)

    assert before == [2, 2 * (DAYS_AGO - 1)]
    assert held_before
    assert held_after == []
    assert running.rows("uniqExact(generation)", "monthly_visits") == [(1,)]
    assert running.rows("max(length(other_visitors))", "daily_visits") == [(1,)]
