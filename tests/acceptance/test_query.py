"""A whole install is asked about what its owner has named: a goal, its revenue, and a segment."""

from tests.acceptance.running import FIREFOX, Running

from footfall.sites import GoalKind

BUYERS = [["is", "event:goal", ["Ordered"]]]


def test_it_answers_about_goals_and_segments(running: Running) -> None:
    running.install.goals.add(running.site.id, GoalKind.EVENT, "Order", "Ordered")
    segment = running.install.segments.add(running.site.id, None, "Buyers", BUYERS)
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
