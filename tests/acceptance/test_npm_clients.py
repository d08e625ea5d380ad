"""The clients other products publish on npm, unchanged and run by Node, against `footfall serve`."""

import json
import os
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.acceptance.running import FIREFOX
from tests.serving import PATIENCE_SECONDS, FootfallServer

from footfall.collect.umami import website_id
from footfall.domain import Site

ROOT = Path(__file__).parents[2]
PROGRAMS = Path(__file__).parent / "npm_clients"
IN_EVERY_VISIT_OF_A_PAGE = {
    "source": "news",
    "utm_source": "news",
    "referrer": "https://google.com/search",
    "browser": "Firefox",
    "browser_version": "128.0",
}


@pytest.fixture(scope="module")
def footfall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    if not (ROOT / "node_modules").exists():
        pytest.skip("node_modules is not there")
    with FootfallServer(tmp_path_factory.mktemp("npm") / "data") as server:
        yield server


def add_site(footfall: FootfallServer, domain: str) -> str:
    """Make a site and tell the id Umami's clients know it by."""
    return website_id(Site(id=0, public_id=footfall.add_site(domain), domain=domain))


def run(footfall: FootfallServer, program: str, domain: str, website: str = "", **more: str) -> None:
    """Let Node run the program for a site of its own."""
    environment = more | {
        "FOOTFALL": footfall.url,
        "SITE": domain,
        "WEBSITE": website or add_site(footfall, domain),
        "PAGE": f"https://{domain}/start?utm_source=news#/here",
        "REFERRER": "https://www.google.com/search?q=x",
        "USER_AGENT": FIREFOX,
    }
    command = ["node", str(PROGRAMS / f"{program}.mjs")]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **environment})
    assert done.returncode == 0, done.stderr


def stored(footfall: FootfallServer, domain: str, count: int) -> list[dict[str, Any]]:
    """The site's events, once there are so many."""
    ends_at = time.monotonic() + PATIENCE_SECONDS
    while len(lines := footfall.command("export", "--site", domain, "--format", "jsonl").splitlines()) < count:
        assert time.monotonic() < ends_at, lines
        threading.Event().wait(0.1)
    assert len(lines) == count
    return [json.loads(line) for line in lines]


def of(event: dict[str, Any], *columns: str) -> tuple[Any, ...]:
    return tuple(event[column] for column in columns)


def test_it_stores_what_plausible_tracker_sends(footfall: FootfallServer) -> None:
    run(footfall, "plausible_tracker", "community.test")

    events = stored(footfall, "community.test", 4)
    assert [of(event, "name", "path", "props") for event in events] == [
        ("pageview", "/start#/here", {}),
        ("pageview", "/next#/part", {}),
        ("Signup", "/next#/part", {"plan": "pro", "seats": "3"}),
        ("Elsewhere", "/said", {}),
    ]
    assert {event["hostname"] for event in events} == {"community.test"}
    assert len({event["visitor_id"] for event in events}) == 1
    for event in events:
        assert IN_EVERY_VISIT_OF_A_PAGE.items() <= event.items()


def test_it_stores_what_plausibles_own_client_sends(footfall: FootfallServer) -> None:
    run(footfall, "plausible_analytics_tracker", "official.test")

    events = stored(footfall, "official.test", 5)
    assert sorted(of(event, "name", "path", "props", "is_interactive", "scroll_depth") for event in events) == [
        ("Elsewhere", "/said", {"of": "Elsewhere"}, True, 255),
        ("Order", "/start", {"of": "Order", "plan": "pro"}, False, 255),
        ("engagement", "/start", {"of": "pageview"}, True, 50),
        ("pageview", "/next", {"of": "pageview"}, True, 255),
        ("pageview", "/start", {"of": "pageview"}, True, 255),
    ]
    assert [of(event, "revenue_amount", "revenue_currency") for event in events if event["name"] == "Order"] == [
        (12.5, "EUR")
    ]
    for event in events:
        assert IN_EVERY_VISIT_OF_A_PAGE.items() <= event.items()


def test_it_stores_what_umamis_client_for_servers_sends(footfall: FootfallServer) -> None:
    run(footfall, "umami_node", "umami.test")

    started, view, order = stored(footfall, "umami.test", 3)
    assert of(started, "name", "hostname", "path", "props", "browser") == (
        "Started",
        "(none)",
        "/",
        {"plan": "pro"},
        "",
    )
    assert of(
        view, "name", "hostname", "path", "source", "channel", "referrer", "utm_medium", "language", "screen"
    ) == (
        *("pageview", "umami.test", "/paid", "news", "Email", "https://google.com"),
        *("email", "de-DE", "1280–1599"),
    )
    assert of(order, "name", "path", "visit_id", "revenue_amount", "revenue_currency", "browser") == (
        *("Order", "/paid", view["visit_id"], 12.5, "EUR", "Firefox"),
    )
    assert order["props"] == {
        "plan": "pro",
        "revenue": "12.5",
        "currency": "EUR",
        "at": "1970-01-01T00:00:00.000Z",
        "tag": "b",
    }
    assert started["visitor_id"] != view["visitor_id"]


def test_it_answers_umamis_client_of_its_api(footfall: FootfallServer) -> None:
    if not (ROOT / "node_modules" / "@umami" / "api-client").exists():
        pytest.skip("node_modules is not there")
    domain = "read.test"
    website = add_site(footfall, domain)
    key = footfall.command(
        "key", "create", "--site", domain, "--scope", "stats:read", "--scope", "events:write"
    ).strip()
    for path in ("/start", "/next"):
        send_view(footfall, domain, key, path)
    stored(footfall, domain, 2)

    run(footfall, "umami_api_client", domain, website, KEY=key)


def send_view(footfall: FootfallServer, domain: str, key: str, path: str) -> None:
    event = {"name": "pageview", "url": f"https://{domain}{path}", "visitor": "ann"}
    request = urllib.request.Request(
        f"{footfall.url}/api/v1/events?wait=true",
        json.dumps({"site": domain, "events": [event]}).encode(),
        {"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 202


def test_it_answers_our_own_client(footfall: FootfallServer) -> None:
    domain = "ours.test"
    website = add_site(footfall, domain)
    key = footfall.command("key", "create", "--site", domain, "--scope", "admin").strip()

    run(footfall, "footfall_client", domain, website, KEY=key)

    assert len(stored(footfall, domain, 4)) == 4
