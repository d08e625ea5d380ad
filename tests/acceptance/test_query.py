"""A whole install is asked about what its owner has named: a goal, its revenue, and a segment."""

from tests.acceptance.running import FIREFOX, Running

from footfall.sites import GoalKind

BUYERS = [["is", "event:goal", ["Ordered"]]]


def test_it_answers_about_goals_and_segments(running: Running) -> None:
    running.install.belongings.goals.add(running.site.id, GoalKind.EVENT, "Order", "Ordered")
    segment = running.install.belongings.segments.add(running.site.id, None, "Buyers", BUYERS)
    order = {"name": "Order", "revenue": {"amount": "49.90", "currency": "EUR"}, "visitor": "anna"}
    said = {"url": "https://alice.example/shop", "user_agent": FIREFOX}
    running.send(said | order, said | {"name": "pageview", "visitor": "bert"})

    question = {
        "site_id": "alice.example",
        "metrics": ["visitors", "conversion_rate", "total_revenue"],
        "date_range": "day",
        "filters": [["is", "segment", [segment.id]]],
    }
    answer = running.http.post(
        "/api/v2/query", json=question, headers={"Authorization": f"Bearer {running.key}"}
    ).json()

    [row] = answer["results"]
    assert row["metrics"][:2] == [1, 50.0]
    assert row["metrics"][2]["long"] == "€49.90"
    assert answer["query"]["filters"] == BUYERS


def test_it_knows_a_site_by_its_previous_domain(running: Running) -> None:
    """Snippets and clients are changed after the site."""
    running.install.sites.update(running.site.id, domain="new.example")
    key = {"Authorization": f"Bearer {running.key}"}
    view = {"name": "pageview", "url": "https://alice.example/", "domain": "alice.example"}

    sent = running.http.post("/api/event", json=view, headers={"User-Agent": FIREFOX})
    batch = running.http.post(
        "/api/v1/events",
        json={
            "site": "alice.example",
            "events": [{"name": "Order", "url": "https://alice.example/", "visitor": "ann"}],
        },
        headers=key,
    )
    running.settle()
    asked = {"site_id": "alice.example", "metrics": ["events"], "date_range": "day"}
    answer = running.http.post("/api/v2/query", json=asked, headers=key)
    older = running.http.get(
        "/api/v1/stats/aggregate",
        params={"site_id": "alice.example", "metrics": "events", "period": "day"},
        headers=key,
    )
    report = running.http.get("/api/v1/sites/alice.example/stats?period=today&metrics=events", headers=key)

    assert (sent.status_code, sent.headers.get("x-plausible-dropped"), batch.json()["accepted"]) == (202, None, 1)
    assert answer.json()["results"] == [{"metrics": [2], "dimensions": []}]
    assert older.json() == {"results": {"events": {"value": 2}}}
    assert report.json()["results"] == [{"events": 2}]
