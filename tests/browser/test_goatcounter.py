"""GoatCounter's snippet in Chromium, against `footfall serve`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.counted_site import CHROME, CountedSite
from tests.browser.serving import SmallSite

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
{script}</head><body><h1>{title}</h1>
<button id="buy" data-goatcounter-click="buy" data-goatcounter-title="Buys">Buy</button></body></html>"""
BY_A_PERSON = "Object.defineProperty(navigator, 'webdriver', {get: () => false})"


@pytest.fixture
def robot(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(user_agent=CHROME) as context:
        yield context.new_page()


@pytest.fixture
def visitor(robot: Page) -> Page:
    robot.add_init_script(BY_A_PERSON)
    return robot


def snippet(counted: CountedSite, settings: str = "{}") -> str:
    base = counted.footfall.url
    return f"""<script data-goatcounter="{base}/count" data-goatcounter-settings='{settings}'
        async src="{base}/count.js"></script>"""


def test_it_counts_views_clicks_and_calls(visitor: Page, counted: CountedSite) -> None:
    with SmallSite(snippet(counted), PAGE, counted.domain) as site:
        with visitor.expect_response("**/count?*") as first:
            visitor.goto(site.url("/pricing?utm_source=newsletter"))
        assert first.value.status == 200
        with visitor.expect_response("**/count?*"):
            visitor.locator("#buy").click()
        with visitor.expect_response("**/count?*"):
            visitor.evaluate("goatcounter.count({path: path => path + '/more', event: false})")
        assert visitor.evaluate("goatcounter.get_query('utm_source')") == "newsletter"
        assert visitor.evaluate("goatcounter.filter()") is False
        assert "p=%2Fx" in visitor.evaluate("goatcounter.url({path: '/x'})")

    counted.wait_for(
        {("pageview", "/pricing"): 2, ("buy", "/"): 1},
        "event:name",
        "event:page",
    )
    counted.wait_for({("newsletter",): 1}, "visit:utm_source", metric="visits")


def test_it_says_why_it_does_nothing(visitor: Page, counted: CountedSite) -> None:
    said: list[str] = []
    visitor.on("console", lambda message: said.append(message.text) if message.type == "warning" else None)
    with SmallSite(snippet(counted, '{"no_onload": true}'), PAGE, counted.domain) as site:
        visitor.goto(site.url("/"))
        visitor.wait_for_function("Boolean(window.goatcounter && window.goatcounter.count)")
        visitor.evaluate("goatcounter.visit_count({append: '#nowhere'})")
        visitor.evaluate("goatcounter.count({path: () => null})")

    assert said == [
        "goatcounter: visit_count: no endpoint, no path, or no #nowhere",
        "goatcounter: not counting because of: no endpoint, or no path",
    ]


def test_it_shows_the_public_counter(visitor: Page, counted: CountedSite) -> None:
    counted.allow_public_counter()
    with SmallSite(snippet(counted, '{"no_onload": true}'), PAGE, counted.domain) as site:
        visitor.goto(site.url("/pricing?from=here"))
        visitor.wait_for_function("Boolean(window.goatcounter && window.goatcounter.count)")
        with visitor.expect_response("**/count?*"):
            visitor.evaluate("goatcounter.count()")
        counted.wait_for({("pageview", "/pricing"): 1}, "event:name", "event:page")
        visitor.evaluate("goatcounter.visit_count({append: 'h1', type: 'html'})")
        visitor.evaluate("goatcounter.visit_count({type: 'svg', path: 'TOTAL', start: '2020-01-01'})")

        assert visitor.frame_locator("h1 iframe").locator("p").text_content() == "1 visit"
        visitor.wait_for_function("document.querySelector('body > img').naturalWidth > 0")


def test_it_counts_when_the_page_asks_for_it_alone(visitor: Page, counted: CountedSite) -> None:
    with SmallSite(snippet(counted, '{"no_onload": true, "path": "/always"}'), PAGE, counted.domain) as site:
        visitor.goto(site.url("/"))
        visitor.wait_for_load_state("networkidle")
        with visitor.expect_response("**/count?*"):
            visitor.evaluate("goatcounter.count()")

    counted.wait_for({("/always",): 1}, "event:page")


def test_it_says_that_it_is_driven_by_a_program(robot: Page, counted: CountedSite) -> None:
    with SmallSite(snippet(counted), PAGE, counted.domain) as site, robot.expect_response("**/count?*") as answer:
        robot.goto(site.url("/"))

    assert answer.value.headers["x-footfall-dropped"] == "bot"


def test_it_leaves_those_alone_who_switched_it_off(visitor: Page, counted: CountedSite) -> None:
    visitor.on("dialog", lambda dialog: dialog.accept())
    with SmallSite(snippet(counted), PAGE, counted.domain) as site:
        visitor.goto(site.url("/#toggle-goatcounter"))
        visitor.wait_for_function("window.goatcounter && window.goatcounter.filter")

        assert "toggle-goatcounter" in visitor.evaluate("goatcounter.filter()")
