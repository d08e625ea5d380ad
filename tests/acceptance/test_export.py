"""`/api/v1/sites/PUBLIC_ID/export/events`: raw events as a file, over events that were sent."""

import asyncio
import csv
import io
import json
from typing import Any

import httpx2 as httpx
import pyarrow.parquet as pq
import pytest
from tests.acceptance.running import Running
from tests.faults.waiting import wait_until

from footfall.api.native.export import AT_ONCE, PER_SITE, _Running
from footfall.errors import TooManyRequests
from footfall.store import Statement

FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def sent(running: Running) -> Running:
    running.send(
        {"name": "pageview", "url": "https://alice.example/a", "visitor": "Ada"},
        {"name": FORMULA, "url": "https://alice.example/b", "visitor": "Bo", "props": {"plan": "=1+1\n2"}},
    )
    return running


def export(running: Running, key: str = "", **parameters: Any) -> httpx.Response:
    headers = {"Authorization": f"Bearer {key or running.key}"}
    return running.http.get(
        f"/api/v1/sites/{running.site.public_id}/export/events", params={"period": "all", **parameters}, headers=headers
    )


def test_it_writes_every_event_in_each_format(sent: Running) -> None:
    as_csv, lines, parquet = (export(sent, format=form) for form in ("csv", "jsonl", "parquet"))

    rows = list(csv.DictReader(io.StringIO(as_csv.text)))
    assert sorted(row["path"] for row in rows) == ["/a", "/b"]
    assert sorted(json.loads(line)["path"] for line in lines.text.splitlines()) == ["/a", "/b"]
    assert sorted(pq.read_table(io.BytesIO(parquet.content))["path"].to_pylist()) == ["/a", "/b"]
    assert [answer.headers["footfall-rows"] for answer in (as_csv, lines, parquet)] == ["2"] * 3
    assert 'filename="events.csv"' in as_csv.headers["content-disposition"]
    assert not {"site_id", "batch_id", "visit_opened_at"} & set(rows[0])


def test_it_writes_no_formula(sent: Running) -> None:
    rows = csv.DictReader(io.StringIO(export(sent, filter="page:is:/b").text))

    (row,) = rows
    assert row["name"] == f"'{FORMULA}"
    assert not any(value.startswith(("=", "+", "@", "\t", "\r", "\n")) for value in row.values())
    assert json.loads(export(sent, format="jsonl", filter="page:is:/b").text)["name"] == FORMULA


def test_it_filters_as_reports_do(sent: Running) -> None:
    answer = export(sent, format="jsonl", filter=[f"event:is:{FORMULA}", "property.plan:contains:1+1"])

    assert json.loads(answer.text)["path"] == "/b"
    assert answer.headers["footfall-rows"] == "1"
    assert export(sent, format="jsonl", filter="page:is:/nowhere").text == ""
    assert export(sent, period="yesterday", format="jsonl").text == ""


@pytest.mark.parametrize(
    ("parameters", "field"),
    [
        ({"format": "xlsx"}, "format"),
        ({"filter": "page:like:/"}, "filter"),
        ({"filter": "page:matches:("}, "filter"),
        ({"period": "7 days"}, "period"),
        ({"from": "2026-01-01"}, "from"),
        ({"metrics": "visitors"}, "metrics"),
    ],
)
def test_it_names_the_parameter_that_is_wrong(sent: Running, parameters: dict[str, str], field: str) -> None:
    answer = export(sent, **parameters)

    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_it_is_for_keys_that_read_the_site(sent: Running) -> None:
    other = sent.install.sites.create("charlie.example")
    stranger = sent.install.people.keys.create(["stats:read"], site_id=other.id)
    sender = sent.install.people.keys.create(["events:write"], site_id=sent.site.id)

    assert export(sent, stranger).status_code == 404
    assert export(sent, sender).status_code == 403
    assert sent.http.get(f"/api/v1/sites/{sent.site.public_id}/export/events").status_code == 401


async def test_it_bounds_how_many_run_at_once() -> None:
    running = _Running()
    held = [running.streamed(1, iter([b"a", b"b"])) for _ in range(PER_SITE)]
    held += [running.streamed(site, iter([b"a", b"b"])) for site in range(2, 2 + AT_ONCE - PER_SITE)]
    for one in held:
        await anext(one)

    for site in (1, 99):
        with pytest.raises(TooManyRequests):
            await anext(running.streamed(site, iter([b"a"])))
    await held[0].aclose()

    assert await anext(running.streamed(1, iter([b"a"]))) == b"a"


async def test_it_ends_the_query_of_a_caller_who_leaves_while_it_works(running: Running) -> None:
    reader = running.install.storage.reader
    endless = Statement("endless", "SELECT number FROM numbers(1000000000000) WHERE cityHash64(number) = 3")
    counting = Statement("count", "SELECT count() FROM system.processes WHERE startsWith(query, '/* endless')")
    blocks = _Running().streamed(1, reader.stream(endless, "Parquet"))
    asked = asyncio.ensure_future(anext(blocks))
    await asyncio.to_thread(wait_until, lambda: reader.run(counting) == [(1,)], 10, "the query ran")

    asked.cancel()

    with pytest.raises(asyncio.CancelledError):
        await asked
    assert reader.run(counting) == [(0,)]
