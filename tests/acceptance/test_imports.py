"""`/api/v1/sites/PUBLIC_ID/imports`: an export of Plausible, and the seam between it and the site's own events."""

from collections.abc import Iterator
from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running, running_by
from tests.faults.waiting import wait_until
from tests.people import ManualClock
from tests.plausible_export import FILES, packed

from footfall.settings import Settings

NOW_MS = 1_772_712_000_000  # 2026-03-05, noon
DAY_MS = 86_400_000


class Imports:
    """Own events since 2 March, twenty hours into it; two imported days, of which only the first is left to count."""

    def __init__(self, running: Running) -> None:
        self.running = running
        self.key = running.install.people.keys.create(
            ["sites:write", "stats:read", "events:write"], site_id=running.site.id
        )
        running.key = self.key
        own = {"name": "pageview", "url": "https://alice.example/own", "timestamp": NOW_MS - 3 * DAY_MS}
        running.send(own | {"visitor": "Ada"}, own | {"visitor": "Bo"})
        self.added = self.add()

    def call(self, method: str, path: str, **options: Any) -> httpx.Response:
        headers = {"Authorization": f"Bearer {self.key}"}
        return self.running.http.request(method, path, headers=headers, **options)

    def add(self, content: bytes = b"") -> httpx.Response:
        path = f"/api/v1/sites/{self.running.site.public_id}/imports"
        return self.call("POST", path, content=content or packed())

    def ask(self, *metrics: str, by: str = "", imports: bool = True, **more: Any) -> Any:
        question = {
            "site_id": "alice.example",
            "metrics": list(metrics),
            "date_range": ["2026-03-01", "2026-03-05"],
            "dimensions": [by] if by else [],
            **more,
            "include": {"imports": imports, **more.get("include", {})},
        }
        answer = self.call("POST", "/api/v2/query", json=question)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def rows(self, *metrics: str, by: str = "", **more: Any) -> dict[str, list[Any]]:
        results = self.ask(*metrics, by=by, **more)["results"]
        return {"".join(row["dimensions"]): row["metrics"] for row in results}


@pytest.fixture(scope="module")
def imports(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Imports]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("imports") / "data", apply_interval_ms=10, max_memory_mb=800)
    with running_by(settings, ManualClock(NOW_MS)) as running:
        yield Imports(running)


def test_it_lists_what_was_imported(imports: Imports) -> None:
    listed = imports.call("GET", f"/api/v1/sites/{imports.running.site.public_id}/imports").json()["imports"]

    assert imports.added.status_code == 201
    assert listed == [imports.added.json()]
    assert (listed[0]["from"], listed[0]["to"], listed[0]["origin"]) == ("2026-03-01", "2026-03-02", "plausible")


def test_it_adds_imported_days_before_the_first_of_its_own(imports: Imports) -> None:
    figures = ("visitors", "visits", "pageviews", "bounce_rate", "visit_duration", "events")

    # 10 imported visitors and two of its own; 4 of 12 visits bounced there, both of its own do.
    assert imports.rows(*figures) == {"": [12, 14, 32, 43, 43, 32]}
    assert imports.rows(*figures, imports=False) == {"": [2, 2, 2, 100, 0, 2]}
    assert imports.ask("visitors")["meta"] == {"imports_included": True}
    assert imports.rows("visitors", by="time:day") == {"2026-03-01": [10], "2026-03-02": [2]}


@pytest.mark.parametrize("is_rolled_up", [False, True])
def test_it_adds_them_by_one_dimension(imports: Imports, is_rolled_up: bool) -> None:
    if is_rolled_up:
        imports.running.install.storage.finaliser.run([imports.running.site], NOW_MS)

    assert imports.rows("visitors", "percentage", by="visit:source") == {
        "Google": [6, 50.0],
        "Direct / None": [6, 50.0],
    }
    assert imports.rows("visitors", "pageviews", "bounce_rate", by="event:page") == {
        "/": [9, 18, 33],
        "/mail/:email": [4, 12, 0],
        "/own": [2, 2, 100],
    }
    assert imports.rows("visitors", filters=[["is", "visit:source", ["Google"]]]) == {"": [6]}
    assert imports.rows("visitors", by="visit:channel")["Organic Search"] == [6]
    assert imports.rows("visits", by="visit:os") == {"Android": [12], "(not set)": [2]}


@pytest.mark.parametrize(
    ("question", "reason"),
    [
        ({"metrics": ["visitors"], "dimensions": ["visit:source", "visit:os"]}, "unsupported_query"),
        ({"metrics": ["visitors"], "dimensions": ["visit:language"]}, "unsupported_query"),
        ({"metrics": ["visitors"], "filters": [["has_done", ["is", "event:page", ["/own"]]]]}, "unsupported_query"),
        ({"metrics": ["visitors"], "dimensions": ["event:props:plan"]}, "unsupported_query"),
        ({"metrics": ["time_on_page"], "dimensions": ["event:page"]}, "unsupported_query"),
        ({"metrics": ["visitors"], "dimensions": ["time:hour"]}, "unsupported_interval"),
        ({"metrics": ["visitors"], "date_range": ["2026-03-02", "2026-03-05"]}, "out_of_range"),
    ],
)
def test_it_says_why_it_leaves_them_out(imports: Imports, question: dict[str, Any], reason: str) -> None:
    metrics = question.pop("metrics")

    meta = imports.ask(*metrics, **question)["meta"]

    assert (meta["imports_included"], meta["imports_skip_reason"]) == (False, reason)
    assert meta["imports_warning"]


def test_it_begins_with_them_and_compares_them(imports: Imports) -> None:
    whole = imports.ask("visitors", date_range="all")
    compared = imports.ask(
        "visitors",
        date_range=["2026-03-02", "2026-03-02"],
        include={"comparisons": {"mode": "previous_period"}},
    )

    assert whole["query"]["date_range"][0] == "2026-03-01T00:00:00+01:00"
    assert whole["results"][0]["metrics"] == [12]
    assert compared["results"][0]["comparison"]["metrics"] == [10]


def test_it_shows_them_to_other_clients_and_on_the_dashboard(imports: Imports) -> None:
    v1 = {"site_id": "alice.example", "period": "custom", "date": "2026-03-01,2026-03-05", "with_imported": "true"}
    aggregate = imports.call("GET", "/api/v1/stats/aggregate", params=v1).json()
    hours = {**v1, "filters": "event:props:plan==pro"}
    stats = {"from": "2026-03-01", "to": "2026-03-05", "metrics": "visitors", "imports": "true"}
    path = f"/api/v1/sites/{imports.running.site.public_id}"
    native = imports.call("GET", f"{path}/stats", params=stats).json()
    left_out = imports.call("GET", f"{path}/languages", params=stats).json()["meta"]
    imports.running.install.people.accounts.create_owner("alice@alice.example", "correct horse battery")
    imports.running.install.sites.refresh()
    imports.running.http.post("/sign-in", data={"email": "alice@alice.example", "password": "correct horse battery"})
    page = imports.running.http.get("/sites/alice.example/panels/pages?from=2026-03-01&to=2026-03-05")

    assert aggregate == {"results": {"visitors": {"value": 12}}}
    assert "warning" in imports.call("GET", "/api/v1/stats/aggregate", params=hours).json()
    assert native["results"] == [{"visitors": 12}]
    assert native["meta"]["imports_included"] is True
    assert (left_out["imports_included"], left_out["imports_skip_reason"]) == (False, "unsupported_query")
    assert "/mail/:email" in page.text


@pytest.mark.parametrize(
    ("view", "says"),
    [
        ("", ""),
        ("&source=Google", ""),
        ("&from=2026-03-02", ""),
        ("&source=Google&os=Android", "Imported data are left out: they are totals of days by one dimension"),
        ("&interval=hour", "The chart leaves out imported data"),
    ],
)
def test_it_tells_on_the_dashboard_what_they_are_left_out_of(imports: Imports, view: str, says: str) -> None:
    begins = "" if "from=" in view else "&from=2026-03-01"
    page = imports.running.http.get(f"/sites/alice.example?period=custom&to=2026-03-05{begins}{view}").text

    assert (says or "mported data") in page if says else "mported data" not in page.partition('class="panels"')[0]


def test_it_tells_of_each_list_that_they_are_left_out(imports: Imports) -> None:
    span = "period=custom&from=2026-03-01&to=2026-03-05"
    lists = {
        name: imports.running.http.get(f"/sites/alice.example/panels/{name}?{span}").text
        for name in ("sources", "pages")
    }
    hosts = imports.running.http.get(f"/sites/alice.example/panels/pages?{span}&pages=hostname").text

    assert ["without imported data" in text for text in (*lists.values(), hosts)] == [False, False, True]


def test_it_imports_no_day_twice_and_forgets_what_is_deleted(imports: Imports) -> None:
    again = imports.add()
    other_year = FILES["visitors"].replace("2026-03", "2025-03").replace("20,50", "x,50")
    damaged = imports.add(packed({"visitors": other_year}))
    path = f"/api/v1/sites/{imports.running.site.public_id}/imports"
    by_command = {"Authorization": f"Bearer {imports.running.install.secrets.local_token}"}
    assert imports.running.http.get(path, headers=by_command).status_code == 200
    listed = imports.call("GET", path).json()["imports"]
    gone = [imports.call("DELETE", f"{path}/{imports.added.json()['id']}").status_code for _ in range(2)]

    assert (again.status_code, damaged.status_code, len(listed)) == (409, 400, 1)
    assert gone == [200, 404]
    entries, _ = imports.running.install.people.audit_log.of_site(imports.running.site.id, limit=100)
    told = [(one.action, one.detail["origin"], one.actor) for one in entries if one.action.startswith("import ")]
    assert told == [(f"import {done}", "plausible", "key of the site") for done in ("deleted", "added")]

    def left() -> Any:
        return imports.ask("visitors")["meta"].get("imports_skip_reason")

    wait_until(lambda: left() == "no_imported_data", 5, "the answer without them")
