"""How long and how deep a page was read."""

from playwright.sync_api import Browser, Page
from tests.browser.tracked_site import SET_HIDDEN, TrackedSite


def test_it_tells_how_long_and_how_deep_a_page_was_read_when_it_is_hidden(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/about"))
    visitor.locator("#end").scroll_into_view_if_needed()
    visitor.wait_for_function("scrollY > 3000")
    visitor.clock.fast_forward(7000)
    visitor.evaluate(SET_HIDDEN, True)

    [reading] = site.wait_for_named("engagement")

    assert reading["url"] == site.url("/about")
    assert 7000 <= reading["engagement_time_ms"] < 20_000
    assert reading["scroll_depth"] >= 97


def test_it_tells_how_a_page_was_read_when_it_is_left_for_another(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/about"))
    site.wait_for_events(1)
    visitor.click("text=Home")

    [reading] = site.wait_for_named("engagement")

    assert reading["url"] == site.url("/about")
    assert 10 <= reading["scroll_depth"] <= 30  # 720 of some 4,100 pixels


def test_it_tells_of_each_page_of_a_single_page_site(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/about"))
    visitor.clock.fast_forward(4000)
    visitor.evaluate("history.pushState({}, '', '/next')")
    visitor.clock.fast_forward(9000)
    visitor.evaluate("history.pushState({}, '', '/last')")

    # On their way at the same time, they may arrive in any order.
    first, second = sorted(site.wait_for_named("engagement", 2), key=lambda event: str(event["url"]))

    assert (first["url"], second["url"]) == (site.url("/about"), site.url("/next"))
    assert 4000 <= first["engagement_time_ms"] < 9000 <= second["engagement_time_ms"] < 13_000


def test_it_counts_no_time_while_the_page_is_hidden(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.clock.fast_forward(4000)
    visitor.evaluate(SET_HIDDEN, True)
    visitor.clock.fast_forward(60_000)
    visitor.evaluate(SET_HIDDEN, False)
    visitor.clock.fast_forward(5000)
    visitor.evaluate(SET_HIDDEN, True)

    readings = site.wait_for_named("engagement", 2)

    assert sum(reading["engagement_time_ms"] for reading in readings) < 20_000


def test_it_counts_no_time_while_another_window_has_the_focus(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.context.new_cdp_session(visitor).send("Emulation.setFocusEmulationEnabled", {"enabled": False})
    other = visitor.context.new_page()
    other.bring_to_front()
    visitor.wait_for_function("!document.hasFocus()", polling=50)
    visitor.clock.fast_forward(60_000)
    visitor.evaluate(SET_HIDDEN, True)

    [reading] = site.wait_for_named("engagement")

    assert reading["engagement_time_ms"] < 30_000


def test_it_is_silent_about_a_glance_that_adds_nothing(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.clock.fast_forward(4000)
    visitor.evaluate(SET_HIDDEN, True)
    site.wait_for_named("engagement")
    visitor.evaluate(SET_HIDDEN, False)
    visitor.evaluate(SET_HIDDEN, True)
    visitor.evaluate(SET_HIDDEN, False)
    visitor.evaluate("() => new Promise(resolve => footfall('Settled', { callback: resolve }))")

    assert len(site.named("engagement")) == 1


def test_it_still_tells_when_the_window_is_closed(chromium: Browser, site: TrackedSite) -> None:
    context = chromium.new_context()
    context.add_init_script("window.footfall_test = true")
    page = context.new_page()
    page.goto(site.url("/about"))
    site.wait_for_events(1)

    page.close(run_before_unload=True)

    assert site.wait_for_named("engagement")
    context.close()
