"""Whom the tracker leaves alone, and what it leaves on the device."""

import re

import pytest
from playwright.sync_api import Page
from tests.browser.tracked_site import TrackedSite, settle

from footfall.domain import IdentityMode

MONTH_MS = 31 * 24 * 60 * 60 * 1000
DEVICE = """async () => ({
    cookies: document.cookie,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: (await indexedDB.databases()).length,
    caches: self.caches ? (await caches.keys()).length : 0,
})"""
NOTHING = {"cookies": "", "local": {}, "session": {}, "databases": 0, "caches": 0}


def send_and_wait(page: Page) -> dict[str, int]:
    """The outcome of an event; it has no status when nothing was sent."""
    outcome: dict[str, int] = page.evaluate(
        "() => new Promise(callback => footfall('Try', { callback })).then(({ status }) => ({ status }))"
    )
    return {key: value for key, value in outcome.items() if value}


def test_it_leaves_nothing_on_the_device(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate("history.pushState({}, '', '/next'); footfall('Signup')")
    settle(visitor, site)
    visitor.click("text=About")
    site.wait_for_named("engagement")

    assert visitor.evaluate(DEVICE) == NOTHING
    assert visitor.context.cookies() == []


@pytest.mark.parametrize(
    "signal",
    [
        "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true })",
        "Object.defineProperty(navigator, 'doNotTrack', { value: '1' })",
        "localStorage.footfall_ignore = 'true'",
        "window.Cypress = {}; window.footfall_test = false",
    ],
)
def test_it_sends_nothing_to_those_who_do_not_want_it(visitor: Page, site: TrackedSite, signal: str) -> None:
    visitor.add_init_script(signal)
    visitor.goto(site.url("/"))

    assert send_and_wait(visitor) == {}
    assert site.sent == []


def test_it_tracks_under_do_not_track_where_the_site_says_so(visitor: Page, site: TrackedSite) -> None:
    site.set_options(respect_dnt=False)
    visitor.add_init_script("Object.defineProperty(navigator, 'doNotTrack', { value: '1' })")
    visitor.goto(site.url("/"))

    assert site.wait_for_events(1)


def test_it_remembers_an_opt_out_and_forgets_it_again(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate("footfall.optOut()")
    assert send_and_wait(visitor) == {}
    assert visitor.evaluate(DEVICE)["local"] == {"footfall_ignore": "true"}

    visitor.evaluate("footfall.optOut(false)")

    assert send_and_wait(visitor) == {"status": 202}
    assert visitor.evaluate(DEVICE) == NOTHING


def test_it_ignores_automated_browsers(page: Page, site: TrackedSite) -> None:
    page.goto(site.url("/"))

    assert send_and_wait(page) == {}
    assert site.sent == []


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1"])
def test_it_ignores_this_very_machine_unless_told(visitor: Page, site: TrackedSite, host: str) -> None:
    visitor.goto(site.url("/", host))
    assert send_and_wait(visitor) == {}
    assert site.sent == []

    site.set_options(track_localhost=True)
    visitor.goto(site.url("/", host))

    assert site.wait_for_events(1)[0]["url"] == site.url("/", host)


def test_it_works_where_storage_is_blocked(visitor: Page, site: TrackedSite) -> None:
    visitor.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    visitor.goto(site.url("/"))

    assert site.wait_for_events(1)


def test_it_works_under_a_strict_policy(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED, form_submissions=True, track_404_pages=True)
    stats = site.stats_origin
    site.page_headers = {"Content-Security-Policy": f"default-src 'none'; script-src {stats}; connect-src {stats}"}
    complaints: list[str] = []
    visitor.on("console", lambda message: complaints.append(message.text))
    visitor.goto(site.url("/no/such/page"))

    assert sorted(event["name"] for event in site.wait_for_events(2)) == ["404", "pageview"]
    assert [text for text in complaints if "Security Policy" in text and "favicon" not in text] == []


def test_it_keeps_a_lasting_id_from_consent_until_it_is_withdrawn(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.goto(site.url("/"))
    assert "visitor" not in site.wait_for_events(1)[0]
    assert visitor.evaluate(DEVICE) == NOTHING

    visitor.evaluate("footfall.consent(true)")
    kept = visitor.evaluate("localStorage.footfall_visitor")
    visitor.goto(site.url("/about"))
    visitor.evaluate("footfall.consent(true)")

    visitor_id, expiry_ms = re.fullmatch(r"(\d{16,})\.(\d+)", kept).groups()  # type: ignore[union-attr]
    assert site.wait_for_events(2)[1]["visitor"] == visitor_id
    assert visitor.evaluate("localStorage.footfall_visitor") == kept
    assert 12 * MONTH_MS < int(expiry_ms) - visitor.evaluate("Date.now()") < 13 * MONTH_MS

    visitor.evaluate("footfall.consent(false)")
    assert visitor.evaluate(DEVICE) == NOTHING
    send_and_wait(visitor)
    assert "visitor" not in site.wait_for_named("Try")[-1]


def test_it_lets_a_lasting_id_expire(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.add_init_script("localStorage.footfall_visitor = `old.${Date.now() - 1}`")
    visitor.goto(site.url("/"))

    assert "visitor" not in site.wait_for_events(1)[0]
    assert visitor.evaluate(DEVICE) == NOTHING


def test_it_forgets_the_lasting_id_of_those_who_opt_out(visitor: Page, site: TrackedSite) -> None:
    site.set_options(IdentityMode.CONSENTED)
    visitor.goto(site.url("/"))
    visitor.evaluate("footfall.consent(true); footfall.optOut(); footfall.consent(true)")

    assert visitor.evaluate(DEVICE)["local"] == {"footfall_ignore": "true"}


def test_it_has_no_consent_on_cookieless_sites(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))

    assert visitor.evaluate("typeof footfall.consent") == "undefined"
