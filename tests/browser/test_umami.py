"""Umami's snippet in Chromium, against `footfall serve`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.conftest import ARGUMENTS, CHROMIUM
from tests.browser.counted_site import CHROME, CountedSite
from tests.browser.serving import SmallSite

from footfall.collect.umami import website_id
from footfall.domain import Site

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
{script}</head><body><h1>{title}</h1>
<button id="buy" data-umami-event="Buy" data-umami-event-plan="pro">Buy</button>
<button id="next" onclick="history.pushState(0, '', '/app/second')">Next</button></body></html>"""


@pytest.fixture
def visitor(chromium: Browser) -> Iterator[Page]:
    with chromium.new_context(user_agent=CHROME) as context:
        yield context.new_page()


def website_of(counted: CountedSite) -> str:
    return website_id(Site(id=0, public_id=counted.public_id, domain=counted.domain))


def snippet(counted: CountedSite, attributes: str = "") -> str:
    script = f"{counted.footfall.url}/script.js"
    return f'<script defer src="{script}" data-website-id="{website_of(counted)}" {attributes}></script>'


def test_it_counts_views_moves_clicks_and_calls(visitor: Page, counted: CountedSite) -> None:
    with SmallSite(snippet(counted, 'data-tag="b" data-exclude-search="true"'), PAGE, counted.domain) as site:
        with visitor.expect_response("**/api/send") as first:
            visitor.goto(site.url("/pricing?secret=1"))
        assert set(first.value.json()) == {"cache", "sessionId", "visitId"}
        with visitor.expect_response("**/api/send"):
            visitor.locator("#next").click()
        with visitor.expect_response("**/api/send"):
            visitor.locator("#buy").click()
        token = visitor.evaluate("umami.track('Call', {plan: 'free'})")
        visitor.evaluate("umami.track(page => ({...page, url: '/virtual'}))")
        visitor.evaluate("umami.identify('someone', {plan: 'free'})")

    assert token.count(".") == 2
    counted.wait_for(
        {
            ("pageview", "/pricing"): 1,
            ("pageview", "/app/second"): 1,
            ("pageview", "/virtual"): 1,
            ("Buy", "/app/second"): 1,
            ("Call", "/app/second"): 1,
        },
        "event:name",
        "event:page",
    )
    counted.wait_for({("pro",): 1, ("free",): 1, ("(none)",): 3}, "event:props:plan")
    counted.wait_for({(): 1}, metric="visits")


@pytest.mark.parametrize(
    "attributes",
    ['data-domains="other.test, elsewhere.test"', 'data-auto-track="false"', 'data-before-send="refuse"'],
)
def test_it_stays_silent_where_its_attributes_say_so(visitor: Page, counted: CountedSite, attributes: str) -> None:
    sent: list[str] = []
    visitor.on("request", lambda request: sent.append(request.url) if "/api/send" in request.url else None)
    visitor.add_init_script("window.refuse = () => false")
    with SmallSite(snippet(counted, attributes), PAGE, counted.domain) as site:
        visitor.goto(site.url("/"))
        visitor.wait_for_load_state("networkidle")

    expect(visitor.locator("h1")).to_have_text("Home")
    assert sent == []


def test_it_tells_how_quick_a_page_was_once_it_is_left(chromium: Browser, counted: CountedSite) -> None:
    """The figures are of the page that was loaded, wherever its visitor went from there.

    What is sent by a page that is gone has no user agent set by Playwright: the browser itself needs another.
    """
    browser = chromium.browser_type.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, f"--user-agent={CHROME}"])
    with SmallSite(snippet(counted, 'data-performance="true"'), PAGE, counted.domain) as site:
        visitor = browser.new_page()
        with visitor.expect_response("**/api/send"):
            visitor.goto(site.url("/pricing"))
        with visitor.expect_response("**/api/send"):
            visitor.locator("#next").click()
        visitor.goto("about:blank")
        told = counted.vitals()
    browser.close()

    assert [(row["page"], row["samples"]) for row in told] == [("/pricing", 1)]
    [vitals] = told
    assert vitals["lcp"] >= vitals["fcp"] >= vitals["ttfb"] > 0
    assert vitals["cls"] == 0


def test_it_leaves_those_alone_who_switched_it_off(visitor: Page, counted: CountedSite) -> None:
    visitor.add_init_script("localStorage.setItem('umami.disabled', '1')")
    with SmallSite(snippet(counted), PAGE, counted.domain) as site:
        visitor.goto(site.url("/"))

        assert visitor.evaluate("umami.track('Call')") is None
