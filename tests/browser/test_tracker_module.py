"""The same tracker as an ES module."""

from playwright.sync_api import Page
from tests.browser.tracked_site import TrackedSite


def test_it_starts_once_and_keeps_earlier_calls(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/bundled"))
    visitor.evaluate("module.track('After', { props: { a: 1 } })")

    names = {event["name"] for event in site.wait_for_events(3)}  # each on a connection of its own, so in any order

    assert names == {"pageview", "Before init", "After"}


def test_it_sends_views_by_hand(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/bundled"))
    visitor.clock.fast_forward(2001)
    visitor.evaluate("module.pageview()")

    assert len(site.wait_for_named("pageview", 2)) == 2


def test_it_gives_and_takes_consent(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/bundled"))
    visitor.evaluate("module.consent(true); module.track('With'); module.consent(false); module.track('Without')")

    assert site.wait_for_named("With")[0]["visitor"]
    assert "visitor" not in site.wait_for_named("Without")[0]


def test_it_opts_out(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/bundled"))
    visitor.evaluate("module.optOut()")

    assert visitor.evaluate("localStorage.footfall_ignore") == "true"
