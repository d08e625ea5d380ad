"""GET /metrics: where every event went."""

import re

from tests.acceptance.running import Running


def read(running: Running) -> dict[str, float]:
    headers = {"Authorization": f"Bearer {running.install.secrets.local_token}"}
    answer = running.http.get("/metrics", headers=headers)
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    return {name: float(value) for name, value in re.findall(r"^(footfall\S+(?: \w+\"})?) (\S+)$", answer.text, re.M)}


def test_it_accounts_for_every_event(running: Running) -> None:
    view = {"name": "pageview", "url": "https://alice.example/", "visitor": "v", "timestamp": "2026-01-01T00:00:00Z"}
    alone = view | {"name": "engagement", "engagement_time_ms": 10, "visitor": "nobody"}
    running.send(view | {"id": "1"}, view | {"id": "1"}, view | {"url": 5}, view | {"timestamp": "1999-01-01"}, alone)
    running.visit(headers={"Sec-GPC": "1"})
    running.visit()
    running.settle()

    figures = read(running)

    dropped = sum(value for name, value in figures.items() if name.startswith("footfall_events_dropped_total"))
    lost = figures["footfall_events_rejected_total"] + figures["footfall_events_duplicate_total"] + dropped
    assert figures["footfall_events_received_total"] == figures["footfall_events_stored_total"] + lost
    assert figures['footfall_events_dropped_total{reason="opted_out"}'] == 1
    assert figures['footfall_events_dropped_total{reason="too_old"}'] == 1
    assert figures['footfall_events_dropped_total{reason="no_visit"}'] == 1
    assert figures["footfall_events_rejected_total"] == 1
    assert figures["footfall_events_duplicate_total"] == 1


def test_it_times_each_step_by_name(running: Running) -> None:
    running.visit(headers={"Sec-GPC": "1"})
    running.visit()

    figures = read(running)

    assert figures['footfall_step_calls_total{step="consent"}'] == 2
    assert figures['footfall_step_calls_total{step="identity"}'] == 1
    assert figures['footfall_step_seconds_total{step="consent"}'] > 0


def test_it_is_not_for_strangers(running: Running) -> None:
    assert running.http.get("/metrics").status_code == 401
    assert running.http.get("/metrics", headers={"Authorization": f"Bearer {running.key}"}).status_code == 403
