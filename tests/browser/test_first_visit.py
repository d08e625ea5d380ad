"""The main job: start Footfall, make an account, add a site, paste the snippet, watch the first visitor arrive."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.axe import violations
from tests.browser.serving import SmallSite
from tests.serving import FootfallServer

EMAIL, PASSWORD = "alice@alice.example", "correct horse battery"
# A browser that calls itself headless is a bot to us.
CHROME = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36"


@pytest.fixture
def footfall(tmp_path: Path) -> Iterator[FootfallServer]:
    with FootfallServer(tmp_path / "data") as server:
        yield server


def edge_of(page: Page, field: str) -> str:
    """The colour of a field's edge."""
    colour: str = page.locator(field).evaluate("(field) => getComputedStyle(field).borderTopColor")
    return colour


def set_up(page: Page, footfall: FootfallServer) -> str:
    """Walk through the first pages as an owner does; returns the script's address out of the snippet."""
    page.goto(footfall.url)
    expect(page).to_have_url(f"{footfall.url}/setup")
    assert violations(page) == []
    page.get_by_label("E-mail address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create account").click()
    page.get_by_label("Domain").fill("no domain")
    page.get_by_role("button", name="Add site").click()
    expect(page.get_by_label("Domain")).to_have_attribute("aria-invalid", "true")
    assert edge_of(page, "#domain") != edge_of(page, "#currency")
    page.get_by_label("Domain").fill("shop.test")
    expect(page.get_by_label("Time zone")).to_have_value(
        re.compile("Asia/Kath?mandu")
    )  # Chromium's name is the old one
    page.get_by_role("button", name="Add site").click()
    expect(page.get_by_text("Waiting for the first visit")).to_be_visible()
    found = re.search(r'<script defer src="([^"]+)"></script>', page.locator("pre").first.inner_text())
    assert found is not None
    return found[1]


def test_the_first_visitor_appears_by_itself(chromium: Browser, footfall: FootfallServer) -> None:
    with chromium.new_context(timezone_id="Asia/Kathmandu", locale="en-GB") as owner:
        dashboard = owner.new_page()
        script = set_up(dashboard, footfall)
        with SmallSite(script) as site, chromium.new_context(timezone_id="Europe/Tallinn", user_agent=CHROME) as device:
            device.add_init_script("window.footfall_test = true")
            visitor = device.new_page()
            visitor.goto(site.url("/?utm_source=newsletter&utm_medium=email"))
            expect(dashboard).to_have_url(f"{footfall.url}/sites/shop.test?period=today", timeout=10_000)

            visitor.get_by_role("link", name="Pricing").click()
            visitor.get_by_role("link", name="App").click()
            visitor.locator("#next").click()
            visitor.locator("#buy").click()
            visitor.wait_for_load_state("networkidle")

        dashboard.goto(f"{footfall.url}/sites/shop.test?period=today")
        await_text(dashboard, "/app/second")

        for text in ("/pricing", "/app", "newsletter", "Estonia", "Chrome"):
            expect(dashboard.get_by_text(text, exact=True).first).to_be_visible()
        dashboard.get_by_role("link", name="Events", exact=True).click()  # beside goals, of which there are none yet
        expect(dashboard.get_by_text("Purchase", exact=True).first).to_be_visible()


def test_it_loses_nothing_when_the_server_is_killed(chromium: Browser, footfall: FootfallServer) -> None:
    with (
        chromium.new_context(timezone_id="Asia/Kathmandu") as owner,
        chromium.new_context(user_agent=CHROME) as device,
    ):
        dashboard = owner.new_page()
        script = set_up(dashboard, footfall)
        device.add_init_script("window.footfall_test = true")
        visitor = device.new_page()
        with SmallSite(script) as site:
            for number in range(5):
                with visitor.expect_response("**/api/v1/event") as answer:
                    visitor.goto(site.url(f"/page-{number}"))
                assert answer.value.status == 202
            footfall.stop(signal.SIGKILL)
            footfall.start()

        # The waiting page has kept asking, and leads on by itself.
        expect(dashboard).to_have_url(f"{footfall.url}/sites/shop.test?period=today", timeout=20_000)
        await_text(dashboard, "/page-4")

        for number in range(5):
            expect(dashboard.get_by_text(f"/page-{number}", exact=True).first).to_be_visible()


def await_text(page: Page, text: str) -> None:
    """Reload until the page shows ``text``: an event can be queried within a second."""
    for _ in range(10):
        if page.get_by_text(text, exact=True).count():
            return
        page.reload()
    raise AssertionError(f"{text} never appeared")
