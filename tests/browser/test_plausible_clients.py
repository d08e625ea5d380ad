"""Plausible's own clients from npm, unchanged, against a real Footfall."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.plausible_site import CHROME, Visitor, add_site, bundle, stored
from tests.serving import FootfallServer

COMMUNITY_CLIENT = """
import Plausible from "plausible-tracker";
window.client = Plausible({ domain: "shop.test", apiHost: "%s", hashMode: true });
"""
OFFICIAL_CLIENT = """
import * as client from "@plausible-analytics/tracker";
client.init({ domain: "shop.test", endpoint: "%s/api/event", outboundLinks: true, formSubmissions: true });
window.client = client;
"""
SCRIPT = "<script src='/bundle.js'></script>"
BODY = "<div style='height:4000px'></div><form onsubmit='return false'><button>Go</button></form>"


@pytest.fixture
def footfall(tmp_path: Path) -> Iterator[FootfallServer]:
    with FootfallServer(tmp_path / "data") as server:
        add_site(server)
        yield server


@pytest.fixture
def visitor(chromium: Browser, footfall: FootfallServer) -> Iterator[Visitor]:
    with chromium.new_context(user_agent=CHROME) as context:
        context.add_init_script("window.__plausible = true")  # the client's own switch for automated browsers
        yield Visitor(context.new_page(), footfall)


def test_it_stores_what_plausible_tracker_sends(visitor: Visitor, tmp_path: Path) -> None:
    files = {"/bundle.js": bundle(COMMUNITY_CLIENT % visitor.footfall.url, tmp_path)}
    with visitor.on(SCRIPT, "/#/start", files=files):
        visitor.page.evaluate("void client.enableAutoPageviews()")
        visitor.page.evaluate("history.pushState(0, '', '/second')")
        visitor.page.evaluate(
            "new Promise((callback) => client.trackEvent('Signup', { props: { plan: 'pro', seats: 3 }, callback }))"
        )
        visitor.events(3)

    events = {(event["name"], event["path"]): event for event in stored(visitor.footfall, 3)}
    assert events.keys() == {("pageview", "/#/start"), ("pageview", "/second"), ("Signup", "/second")}
    assert events["Signup", "/second"]["props"] == {"plan": "pro", "seats": "3"}
    assert len({event["visitor_id"] for event in events.values()}) == 1


def test_it_stores_what_plausibles_own_client_sends(visitor: Visitor, tmp_path: Path) -> None:
    files = {"/bundle.js": bundle(OFFICIAL_CLIENT % visitor.footfall.url, tmp_path)}
    with visitor.on(SCRIPT, "/start", body=BODY, files=files):
        visitor.events(1)
        outcome = visitor.page.evaluate(
            """new Promise((callback) => client.track("Order", { props: { plan: "pro" }, interactive: false,
                revenue: { amount: 12.5, currency: "EUR" }, callback }))"""
        )
        visitor.page.click("button")
        visitor.events(3)
        visitor.page.evaluate("history.pushState(0, '', '/next')")
        visitor.events(4)
        visitor.engagement()

    assert outcome == {"status": 202}
    events = {(event["name"], event["path"]): event for event in stored(visitor.footfall, 5)}
    order, form = events["Order", "/start"], events["Form: Submission", "/start"]
    assert (order["props"], order["revenue_currency"], order["is_interactive"]) == ({"plan": "pro"}, "EUR", False)
    assert float(order["revenue_amount"]) == 12.5
    assert form["props"] == {"path": "/start"}
    assert events["engagement", "/start"]["scroll_depth"] > 0
    assert ("pageview", "/next") in events
