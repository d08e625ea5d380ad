"""Custom events, and those a site switches on."""

from http import HTTPStatus

import pytest
from playwright.sync_api import Page
from tests.browser.tracked_site import TrackedSite, settle


def test_it_sends_custom_events_with_properties_and_revenue(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/about"))
    outcome = visitor.evaluate(
        """() => new Promise(callback => footfall("Purchase", {
            props: { plan: "pro" }, revenue: { amount: "9.99", currency: "EUR" }, interactive: false, callback }))
            .then(({ status }) => status)"""
    )

    [purchase] = site.wait_for_named("Purchase")

    assert outcome == HTTPStatus.ACCEPTED
    assert purchase["url"] == site.url("/about")
    assert purchase["props"] == {"plan": "pro"}
    assert purchase["revenue"] == {"amount": "9.99", "currency": "EUR"}
    assert purchase["interactive"] is False
    assert "callback" not in purchase


def test_it_needs_no_preflight(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    site.wait_for_events(1)

    assert site.transports == ["text/plain;charset=UTF-8"]


def test_it_keeps_calls_made_before_it_was_loaded(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/queue"))

    [early] = site.wait_for_named("Early")

    assert early["props"] == {"plan": "pro"}


@pytest.mark.parametrize("button", ["left", "middle"])
def test_it_notices_links_to_other_hosts(visitor: Page, site: TrackedSite, button: str) -> None:
    visitor.goto(site.url("/"))
    visitor.locator("#outbound").click(button="middle" if button == "middle" else "left")

    [click] = site.wait_for_named("Outbound Link: Click")

    assert click["props"] == {"url": "http://elsewhere.test/page?x=1"}


def test_it_notices_links_within_web_components(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.evaluate(
        """() => {
            const link = document.createElement("a");
            link.href = "http://elsewhere.test/";
            link.onclick = event => event.preventDefault();
            document.querySelector("#shadow").attachShadow({ mode: "open" }).append(link);
            link.click();
            document.dispatchEvent(new Event("click"));
        }"""
    )

    [click] = site.wait_for_named("Outbound Link: Click")

    assert click["props"] == {"url": "http://elsewhere.test/"}


def test_it_notices_file_downloads(visitor: Page, site: TrackedSite) -> None:
    visitor.goto(site.url("/"))
    visitor.click("#download")

    [download] = site.wait_for_named("File Download")

    assert download["props"] == {"url": site.url("/files/report.pdf")}


def test_it_notices_form_submissions_and_nothing_of_their_content(visitor: Page, site: TrackedSite) -> None:
    site.set_options(form_submissions=True)
    visitor.goto(site.url("/"))
    visitor.click("text=Send")

    [submission] = site.wait_for_named("Form: Submission")

    assert submission["props"] == {"path": "/"}
    assert "hidden" not in str(site.sent)


def test_it_notices_pages_answered_with_404(visitor: Page, site: TrackedSite) -> None:
    site.set_options(track_404_pages=True)
    visitor.goto(site.url("/no/such/page"))

    missing, view = sorted(site.wait_for_events(2), key=lambda sent: str(sent["name"]))  # they may overtake each other

    assert view["name"] == "pageview"
    assert (missing["name"], missing["props"], missing["interactive"]) == ("404", {"path": "/no/such/page"}, False)


def test_it_believes_a_page_that_calls_itself_not_found(visitor: Page, site: TrackedSite) -> None:
    site.set_options(track_404_pages=True)
    visitor.goto(site.url("/marked"))

    [missing] = site.wait_for_named("404")

    assert missing["props"] == {"path": "/marked"}


def test_it_takes_no_existing_page_for_missing(visitor: Page, site: TrackedSite) -> None:
    site.set_options(track_404_pages=True)
    visitor.goto(site.url("/about"))
    visitor.evaluate("() => new Promise(resolve => setTimeout(resolve))")

    assert [event["name"] for event in settle(visitor, site)] == ["pageview"]


def test_it_records_nothing_a_site_switched_off(visitor: Page, site: TrackedSite) -> None:
    site.set_options(outbound_links=False, file_downloads=False)
    visitor.goto(site.url("/no/such/page"))
    visitor.evaluate("document.addEventListener('submit', event => event.preventDefault())")
    for selector in ("#outbound", "#download", "#mail", "text=Send"):
        visitor.click(selector)

    assert [event["name"] for event in settle(visitor, site)] == ["pageview"]


@pytest.mark.parametrize("failure", [HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.INTERNAL_SERVER_ERROR])
def test_it_tries_once_more_under_the_same_id(visitor: Page, site: TrackedSite, failure: HTTPStatus) -> None:
    site.answers = [failure, failure]
    visitor.clock.install()
    visitor.goto(site.url("/"))
    site.wait_for_events(1)
    visitor.wait_for_load_state("networkidle")
    visitor.clock.fast_forward(3000)

    first, second = site.wait_for_events(2)
    visitor.clock.fast_forward(60_000)

    assert first == second
    assert len(settle(visitor, site)) == 2


def test_it_tries_once_more_as_a_beacon_when_the_network_fails(visitor: Page, site: TrackedSite) -> None:
    visitor.clock.install()
    visitor.add_init_script("window.fetch = () => Promise.reject(new TypeError('offline'))")
    visitor.goto(site.url("/"))
    visitor.clock.run_for(3000)

    assert site.wait_for_events(1)[0]["name"] == "pageview"


def test_it_does_not_repeat_what_was_refused(visitor: Page, site: TrackedSite) -> None:
    site.answers = [HTTPStatus.BAD_REQUEST]
    visitor.clock.install()
    visitor.goto(site.url("/"))
    site.wait_for_events(1)
    visitor.wait_for_load_state("networkidle")
    visitor.clock.fast_forward(60_000)

    assert len(settle(visitor, site)) == 1
