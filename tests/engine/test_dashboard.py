"""The dashboard's page on a real store: what events came to, as HTML."""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from tests.people import Install, fresh_install

from footfall import query
from footfall.app.rebuilding import Progress, RebuildState
from footfall.domain import Event, Site, VisitAttributes
from footfall.metadata import sqlite_url
from footfall.query import Answer, Vocabulary
from footfall.reports.panels import PANELS
from footfall.sites import GoalKind, Segment
from footfall.store import AppliedEvent, Reader, StoredVisit, Writer
from footfall.web.page_in_parts import GAP
from footfall.web.pages.dashboard import DashboardPages, dashboard_router
from footfall.web.pages.filters import filters_router
from footfall.web.pages.seen import Seen
from footfall.web.rendering import page_templates

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
NOW_MS = int(datetime(2026, 3, 10, 12, tzinfo=UTC).timestamp() * 1000)
HOSTILE = "/<script>alert(1)</script>"
_numbers = itertools.count(1_000_000)


@pytest.fixture
def install(tmp_path: Path) -> Iterator[Install]:
    with fresh_install(sqlite_url(tmp_path)) as install:
        install.bring_in_the_cast()
        yield install


@pytest.fixture
def site(install: Install, site_id: int) -> Site:
    return msgspec.structs.replace(install.site, id=site_id, created_ms=NOW_MS - 400 * DAY_MS)


@pytest.fixture
def browser(install: Install, site: Site, reader: Reader) -> TestClient:
    app = FastAPI()
    pages = DashboardPages(reader, page_templates(), lambda: NOW_MS, over_time=query.ask_over_time)
    goals = [install.goals.add(install.site.id, GoalKind.PAGE, "/")]
    blog = Segment(3, site.id, None, "Front", [["is", "event:page", ["/"]]], 0)
    seen = Seen(site, [site], [blog], goals)
    app.include_router(
        dashboard_router(pages, seen=lambda: seen, current_site=lambda: site),
    )
    app.include_router(filters_router(pages, seen=lambda: seen))
    return TestClient(app)


def view_of(site: Site, path: str, at_ms: int, country: str = "EE", region: str = "") -> AppliedEvent:
    number, day = next(_numbers), at_ms // DAY_MS
    attributes = VisitAttributes(
        source="Google", channel="Organic Search", country=country, region=region, browser="Firefox"
    )
    event = Event(site.id, number, "pageview", at_ms, at_ms, number, 0, False, site.domain, path, attributes)
    return AppliedEvent(event, StoredVisit(site.id, number, number, at_ms, day, at_ms, at_ms, attributes), day)


@pytest.fixture(autouse=True)
def _visits(writer: Writer, site: Site) -> None:
    last_week = [view_of(site, "/", NOW_MS - DAY_MS - hour * HOUR_MS) for hour in range(3)]
    this_hour = [view_of(site, HOSTILE, NOW_MS - 60_000, "LV"), view_of(site, "/", NOW_MS - HOUR_MS)]
    writer.insert(next(_numbers), f"dashboard {site.id}", [*last_week, *this_hour])


def test_it_shows_what_the_events_come_to(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=7d").text

    assert 'data-title="3 visitors · example.com · Footfall"' in page
    assert "Estonia" in page
    assert "Latvia" not in page


def test_it_sends_one_page_however_many_parts_it_has(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=7d").text

    assert page.index("</header>") < page.index('class="figures') < page.index('class="panels"') < page.index("</html>")
    assert page.count("</main>") == 1
    assert str(GAP) not in page


def test_it_gives_a_swapped_view_its_figures_first_and_its_cards_after(browser: TestClient) -> None:
    swapped = {"hx-request": "true"}

    view = browser.get("/sites/example.com?period=7d&country=EE", headers=swapped).text
    cards = browser.get("/sites/example.com/panels?period=7d&country=EE", headers=swapped).text

    assert 'data-title="3 visitors' in view
    assert 'hx-get="/sites/example.com/panels?period=7d&amp;country=EE"' in view
    assert 'id="panel-sources"' not in view
    assert cards.count('<section class="panel') == len(PANELS)
    assert "<html" not in cards


def test_it_gives_a_view_gone_back_to_as_a_whole(browser: TestClient) -> None:
    page = browser.get("/sites/example.com", headers={"hx-request": "true", "hx-history-restore-request": "true"}).text

    assert 'id="panel-sources"' in page


@pytest.mark.parametrize("address", ["", "?country=EE", "?country=EE&places=country", "?compare=previous"])
def test_it_asks_nothing_twice(install: Install, site: Site, reader: Reader, address: str) -> None:
    asked: list[str] = []

    async def ask(reader: Reader, site: Site, question: dict[str, Any], now: datetime, named: Vocabulary) -> Answer:
        asked.append(str((question.get("dimensions"), question["date_range"], question["filters"])))
        return await query.ask(reader, site, question, now, named)

    app = FastAPI()
    pages = DashboardPages(reader, page_templates(), lambda: NOW_MS, ask=ask)
    app.include_router(dashboard_router(pages, seen=lambda: Seen(site, [site]), current_site=lambda: site))

    assert TestClient(app).get(f"/sites/example.com{address}").status_code == 200

    assert len(asked) > 5
    assert sorted(asked) == sorted(set(asked))


def test_it_tells_how_far_a_rebuild_is(reader: Reader, site: Site) -> None:
    app = FastAPI()
    state = RebuildState(is_done=False, channels=Progress(0, 0), rollups=Progress(12, 90))
    pages = DashboardPages(reader, page_templates(), lambda: NOW_MS, rebuild_of=lambda site: state)
    app.include_router(dashboard_router(pages, seen=lambda: Seen(site, [site]), current_site=lambda: site))

    page = TestClient(app).get("/sites/example.com").text

    assert '<progress id="rebuild-progress" max="90" value="12">' in page


def test_it_escapes_what_visitors_sent(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=today").text

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_it_filters_by_what_the_address_says(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=today&country=LV").text

    assert 'data-title="1 visitor ·' in page
    assert "Remove the filter Country is Latvia" in page


def test_it_draws_no_comparison_for_all_time(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=all").text

    assert 'data-title="5 visitors' in page
    assert "Compared with</th>" not in page


@pytest.mark.parametrize("period", ["today", "yesterday", "7d", "28d", "30d", "91d", "month", "year", "12mo", "all"])
def test_it_answers_every_period(browser: TestClient, period: str) -> None:
    assert browser.get(f"/sites/example.com?period={period}").status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        *("page=/", "event=pageview", "hostname=example.com", "entry_page=/", "city!=Riga", "language=et"),
        *("page~=b", "page!~:i=B", "page*=^/$", "page!*=^/x", "screen=900x700", "browser_version=1", "os_version!=1"),
        *("goal=Visit /", "goal~=Visit", "segment=3", "segment=3&goal=Visit /", "property.plan=pro", "page=/&page=/a"),
        *("events=properties", "events=property.plan", "machines=crawlers", "devices=screen", "pages=hostname"),
        *("compare=year", "compare=none", "compare=previous&match=weekday", "period=all&compare=year"),
        "compare=custom&compare_from=2026-01-01&compare_to=2026-02-01&goal=Visit /",
    ],
)
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


def test_it_shows_changes_where_a_comparison_was_chosen(browser: TestClient) -> None:
    compared = "compare=custom&compare_from=2026-03-09&compare_to=2026-03-09"
    page = browser.get(f"/sites/example.com?period=today&{compared}").text

    assert "Mon, 9 Mar 2026" in page
    assert '<span class="change is-worse">−67%</span>' in page  # Google: 1 visitor of 3


def test_it_says_what_is_wrong_with_a_pattern_and_keeps_the_filters(browser: TestClient) -> None:
    answer = browser.get("/sites/example.com?page*=[")

    assert answer.status_code == 400
    assert "Invalid regular expression" in answer.text
    assert "Remove the filter Page matches [" in answer.text


def test_it_says_so_where_a_segment_is_gone(browser: TestClient) -> None:
    answer = browser.get("/sites/example.com?segment=99")

    assert answer.status_code == 400
    assert "The segment 99 does not exist" in answer.text


def test_it_tells_what_a_goal_came_to(browser: TestClient) -> None:
    page = browser.get("/sites/example.com?period=7d&goal=Visit /").text

    assert 'data-title="3 visitors' in page
    assert ">Conversion rate</span>" in page


def test_it_offers_values_the_data_have(browser: TestClient) -> None:
    form = browser.get("/sites/example.com/filter?period=today&dimension=country&q=latv").text

    assert "Latvia" in form
    assert "Estonia" not in form


@pytest.mark.parametrize(
    ("search", "language", "found"),
    [
        ("rig", "en", ["LV-RIX"]),
        ("bavar", "en", ["DE-BY"]),
        ("bavar", "de", []),
        ("thuring", "de", ["DE-TH"]),
        ("LV-", "en", ["LV-RIX"]),
    ],
)
def test_it_finds_regions_by_their_name_on_screen(
    browser: TestClient, writer: Writer, site: Site, search: str, language: str, found: list[str]
) -> None:
    regions = [view_of(site, "/", NOW_MS - 60_000, code[:2], code) for code in ("LV-RIX", "DE-BY", "DE-TH")]
    writer.insert(next(_numbers), f"regions {site.id}", regions)
    form = browser.get(
        f"/sites/example.com/filter?period=today&dimension=region&q={search}", headers={"accept-language": language}
    ).text

    assert re.findall(r'name="value" value="(..-[A-Z]+)"', form) == found


def test_it_leads_from_the_form_to_the_view(browser: TestClient) -> None:
    sent = "period=7d&country=LV&replaces=country&dimension=country&operator=is_not&value=EE&value=LV&apply=1"
    answer = browser.get(f"/sites/example.com/filter?{sent}", follow_redirects=False)

    assert answer.status_code == 303
    assert answer.headers["location"] == "/sites/example.com?period=7d&country!=EE&country!=LV"


def test_it_takes_what_was_typed_as_a_text_to_find(browser: TestClient) -> None:
    sent = "dimension=page&operator=contains&q=/blog/&any_case=1&apply=1"
    answer = browser.get(f"/sites/example.com/filter?{sent}", follow_redirects=False)

    assert answer.headers["location"] == "/sites/example.com?page~:i=/blog/"


def test_it_tells_of_a_pattern_that_is_none_before_it_is_used(browser: TestClient) -> None:
    form = browser.get("/sites/example.com/filter?dimension=page&operator=matches&q=[").text

    assert "Invalid regular expression" in form


def test_it_gives_a_list_as_a_file(browser: TestClient) -> None:
    file = browser.get("/sites/example.com/panels/pages/all.csv?period=today&order=pageviews")

    assert file.headers["content-type"].startswith("text/csv")
    assert file.text.splitlines()[0].startswith("Page,Visitors,Views")
    assert len(file.text.splitlines()) == 3


def test_it_draws_a_line_for_each_page(browser: TestClient) -> None:
    card = browser.get("/sites/example.com/panels/pages?period=7d&rows=9&sparks=1").text

    assert card.count('class="row-spark"') == 1
    assert '<path d="M' in card


@pytest.mark.parametrize(
    "list_path", ["pages/all?pages=page", "pages/all?pages=exit_page", "events/all?events=properties"]
)
@pytest.mark.parametrize("query", ["goal=Visit /", "page=/", "segment=3"])
def test_it_lists_everything_whatever_is_filtered_by(browser: TestClient, list_path: str, query: str) -> None:
    assert browser.get(f"/sites/example.com/panels/{list_path}&{query}&order=exit_rate").status_code == 200
