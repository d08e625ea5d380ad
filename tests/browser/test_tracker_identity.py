"""Lasting ids in the browser: what is said of a visitor, and what events carry, from a yes or a name to a no."""

import pytest
from playwright.sync_api import Page
from tests.browser.tracked_site import TrackedSite

from footfall.domain import IdentityMode


@pytest.fixture
def identified(site: TrackedSite) -> TrackedSite:
    site.set_options(IdentityMode.IDENTIFIED)
    return site


def kept(page: Page) -> str | None:
    found: str | None = page.evaluate("localStorage.getItem('footfall_visitor')")
    return found


def visitor_of(page: Page, site: TrackedSite, name: str) -> str | None:
    """What an event sent now carries."""
    page.evaluate(f"footfall('{name}')")
    found: str | None = site.wait_for_named(name)[0].get("visitor")
    return found


def test_it_reports_what_was_agreed_to_and_the_withdrawal(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.goto(site.url("/"))
    visitor.evaluate("footfall.consent(true, 'privacy v1.2'); footfall.consent(true, 'later'); footfall.consent(false)")

    given, withdrawn = site.wait_for_said(2)

    assert given == ("consent", {"visitor": given[1]["visitor"], "given": True, "text": "privacy v1.2"})
    assert withdrawn == ("consent", {"visitor": given[1]["visitor"], "given": False})
    assert kept(visitor) is None


def test_it_stops_in_other_tabs_at_once(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.goto(site.url("/"))
    visitor.evaluate("footfall.consent(true)")
    other = visitor.context.new_page()
    other.goto(site.url("/about"))
    before = visitor_of(other, site, "Before")

    visitor.evaluate("footfall.consent(false)")

    assert before
    assert visitor_of(other, site, "After") is None


def test_it_identifies_before_the_first_view_without_keeping_anything(visitor: Page, identified: TrackedSite) -> None:
    visitor.goto(identified.url("/signed-in"))

    # On their way at the same time, they may arrive in any order.
    early, view = sorted(identified.wait_for_events(2), key=lambda event: str(event["name"]))

    assert identified.wait_for_said(1) == [("identify", {"user": "customer.481", "traits": {"plan": "pro"}})]
    assert (view["name"], view["visitor"]) == ("pageview", "customer.481")
    assert (early["name"], early["visitor"]) == ("Early", "customer.481")
    assert kept(visitor) is None


def test_it_keeps_the_user_of_those_who_agreed(visitor: Page, identified: TrackedSite) -> None:
    visitor.goto(identified.url("/"))
    identified.wait_for_events(1)
    visitor.evaluate("footfall.consent(true, 'v1'); footfall.identify('customer.481', { plan: 'pro' })")
    random, own, identity = identified.wait_for_said(3)
    visitor.goto(identified.url("/about"))

    assert random[1]["visitor"] != "customer.481"
    assert own == ("consent", {"visitor": "customer.481", "given": True, "text": "v1"})
    assert identity[0] == "identify"
    assert identified.wait_for_events(2)[1]["visitor"] == "customer.481"


def test_it_starts_anew_when_the_user_signs_out(visitor: Page, identified: TrackedSite) -> None:
    visitor.goto(identified.url("/"))
    visitor.evaluate("footfall.consent(true); footfall.identify('customer.481'); footfall.reset()")
    visitors = [said["visitor"] for what, said in identified.wait_for_said(4) if what == "consent"]

    assert visitors[1] == "customer.481"
    assert len(set(visitors)) == 3
    assert visitor_of(visitor, identified, "After") == visitors[2]


def test_it_forgets_the_user_on_withdrawal(visitor: Page, identified: TrackedSite) -> None:
    visitor.goto(identified.url("/"))
    visitor.evaluate("footfall.identify('customer.481'); footfall.consent(false)")

    assert identified.wait_for_said(2)[1] == ("consent", {"visitor": "customer.481", "given": False})
    assert visitor_of(visitor, identified, "After") is None


def test_it_identifies_nobody_who_opted_out(visitor: Page, identified: TrackedSite) -> None:
    visitor.add_init_script("localStorage.footfall_ignore = 'true'")
    visitor.goto(identified.url("/signed-in"))
    visitor.evaluate("footfall.identify('customer.481'); footfall.consent(true)")
    visitor.evaluate("footfall.optOut(false); footfall('Settled')")
    identified.wait_for_named("Settled")

    assert identified.said == []


def test_it_identifies_as_a_module(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/bundled"))
    site.wait_for_named("pageview")
    visitor.evaluate(
        """async host => {
            const fresh = await import('/module.js?fresh');
            fresh.identify(481, { plan: 'pro' });
            fresh.init({ site: 'x', host, identified: true });
            window.fresh = fresh;
        }""",
        site.stats_origin,
    )

    assert site.wait_for_said(1) == [("identify", {"user": "481", "traits": {"plan": "pro"}})]
    assert site.wait_for_named("pageview", 2)[1]["visitor"] == "481"


# --- the visitor's own switch


def test_it_draws_a_switch_that_works_without_the_tracker(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/privacy"))
    switch = visitor.get_by_role("switch", name="Do not count my visits")
    assert not switch.is_checked()

    switch.check()
    assert visitor.get_by_role("status").inner_text() == "Visits from this browser are not counted."
    assert visitor.evaluate("({ ...localStorage })") == {"footfall_ignore": "true"}
    visitor.reload()
    assert switch.is_checked()

    switch.uncheck()
    assert visitor.get_by_role("status").inner_text() == "Visits from this browser are counted."
    assert visitor.evaluate("({ ...localStorage })") == {}


def test_it_withdraws_consent_from_the_switch(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.goto(site.url("/"))
    visitor.evaluate("footfall.consent(true)")
    ((_, given),) = site.wait_for_said(1)
    visitor.goto(site.url("/privacy"))

    visitor.get_by_role("button", name="Withdraw my consent").click()

    assert site.wait_for_said(2)[1] == ("consent", {"visitor": given["visitor"], "given": False})
    assert kept(visitor) is None
    assert visitor.get_by_role("button").count() == 0


def test_it_says_where_a_choice_cannot_be_kept_or_is_made_elsewhere(visitor: Page, site: TrackedSite) -> None:
    visitor.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })")
    visitor.goto(site.url("/privacy"))
    assert "asks not to be tracked" in visitor.get_by_role("status").inner_text()
    assert visitor.get_by_role("switch").is_disabled()


def test_it_says_where_storage_is_blocked(visitor: Page, site: TrackedSite) -> None:
    visitor.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    visitor.goto(site.url("/privacy"))
    visitor.get_by_role("switch").click()

    assert "cannot be kept" in visitor.get_by_role("status").inner_text()
    assert not visitor.get_by_role("switch").is_checked()


def test_it_draws_the_switch_under_a_strict_policy(visitor: Page, site: TrackedSite) -> None:
    stats = site.stats_origin
    site.page_headers = {"Content-Security-Policy": f"default-src 'none'; script-src {stats}; connect-src {stats}"}
    visitor.goto(site.url("/privacy"))

    assert visitor.get_by_role("switch").count() == 1
