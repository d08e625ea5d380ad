"""/sites and a site's settings: Alice changes, Bob looks, Charlie finds nothing."""

import re

import pytest
from tests.acceptance.pages_app import PagesApp, form_token

from footfall.collect.umami import website_id
from footfall.domain import IdentityMode
from footfall.errors import NotSignedIn

SETTINGS = "/sites/example.com/settings"


def test_it_adds_a_site_and_waits_for_its_first_visit(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    form = {"domain": "https://www.New.example/", "timezone": "Asia/Kathmandu", "currency": "usd"}
    token = form_token(browser.get("/sites/new"))

    answer = browser.post("/sites/new", data=form | {"form_token": token})
    page = browser.get(answer.headers["location"])
    waiting = browser.get("/sites/new.example/first-visit")

    site = pages.install.sites.by_domain("new.example")
    assert site is not None
    assert (site.timezone, site.currency) == ("Asia/Kathmandu", "USD")
    assert f"http://localhost/js/{site.public_id}.js" in page.text
    assert f"http://localhost/px/{site.public_id}.gif" in page.text
    assert website_id(site) in page.text
    assert f"http://localhost/count?site={site.public_id}" in page.text
    assert 'hx-trigger="every 1s"' in page.text
    assert waiting.status_code == 204

    pages.visited.add(site.id)
    arrived = browser.get("/sites/new.example/first-visit")
    assert arrived.headers["hx-redirect"] == "/sites/new.example?period=today"
    assert "Visits are arriving" in browser.get("/sites/new.example/install").text


def test_it_says_what_is_wrong_with_a_new_site(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    form = {
        "domain": "example.com/blog",
        "timezone": "Asia/Kathmandu",
        "form_token": form_token(browser.get("/sites/new")),
    }

    answer = browser.post("/sites/new", data=form)

    assert answer.status_code == 400
    assert "without a path" in answer.text
    assert 'value="example.com/blog"' in answer.text
    assert "<option selected>Asia/Kathmandu</option>" in answer.text


def test_it_leads_to_the_only_site_from_the_start(pages: PagesApp) -> None:
    assert pages.browser_of("alice@example.com").get("/").headers["location"] == "/sites/example.com"
    pages.install.sites.create("second.example", owner_id=pages.install.alice.id)
    assert pages.browser_of("alice@example.com").get("/").headers["location"] == "/sites"


def test_it_lists_only_ones_own_sites(pages: PagesApp) -> None:
    listed = pages.browser_of("bob@example.com").get("/sites").text

    assert "example.com" in listed
    assert "charlie.example" not in listed


@pytest.mark.parametrize("path", ["settings", "install", "first-visit"])
def test_it_does_not_exist_for_strangers(pages: PagesApp, path: str) -> None:
    charlie = pages.browser_of("charlie@example.com")

    hidden, unknown = (charlie.get(f"/sites/{domain}/{path}") for domain in ("example.com", "unknown.example"))

    assert (hidden.status_code, unknown.status_code) == (404, 404)
    assert hidden.text == unknown.text
    assert "text/html" in hidden.headers["content-type"]


def test_it_is_changed_by_its_owners_only(pages: PagesApp) -> None:
    bob = pages.browser_of("bob@example.com")

    assert bob.get("/sites/example.com/install").status_code == 200
    assert bob.get(SETTINGS).status_code == 403


def test_it_tells_a_polling_page_that_the_session_is_over(pages: PagesApp) -> None:
    answer = pages.browser().get("/sites/example.com/first-visit", headers={"hx-request": "true"})

    assert (answer.status_code, answer.headers["hx-redirect"]) == (204, "/sign-in")


def test_it_refuses_forms_without_the_token_of_the_session(pages: PagesApp) -> None:
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")
    bobs_token = form_token(bob.get("/sites/new"))

    assert alice.post(f"{SETTINGS}/tracker").status_code == 403
    assert alice.post(f"{SETTINGS}/tracker", data={"form_token": bobs_token}).status_code == 403
    assert (
        alice.post(f"{SETTINGS}/tracker", headers={"x-form-token": form_token(alice.get(SETTINGS))}).status_code == 303
    )


def test_it_changes_what_a_site_is(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}
    general = {"new_domain": "example.org", "timezone": "Europe/Berlin", "currency": "SEK"}

    moved = browser.post(f"{SETTINGS}/general", data=general | token)
    there = "/sites/example.org/settings"
    browser.post(f"{there}/tracker", data={"on": ["form_submissions", "respect_dnt"]} | token)
    browser.post(f"{there}/hostnames", data={"hostnames": "example.org\r\nshop.example.org\r\n"} | token)
    data = {
        "identity_mode": "consented",
        "retention_days": 750,
        "properties_per_event": 5,
        "monthly_events": 10_000,
        "query_parameters": "page q",
        "public_counter": "true",
    }
    browser.post(f"{there}/data", data=data | token)

    assert moved.headers["location"] == "/sites/example.org/settings?saved=general#general"
    site = pages.install.sites.by_domain("example.org")
    assert site is not None
    assert (site.id, site.timezone, site.currency) == (pages.install.site.id, "Europe/Berlin", "SEK")
    assert (site.tracker.form_submissions, site.tracker.outbound_links) == (True, False)
    assert site.allowed_hostnames == ("example.org", "shop.example.org")
    assert (site.identity_mode, site.retention_days) == (IdentityMode.CONSENTED, 750)
    assert (site.properties_per_event, site.query_parameters) == (5, ("page", "q"))
    assert site.public_counter
    assert site.monthly_events == 10_000
    assert "Saved." in browser.get(moved.headers["location"]).text


def test_it_says_which_setting_is_wrong(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}

    taken = browser.post(
        f"{SETTINGS}/general",
        data={"new_domain": "charlie.example", "timezone": "Etc/UTC", "currency": "EUR"} | token,
    )
    wrong_host = browser.post(f"{SETTINGS}/hostnames", data={"hostnames": "https://example.com/a"} | token)

    assert taken.status_code == 409
    assert "There is a site charlie.example already" in taken.text
    assert wrong_host.status_code == 400


def test_it_shows_a_key_once_and_revokes_it(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}

    created = browser.post(f"{SETTINGS}/keys", data={"scope": ["stats:read"]} | token)
    key = re.findall(r"<pre>(ff_[\w-]+)</pre>", created.text)[0]
    assert pages.install.keys.check(key, "stats:read").may_use(pages.install.site.id)
    assert key not in browser.get(SETTINGS).text

    key_id = pages.install.keys.of_site(pages.install.site.id)[0].id
    assert browser.post(f"{SETTINGS}/keys/{key_id}/revoke", data=token).status_code == 303
    with pytest.raises(NotSignedIn):
        pages.install.keys.check(key, "stats:read")


@pytest.mark.parametrize("scopes", [[], ["admin"], ["sites:write"]])
def test_it_makes_no_key_that_reaches_further(pages: PagesApp, scopes: list[str]) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}

    answer = browser.post(f"{SETTINGS}/keys", data={"scope": scopes} | token)

    assert answer.status_code == 400
    assert pages.install.keys.of_site(pages.install.site.id) == []


def test_it_deletes_a_site_whose_name_was_typed(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}

    mistyped = browser.post(f"{SETTINGS}/delete", data={"confirmation": "example"} | token)
    assert (mistyped.status_code, pages.deleted) == (400, [])
    deleted = browser.post(f"{SETTINGS}/delete", data={"confirmation": "Example.com"} | token)

    assert deleted.status_code == 303
    assert pages.deleted == [pages.install.site]
    assert browser.get(SETTINGS).status_code == 404
    assert browser.get("/sites").headers["location"] == "/sites/new"
