"""/sites and a site's settings: Alice changes, Bob looks, Charlie finds nothing."""

import re

import pytest
from tests.acceptance.pages_app import PagesApp, form_token, without_token

from footfall.collect.umami import website_id
from footfall.domain import IdentityMode, WeekStart
from footfall.domain.roles import Role
from footfall.errors import NotSignedIn
from footfall.web.pages.settings_page import SECTIONS

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
    assert without_token(hidden.text) == without_token(unknown.text)
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
    general = {"new_domain": "example.org", "timezone": "Europe/Berlin", "currency": "SEK", "week_start": "sunday"}

    moved = browser.post(f"{SETTINGS}/general", data=general | token)
    there = "/sites/example.org/settings"
    browser.post(f"{there}/tracker", data={"on": ["form_submissions", "respect_dnt"]} | token)
    browser.post(f"{there}/hostnames", data={"hostnames": "example.org\r\nshop.example.org\r\n"} | token)
    browser.post(f"{there}/identity", data={"identity_mode": "consented"} | token)
    browser.post(f"{there}/retention", data={"retention_days": "750", "monthly_events": "10000"} | token)
    browser.post(f"{there}/recorded", data={"properties_per_event": "5", "query_parameters": "page q"} | token)
    browser.post(f"{there}/properties", data={"custom_properties": "plan\r\nlast button\r\n"} | token)
    browser.post(f"{there}/visibility", data={"public_dashboard": "true", "public_cities": "true"} | token)
    browser.post(f"{there}/badge", data={"public_counter": "true"} | token)

    assert moved.headers["location"] == "/sites/example.org/settings/general?saved=general#general"
    site = pages.install.sites.by_domain("example.org")
    assert site is not None
    assert (site.id, site.timezone, site.currency) == (pages.install.site.id, "Europe/Berlin", "SEK")
    assert (site.tracker.form_submissions, site.tracker.outbound_links) == (True, False)
    assert site.allowed_hostnames == ("example.org", "shop.example.org")
    assert (site.identity_mode, site.retention_days) == (IdentityMode.CONSENTED, 750)
    assert (site.properties_per_event, site.query_parameters) == (5, ("page", "q"))
    assert site.custom_properties == ("plan", "last button")
    assert (site.week_start, site.public_counter) == (WeekStart.SUNDAY, True)
    assert (site.public_dashboard, site.public_cities, site.public_small_groups) == (True, True, False)
    assert site.monthly_events == 10_000
    assert "Saved." in browser.get(moved.headers["location"]).text


def test_it_says_which_setting_is_wrong(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}

    taken = browser.post(
        f"{SETTINGS}/general",
        data={"new_domain": "charlie.example", "timezone": "Etc/UTC", "currency": "EUR", "week_start": "monday"}
        | token,
    )
    no_number = browser.post(f"{SETTINGS}/retention", data={"retention_days": "often", "monthly_events": "0"} | token)
    wrong_host = browser.post(f"{SETTINGS}/hostnames", data={"hostnames": "https://example.com/a"} | token)

    assert taken.status_code == 409
    assert "There is a site charlie.example already" in taken.text
    assert wrong_host.status_code == 400
    assert "Enter a whole number." in no_number.text
    assert 'aria-current="page">Retention' in no_number.text
    assert browser.get(f"{SETTINGS}/nothing").status_code == 404


@pytest.mark.parametrize("section", SECTIONS)
def test_it_shows_each_section_to_its_owners_only(pages: PagesApp, section: str) -> None:
    alice, bob, charlie = (pages.browser_of(f"{name}@example.com") for name in ("alice", "bob", "charlie"))

    answers = [browser.get(f"{SETTINGS}/{section}") for browser in (alice, bob, charlie)]

    assert [answer.status_code for answer in answers] == [200, 403, 404]
    assert f"<h1>{SECTIONS[section].title}</h1>" in answers[0].text


def test_it_adds_changes_and_deletes_goals(pages: PagesApp) -> None:
    browser, goals, site = pages.browser_of("alice@example.com"), pages.install.goals, pages.install.site
    token = {"form_token": form_token(browser.get(SETTINGS))}
    event = {"kind": "event", "event": "Signup", "property": ["plan", "", ""], "value": ["pro", "", ""]}

    browser.post(f"{SETTINGS}/goals", data=event | token)
    browser.post(f"{SETTINGS}/goals", data={"kind": "page", "page": "/thanks/*"} | token)
    browser.post(f"{SETTINGS}/goals", data={"kind": "scroll", "page": "/blog/**", "percent": "60"} | token)
    first, second, third = goals.of_site(site.id)
    form = browser.get(f"{SETTINGS}/goals?edit={first.id}").text
    changed = {"kind": "event", "event": "Signup", "display_name": "Any sign-up"}
    browser.post(f"{SETTINGS}/goals/{first.id}", data=changed | token)
    browser.post(f"{SETTINGS}/goals/{second.id}/delete", data=token)

    assert (first.properties, third.scroll_percent) == ((("plan", "pro"),), 60)
    assert 'value="Signup"' in form
    assert 'value="pro"' in form
    assert [(goal.id, goal.display_name, goal.properties) for goal in goals.of_site(site.id)] == [
        (first.id, "Any sign-up", ()),
        (third.id, "Scroll to 60% of /blog/**", ()),
    ]


def test_it_says_what_is_wrong_with_a_goal(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}
    browser.post(f"{SETTINGS}/goals", data={"kind": "event", "event": "Signup"} | token)
    browser.post(f"{SETTINGS}/goals", data={"kind": "event", "event": "Order"} | token)
    order = pages.install.goals.of_site(pages.install.site.id)[1]

    no_path = browser.post(f"{SETTINGS}/goals", data={"kind": "page", "page": "thanks"} | token)
    no_kind = browser.post(f"{SETTINGS}/goals", data={"kind": "wish"} | token)
    twice = browser.post(f"{SETTINGS}/goals/{order.id}", data={"kind": "event", "event": "Signup"} | token)
    unknown = browser.post(f"{SETTINGS}/goals/999", data={"kind": "event", "event": "Signup2"} | token)

    assert [answer.status_code for answer in (no_path, no_kind, twice, unknown)] == [400, 400, 409, 404]
    assert 'value="thanks"' in no_path.text


def test_it_resets_a_site_and_tells_in_numbers_what_is_lost(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS))}
    pages.events = 27_742

    asked = browser.get(f"{SETTINGS}/danger").text
    mistyped = browser.post(f"{SETTINGS}/reset", data={"confirmation": "example"} | token)
    done = browser.post(f"{SETTINGS}/reset", data={"confirmation": "example.com"} | token)

    assert asked.count("27,742 events</b> since 31 Jan 2026") == 2
    assert "2 goals, 0 shared segments, 1 shared link and 3 keys" in asked
    assert (mistyped.status_code, done.status_code, pages.events) == (400, 303, 0)
    assert "Erased 27,742 events." in browser.get(done.headers["location"]).text


def test_it_gives_a_site_to_somebody_else(pages: PagesApp) -> None:
    browser, install = pages.browser_of("alice@example.com"), pages.install
    token = {"form_token": form_token(browser.get(SETTINGS)), "confirmation": "example.com"}
    install.keys.create(["stats:read"], site_id=install.site.id)

    to_herself = browser.post(f"{SETTINGS}/transfer", data={"email": "alice@example.com"} | token)
    offered = browser.post(f"{SETTINGS}/transfer", data={"email": "charlie@example.com"} | token)
    charlie = pages.browser_of("charlie@example.com")
    link = re.findall(r"/invitations/[\w-]+", offered.text)[0]
    offer = charlie.get(link)
    before = browser.get(SETTINGS).status_code
    charlie.post(f"{link}/accept", data={"form_token": form_token(offer)})

    assert (to_herself.status_code, offered.status_code, before) == (400, 200, 200)
    assert "alice@example.com gives you this site" in offer.text
    assert browser.get(SETTINGS).status_code == 403
    assert browser.get("/sites/example.com/install").status_code == 200
    assert charlie.get(SETTINGS).status_code == 200
    assert install.keys.of_site(install.site.id) == []
    assert charlie.get(link).status_code == 404


def test_it_does_not_tell_who_has_an_account_when_a_site_is_given_away(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = {"form_token": form_token(browser.get(SETTINGS)), "confirmation": "example.com"}
    shown = []

    for email in ("charlie@example.com", "nobody@example.com", "bob@example.com"):
        answer = browser.post(f"{SETTINGS}/transfer", data={"email": email} | token)
        shown.append(
            (
                answer.status_code,
                re.sub(r"/invitations/[\w-]+", "LINK", without_token(answer.text)).replace(email, "EMAIL"),
            )
        )

    assert shown[0] == shown[1] == shown[2]


def test_it_exports_all_events_for_owners(pages: PagesApp) -> None:
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")

    file = alice.post(f"{SETTINGS}/export", data={"format": "jsonl", "form_token": form_token(alice.get(SETTINGS))})
    refused = bob.post(f"{SETTINGS}/export", data={"form_token": form_token(bob.get("/sites/new"))})

    assert file.text == "example.com as jsonl"
    assert 'filename="example.com-events.jsonl"' in file.headers["content-disposition"]
    assert refused.status_code == 403


def test_it_makes_and_deletes_shared_links(pages: PagesApp) -> None:
    browser, install = pages.browser_of("alice@example.com"), pages.install
    token = {"form_token": form_token(browser.get(SETTINGS))}
    segment = install.segments.add(install.site.id, None, "Estonia", [["is", "visit:country", ["EE"]]])
    own = install.segments.add(install.site.id, install.alice.id, "Mine", [["is", "visit:country", ["SE"]]])
    form = {"name": "Agency", "password": "long enough", "segment": str(segment.id), "expires": "2027-01-31"}

    browser.post(f"{SETTINGS}/links", data=form | token)
    twice = browser.post(f"{SETTINGS}/links", data={"name": "Agency"} | token)
    origins = {"name": "Wall", "embedding": "named", "origins": "https://wall.example\nboard.example"}
    browser.post(f"{SETTINGS}/links", data=origins | token)
    agency, wall = install.shared_links.of_site(install.site.id)
    page = browser.get(f"{SETTINGS}/links").text

    assert (agency.segment_name, agency.segment_filters) == ("Estonia", (["is", "visit:country", ["EE"]],))
    assert agency.expires_ms == 1_801_432_800_000  # as 31 January ends in Tallinn
    assert agency.password_hash.startswith("$argon2id$")
    assert wall.embedded_by == ("https://wall.example", "https://board.example")
    assert f"http://localhost/share/example.com?auth={agency.slug}" in page
    assert twice.status_code == 409
    for wrong in (
        {"name": ""},
        {"name": "a", "password": "short"},
        {"name": "a", "segment": str(own.id)},
        {"name": "a", "expires": "2020-01-01"},
        {"name": "a", "expires": "soon"},
        {"name": "a", "embedding": "named"},
        {"name": "a", "embedding": "named", "origins": "https://a.example; script-src *"},
        {"name": "a", "embedding": "anywhere", "password": "long enough"},
    ):
        assert browser.post(f"{SETTINGS}/links", data=wrong | token).status_code == 400, wrong

    browser.post(f"{SETTINGS}/links/{agency.id}/delete", data=token)
    assert [link.name for link in install.shared_links.of_site(install.site.id)] == ["Wall"]


def test_it_lists_sites_with_their_figures_and_finds_them(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    for number in range(30):
        pages.install.sites.create(f"site-{number:02}.example", owner_id=pages.install.alice.id)

    first, second = browser.get("/sites").text, browser.get("/sites?page=2").text
    found = browser.get("/sites?search=Site-29").text

    assert "1,200 visitors in the last 28 days" in first
    assert "+20%" in first
    assert ("site-29" in first, "site-29" in second) == (False, True)
    assert found.count('class="site-card"') == 1
    assert "No site is called that" in browser.get("/sites?search=nothing").text


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


def test_it_lets_editors_say_what_events_mean(pages: PagesApp) -> None:
    install, site = pages.install, pages.install.site
    install.sites.add_member(site.id, install.bob.id, Role.EDITOR)
    bob = pages.browser_of("bob@example.com")
    page = bob.get(f"{SETTINGS}/events")
    token = {"form_token": form_token(page)}

    said = bob.post(f"{SETTINGS}/events/description", data={"name": "Signup", "description": "An account"} | token)
    shown = {"key": "plan", "display_name": "Tariff", "is_allowed": "true", "is_hidden": "true"}
    bob.post(f"{SETTINGS}/events/property", data=shown | token)
    after = bob.get(f"{SETTINGS}/events").text

    assert bob.get(SETTINGS).headers["location"] == f"{SETTINGS}/events"
    assert bob.get(f"{SETTINGS}/general").status_code == 403
    assert f"{SETTINGS}/general" not in page.text
    assert "As many names as there may be" in page.text
    assert said.headers["location"].startswith(f"{SETTINGS}/events?saved=registry")
    assert "An account" in after
    assert "In events it is called plan" in after
    (changed,) = (one for one in install.sites.of_user(install.bob.id) if one.id == site.id)
    assert changed.custom_properties == ("plan",)
    assert [(one.shown_as, one.is_hidden) for one in pages.registry.properties(site.id)] == [("Tariff", True)]


def test_it_takes_events_out_of_the_list(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    pages.registry.describe(pages.install.site.id, "Signup", "An account")
    token = {"form_token": form_token(browser.get(f"{SETTINGS}/events"))}

    browser.post(f"{SETTINGS}/events/forget", data={"kind": "name", "text": "Signup"} | token)
    again = browser.post(f"{SETTINGS}/events/forget", data={"kind": "name", "text": "Signup"} | token)

    assert pages.registry.names(pages.install.site.id) == []
    assert again.status_code == 404
    assert "may have been deleted already" in again.text


def test_it_gives_a_site_a_host_of_its_own(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    page = browser.get(f"{SETTINGS}/domain")
    form = {"custom_domain": "Stats.Example.com", "script_path": "/look.js", "form_token": form_token(page)}

    saved = browser.post(f"{SETTINGS}/custom_domain", data=form)
    wrong = browser.post(f"{SETTINGS}/custom_domain", data=form | {"custom_domain": "stats.charlie.example"})

    assert "The snippet" not in page.text
    assert saved.headers["location"] == f"{SETTINGS}/domain?saved=custom_domain#custom_domain"
    snippet = "&lt;script defer src=&#34;https://stats.example.com/look.js&#34;&gt;&lt;/script&gt;"
    assert snippet in browser.get(f"{SETTINGS}/domain").text
    assert snippet in browser.get("/sites/example.com/install").text
    assert (wrong.status_code, "Choose example.com or a name below it" in wrong.text) == (400, True)
    assert pages.browser_of("bob@example.com").post(f"{SETTINGS}/custom_domain", data=form).status_code == 403
