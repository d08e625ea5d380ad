"""The current visitors in the head of a dashboard: pushed, not asked for."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from tests.people import PASSWORD, fresh_install
from tests.serving import FootfallServer

from footfall.metadata import sqlite_url

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
SOONER_THAN_ASKED_MS = 5_000


@pytest.fixture
def public_id(tmp_path: Path) -> str:
    with fresh_install(sqlite_url(tmp_path)) as people:
        people.bring_in_the_cast()
        return people.site.public_id


@pytest.fixture
def footfall(tmp_path: Path, public_id: str) -> Iterator[FootfallServer]:
    with FootfallServer(tmp_path) as server:
        yield server


def visit(footfall: FootfallServer, public_id: str) -> None:
    body = json.dumps({"site": public_id, "name": "pageview", "url": "https://example.com/"}).encode()
    headers = {"User-Agent": FIREFOX}
    urllib.request.urlopen(urllib.request.Request(f"{footfall.url}/api/v1/event", body, headers)).close()


def test_it_shows_a_visitor_at_once(chromium: Browser, footfall: FootfallServer, public_id: str) -> None:
    with chromium.new_context(locale="en-GB") as owner:
        page = owner.new_page()
        page.goto(f"{footfall.url}/sign-in")
        page.get_by_label("E-mail address").fill("bob@example.com")
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_url(f"{footfall.url}/sites**")
        with page.expect_websocket():
            page.goto(f"{footfall.url}/sites/example.com?period=today")
        visit(footfall, public_id)

        expect(page.locator("#current")).to_have_text("1 current visitor", timeout=SOONER_THAN_ASKED_MS)
