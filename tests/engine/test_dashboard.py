"""The dashboard's page on a real store: what events came to, as HTML."""

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.people import Install, fresh_install

from footfall.domain import Event, Site, VisitAttributes
from footfall.store import AppliedEvent, Reader, StoredVisit, Writer
from footfall.web.pages.dashboard import dashboard_router
from footfall.web.rendering import page_templates

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
NOW_MS = int(datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp() * 1000)
HOSTILE = "/<script>alert(1)</script>"
_numbers = itertools.count(1_000_000)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    with fresh_install(tmp_path) as install:
        install.bring_in_the_cast()
        yield install


@pytest.fixture
def site(install: Install, site_id: int) -> Site:
    return msgspec.structs.replace(install.site, id=site_id, created_ms=NOW_MS - 400 * DAY_MS)


@pytest.fixture
def browser(install: Install, site: Site, reader: Reader) -> TestClient:
    app = FastAPI()
    app.include_router(
        dashboard_router(
            install.sites,
            reader,
            page_templates(),
            current_user=lambda: install.alice,
            current_site=lambda: site,
            clock=lambda: NOW_MS,
        )
    )
    return TestClient(app)


def view_of(site: Site, path: str, at_ms: int, country: str = "EE") -> AppliedEvent:
    number, day = next(_numbers), at_ms // DAY_MS
    attributes = VisitAttributes(source="Google", channel="Organic Search", country=country, browser="Firefox")
    event = Event(site.id, number, "pageview", at_ms, at_ms, number, 0, False, site.domain, path, attributes)
    return AppliedEvent(event, StoredVisit(site.id, number, number, at_ms, day, at_ms, at_ms, attributes), day)


@pytest.fixture(autouse=True)
def _visits(writer: Writer, site: Site) -> None:
    last_week = [view_of(site, "/", NOW_MS - DAY_MS - hour * HOUR_MS) for hour in range(3)]
    this_hour = [view_of(site, HOSTILE, NOW_MS - 60_000, "LV"), view_of(site, "/", NOW_MS - HOUR_MS)]
    writer.insert(next(_numbers), f"dashboard {site.id}", [*last_week, *this_hour])


def test_it_shows_what_the_events_come_to(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=7d").text

    assert "<title>3 visitors · example.com · Footfall</title>" in page
    assert "Estonia" in page
    assert "Latvia" not in page


def test_it_escapes_what_visitors_sent(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=today").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_it_filters_by_what_the_address_says(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=today&country=LV").text

    assert "<title>1 visitor ·" in page
    assert "Remove the filter Country Latvia" in page


def test_it_draws_no_comparison_for_all_time(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=all").text

    assert "<title>5 visitors" in page
    assert "Time before" not in page


@pytest.mark.parametrize("period", ["today", "yesterday", "7d", "28d", "30d", "91d", "month", "year", "12mo", "all"])
def test_it_answers_every_period(browser: TestClient, period: str) -> None:
    assert browser.get(f"/sites/example.com?period={period}").status_code == 200


@pytest.mark.parametrize("query", ["page=/", "event=pageview", "hostname=example.com", "entry_page=/", "city!=Riga"])
def test_it_answers_with_every_kind_of_filter(browser: TestClient, query: str) -> None:
    assert browser.get(f"/sites/example.com?{query}").status_code == 200


def test_it_gives_one_card_alone(browser: TestClient) -> None:
    card = browser.get("/sites/example.com/panels/places?period=today&places=country&rows=5").text

    assert card.lstrip().startswith("<section")
    assert "Latvia" in card


def test_it_lists_searches_and_sorts_everything(browser: TestClient) -> None:
    found = browser.get("/sites/example.com/panels/pages/all?period=today&search=SCRIPT&order=pageviews").text

    assert "&lt;script&gt;" in found
    assert "1 row" in found


def test_it_counts_who_is_there_now(browser: TestClient) -> None:
    assert "<b>1</b>" in browser.get("/sites/example.com/current").text


def test_it_shows_what_is_missing_on_a_silent_site(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=custom&from=2025-08-01&to=2025-08-05").text

    assert "No visits in this period" in page
    assert "Nothing here yet" in page
