"""When a page counts as viewed."""

from playwright.sync_api import Page
from tests.browser.tracked_site import SET_HIDDEN, Sent, TrackedSite, settle


def paths(events: list[Sent], site: TrackedSite) -> list[str]:
    return [event["url"].removeprefix(site.url("")) for event in events]


def test_it_sends_a_view_of_each_page(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/?utm_source=letter#contact"), referer="http://search.test/")
    site.wait_for_events(1)
    visitor.click("text=About")

    first, second = site.wait_for_events(2)

    assert paths([first, second], site) == ["/?utm_source=letter", "/about"]
    assert first["name"] == second["name"] == "pageview"
    assert first["referrer"] == "http://search.test/"
    assert first["screen_width"] == 1280
    assert first["timezone"]
    assert first["site"] == site.site.public_id
    assert set(first) == {"site", "id", "name", "url", "referrer", "screen_width", "timezone"}


def test_it_gives_each_event_an_id_of_its_own(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate("for (let i = 0; i < 20; i++) footfall('Tick')")

    ids = [event["id"] for event in site.wait_for_events(21)]

    assert len(set(ids)) == 21
    assert min(map(len, ids)) >= 16


def test_it_follows_a_single_page_site(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate("history.pushState({}, '', '/one')")
    visitor.evaluate("history.replaceState({}, '', '/two')")
    visitor.evaluate("history.back()")

    # On their way at the same time, they may arrive in any order.
    assert sorted(paths(site.wait_for_events(4), site)) == ["/", "/", "/one", "/two"]


def test_it_takes_a_changed_query_for_navigation_only_when_it_is_pushed(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/?utm_source=letter"))
    site.wait_for_events(1)
    visitor.evaluate("history.replaceState({}, '', '/')")
    visitor.evaluate("history.pushState({}, '', '/?page=2')")

    assert paths(settle(visitor, site), site) == ["/?utm_source=letter", "/?page=2"]


def test_it_ignores_fragments_unless_they_name_pages(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.click("text=Contact")
    visitor.evaluate("history.pushState({}, '', '#elsewhere')")

    assert paths(settle(visitor, site), site) == ["/"]


def test_it_follows_fragments_where_they_name_pages(visitor: Page, site: TrackedSite) -> None:
    site.set_options(hash_based_routing=True)
    visitor.goto(site.url("/#/start"))
    site.wait_for_events(1)
    visitor.click("text=Contact")
    site.wait_for_events(2)
    visitor.evaluate("history.replaceState({}, '', '#/end')")

    assert paths(site.wait_for_events(3), site) == ["/#/start", "/#contact", "/#/end"]


def test_it_takes_a_navigation_doubled_within_two_seconds_for_one(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    site.wait_for_events(1)
    visitor.evaluate("history.pushState({}, '', '/one'); history.pushState({}, '', '/one'); footfall('pageview')")
    site.wait_for_events(2)
    visitor.clock.fast_forward(2001)
    visitor.evaluate("history.pushState({}, '', '/one')")
    site.wait_for_events(3)

    assert paths(settle(visitor, site), site) == ["/", "/one", "/one"]


def test_it_takes_replacing_the_address_by_itself_for_no_navigation(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.clock.fast_forward(5000)
    visitor.evaluate("history.replaceState({ scroll: 10 }, '', '/')")

    assert paths(settle(visitor, site), site) == ["/"]


def test_it_sends_no_second_view_when_the_tab_is_left_for_a_while(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.evaluate(SET_HIDDEN, True)
    visitor.clock.fast_forward("29:59")
    visitor.evaluate(SET_HIDDEN, False)

    assert paths(settle(visitor, site), site) == ["/"]


def test_it_sends_a_second_view_when_the_tab_was_left_for_over_30_minutes(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.goto(site.url("/"))
    visitor.evaluate(SET_HIDDEN, True)
    visitor.clock.fast_forward("30:01")
    visitor.evaluate(SET_HIDDEN, False)

    assert paths(settle(visitor, site), site) == ["/", "/"]


def test_it_waits_with_the_view_of_a_background_tab_until_it_is_seen(visitor: Page, site: TrackedSite) -> None:
    visitor.add_init_script("Object.defineProperty(document, 'hidden', { value: true, configurable: true })")
    visitor.goto(site.url("/"))
    assert site.sent == []

    visitor.evaluate(SET_HIDDEN, False)

    assert paths(site.wait_for_events(1), site) == ["/"]


def test_it_sends_no_second_view_from_the_back_forward_cache(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate("addEventListener('pageshow', event => { window.wasKept = event.persisted })")
    site.wait_for_events(1)
    visitor.click("text=About")
    site.wait_for_events(2)
    visitor.go_back(wait_until="commit")
    visitor.wait_for_function("window.wasKept !== undefined")

    assert visitor.evaluate("wasKept") is True
    assert paths(settle(visitor, site), site) == ["/", "/about"]


def test_it_counts_once_when_the_snippet_stands_twice(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/queue"))

    # Two requests under way at once may overtake each other.
    assert sorted(event["name"] for event in settle(visitor, site)) == ["Early", "pageview"]
