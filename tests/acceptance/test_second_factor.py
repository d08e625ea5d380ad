"""Signing in with a code, the page of one's second factor, and teams that ask for one."""

import html
import re
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.acceptance.authenticator import ALICE, App, with_app
from tests.acceptance.mailbox import Mailbox, text_of
from tests.acceptance.pages_app import PagesApp, form_token
from tests.people import PASSWORD

from footfall.accounts import AuditLog, Place, Purpose
from footfall.domain.roles import Role

PAGE = "/account/second-factor"
CODE = re.compile(r"[a-z2-7]{4}(?:-[a-z2-7]{4}){5}")


def send(browser: TestClient, path: str, **fields: str) -> Any:
    return browser.post(f"{PAGE}/{path}", data={"form_token": form_token(browser.get("/account")), **fields})


def value(page: Any, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found is not None
    return html.unescape(found[1])


def set_up(pages: PagesApp, browser: TestClient, **fields: str) -> tuple[App, Any]:
    """By the page, as people do it; gives the last answer, too."""
    offered = send(browser, "offer", current_password=PASSWORD, **fields)
    shown = re.search(r"<pre>([A-Z2-7 ]{39})</pre>", offered.text)
    assert shown is not None
    app = App(pages.install, shown[1].replace(" ", ""))
    on = send(browser, "on", nonce=value(offered, "nonce"), code=app.code(), next=value(offered, "next"))
    app.recovery_codes = CODE.findall(on.text)[:10]
    return app, on


def test_it_sets_an_app_up_and_asks_for_its_code_from_then_on(pages: PagesApp) -> None:
    here, there = pages.browser_of("alice@example.com"), pages.browser_of("alice@example.com")

    app, on = set_up(pages, here, next="/sites/example.com")

    assert on.status_code == 200
    assert len(set(app.recovery_codes)) == 10
    assert 'href="/sites/example.com">I have kept them' in on.text
    assert app.recovery_codes[0] not in here.get(PAGE).text  # shown once
    assert "10 of your recovery codes are left" in here.get("/account").text
    assert (here.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    browser = pages.browser()
    assert browser.post("/sign-in", data=ALICE | {"next": "/sites/example.com"}).headers["location"] == (
        "/sign-in/code?next=/sites/example.com"
    )
    assert "footfall" not in browser.cookies
    assert value(browser.get("/sign-in/code?next=/sites/example.com"), "next") == "/sites/example.com"
    done = browser.post("/sign-in/code", data={"code": app.code(), "next": "/sites/example.com"})
    assert done.headers["location"] == "/sites/example.com"
    assert browser.get("/sites").status_code == 200
    assert "footfall-sign-in" not in browser.cookies


def test_it_draws_the_secret_without_asking_anybody(pages: PagesApp) -> None:
    offered = send(pages.browser_of("alice@example.com"), "offer", current_password=PASSWORD)

    assert '<svg viewBox="0 0' in offered.text
    assert not re.search(r"<svg[^>]*style=|<img", offered.text)
    assert offered.headers["cache-control"] == "no-store"


def test_it_asks_for_the_password_before_it_offers_a_secret(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")

    guesses = [send(alice, "offer", current_password=f"guess {n}") for n in range(6)]

    assert [guess.status_code for guess in guesses] == [400] * 5 + [429]
    assert not any('<svg viewBox="0 0 4' in guess.text for guess in guesses)
    made_up = send(alice, "on", nonce="0" * 64, code="000000")
    assert made_up.status_code == 400
    assert "too old" in made_up.text


def test_it_shows_the_secret_again_after_a_wrong_code(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")
    offered = send(alice, "offer", current_password=PASSWORD)

    wrong = send(alice, "on", nonce=value(offered, "nonce"), code="000000")

    assert wrong.status_code == 400
    assert "This is not the code" in wrong.text
    assert value(wrong, "nonce") == value(offered, "nonce")
    assert pages.install.factors.state(pages.install.alice.id) is None


def test_it_gives_no_session_and_opens_nothing_before_the_code(pages: PagesApp) -> None:
    with_app(pages.install, pages.install.alice)
    browser = pages.browser()
    browser.post("/sign-in", data=ALICE)
    waiting = browser.cookies["footfall-sign-in"]

    assert browser.get("/sites").headers["location"].startswith("/sign-in")
    browser.cookies.set("footfall", waiting)
    assert browser.get("/sites").headers["location"].startswith("/sign-in")
    assert pages.install.sessions.of_user(pages.install.alice.id, "") == []


def test_it_keeps_the_waiting_sign_in_from_scripts_and_other_sites(pages: PagesApp) -> None:
    with_app(pages.install, pages.install.alice)

    cookie = pages.browser(url="https://stats.example.com").post("/sign-in", data=ALICE).headers["set-cookie"]

    assert cookie.startswith("__Host-footfall-sign-in=")
    assert all(part in cookie for part in ("HttpOnly", "Secure", "SameSite=lax", "Path=/", "Max-Age=600"))


def test_it_gives_a_new_session_whatever_the_browser_carried(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    browser = pages.browser_of("bob@example.com")
    bobs = browser.cookies["footfall"]
    browser.post("/sign-in", data=ALICE)
    waiting = browser.cookies["footfall-sign-in"]

    browser.post("/sign-in/code", data={"code": app.code()})

    assert browser.cookies["footfall"] not in (bobs, waiting)
    assert pages.install.accounts.user_of_session(bobs) is None
    assert pages.install.accounts.user_of_session(browser.cookies["footfall"]) == pages.install.alice


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}])
def test_it_takes_no_code_from_other_sites(pages: PagesApp, headers: dict[str, str]) -> None:
    app = with_app(pages.install, pages.install.alice)
    browser = pages.browser()
    browser.post("/sign-in", data=ALICE)

    assert browser.post("/sign-in/code", data={"code": app.code()}, headers=headers).status_code == 403
    assert "footfall" not in browser.cookies


def test_it_takes_a_code_once_and_a_recovery_code_once(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    code = app.code()

    def sign_in(code: str) -> int:
        browser = pages.browser()
        browser.post("/sign-in", data=ALICE)
        return browser.post("/sign-in/code", data={"code": code}).status_code

    assert [sign_in(code), sign_in(code)] == [303, 400]
    assert [sign_in(app.recovery_codes[0]), sign_in(app.recovery_codes[0])] == [303, 400]


def test_it_bounds_guessing_codes_wherever_they_are_taken(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    browser = pages.browser()
    browser.post("/sign-in", data=ALICE)

    guesses = [browser.post("/sign-in/code", data={"code": f"00000{n}"}).status_code for n in range(5)]

    assert guesses == [400] * 5
    assert browser.post("/sign-in/code", data={"code": app.code()}).status_code == 429
    again = pages.browser(("203.0.113.77", 1))  # another address, and the password once more: no new guesses
    again.post("/sign-in", data=ALICE)
    assert again.post("/sign-in/code", data={"code": app.code()}).status_code == 429
    pages.install.clock.move(seconds=600)
    again.post("/sign-in", data=ALICE)
    assert again.post("/sign-in/code", data={"code": app.code()}).status_code == 303


def test_it_tells_nothing_to_who_does_not_know_the_password(pages: PagesApp) -> None:
    with_app(pages.install, pages.install.alice)

    answers = [
        pages.browser().post("/sign-in", data={"email": email, "password": "wrong password"})
        for email in ("alice@example.com", "bob@example.com", "nobody@example.com")
    ]

    assert len({re.sub("alice|bob|nobody", "", answer.text) for answer in answers}) == 1
    assert {answer.status_code for answer in answers} == {401}


def test_it_leads_to_the_start_who_has_nothing_to_finish(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    browser = pages.browser()
    assert browser.get("/sign-in/code").headers["location"] == "/sign-in"
    assert browser.post("/sign-in/code", data={"code": app.code()}).status_code == 401
    browser.post("/sign-in", data=ALICE)

    pages.install.clock.move(seconds=601)

    assert browser.get("/sign-in/code").headers["location"] == "/sign-in"
    late = browser.post("/sign-in/code", data={"code": app.code()})
    assert late.status_code == 401
    assert "took too long" in late.text


def test_it_asks_for_the_code_after_a_link_to_the_mailbox_as_well(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    link = pages.install.links.make(Purpose.RESET, "alice@example.com", pages.install.alice.id)
    browser = pages.browser()

    answer = browser.post(f"/reset-password/{link}", data={"password": "another long password"})

    assert answer.headers["location"] == "/sign-in/code"
    assert "footfall" not in browser.cookies
    assert browser.post("/sign-in/code", data={"code": app.code()}).headers["location"] == "/"


def test_it_makes_recovery_codes_anew_for_who_has_password_and_code(mailing: PagesApp, mailbox: Mailbox) -> None:
    alice = mailing.browser_of("alice@example.com")
    app, _ = set_up(mailing, alice)

    no_code = send(alice, "recovery-codes", current_password=PASSWORD, code="000000")
    no_password = send(alice, "recovery-codes", current_password="not it at all", code=app.code())
    made = send(alice, "recovery-codes", current_password=PASSWORD, code=app.code())

    assert (no_code.status_code, no_password.status_code, made.status_code) == (400, 400, 200)
    fresh = CODE.findall(made.text)[:10]
    assert set(fresh).isdisjoint(app.recovery_codes)
    assert [letter["subject"] for letter in mailbox.letters] == ["Your second factor was changed"] * 2


def test_it_switches_off_for_who_has_password_and_code(mailing: PagesApp, mailbox: Mailbox) -> None:
    alice = mailing.browser_of("alice@example.com")
    app, _ = set_up(mailing, alice)

    no_code = send(alice, "off", current_password=PASSWORD)
    no_password = send(alice, "off", current_password="not it at all", code=app.recovery_codes[0])
    off = send(alice, "off", current_password=PASSWORD, code=app.recovery_codes[0])

    assert (no_code.status_code, no_password.status_code, off.status_code) == (400, 400, 303)
    assert mailing.browser_of("alice@example.com").get("/sites").status_code == 200
    assert "does not ask for a second factor" in text_of(mailbox.letters[1])


def team_of_alice(pages: PagesApp) -> str:
    """The team that has the site; Bob is a viewer of it. Gives its path."""
    people = pages.install
    [mine] = people.teams.of_user(people.alice.id)
    place = Place(team_id=mine.team.id)
    offer = people.invitations.invite(place, "bob@example.com", Role.VIEWER, giver_id=people.alice.id, giver=Role.OWNER)
    people.invitations.accept(offer, people.bob.id)
    people.sites.refresh()
    return f"/teams/{mine.team.public_id}"


def test_it_asks_everybody_of_a_team(pages: PagesApp) -> None:
    path = team_of_alice(pages)
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")
    ask = {"form_token": form_token(alice.get(path)), "is_required": "true"}

    too_early = alice.post(f"{path}/second-factor", data=ask)
    set_up(pages, alice)
    asked = alice.post(f"{path}/second-factor", data=ask)

    assert too_early.status_code == 409
    assert "lock yourself out" in too_early.text
    assert asked.headers["location"] == f"{path}?saved=second-factor#second-factor"
    assert "Without one: bob@example.com" in alice.get(path).text
    assert alice.get("/sites/example.com/install").status_code == 200
    led = bob.get("/sites/example.com/install").headers["location"]
    assert led == f"{PAGE}?next=/sites/example.com/install"
    assert "asks everybody for a second factor" in bob.get(led).text
    assert bob.get("/sites").headers["location"] == PAGE
    _, on = set_up(pages, bob, next=value(bob.get(led), "next"))
    assert 'href="/sites/example.com/install">I have kept them' in on.text
    assert bob.get("/sites/example.com/install").status_code == 200


def test_it_tells_of_sites_that_wait_beside_those_that_do_not(pages: PagesApp) -> None:
    people = pages.install
    team_of_alice(pages)
    [mine] = people.teams.of_user(people.alice.id)
    people.teams.require_second_factor(mine.team.id, is_required=True)
    people.sites.create("bob.example", owner_id=people.bob.id)

    listed = pages.browser_of("bob@example.com").get("/sites")

    assert "bob.example" in listed.text
    assert "example.com is seen with a second factor only" in listed.text
    assert 'href="/sites/example.com"' not in listed.text


def test_it_stops_asking_everybody(pages: PagesApp) -> None:
    path, people = team_of_alice(pages), pages.install
    alice, bob = pages.browser_of("alice@example.com"), pages.browser_of("bob@example.com")
    set_up(pages, alice)
    token = form_token(alice.get(path))
    alice.post(f"{path}/second-factor", data={"form_token": token, "is_required": "true"})
    assert bob.get("/sites/example.com/install").status_code == 303

    alice.post(f"{path}/second-factor", data={"form_token": token})

    assert bob.get("/sites/example.com/install").status_code == 200
    entries, _ = AuditLog(people.database, people.clock).of_site(people.site.id, limit=50)
    told = [one.action for one in entries if "required" in one.action]
    assert told == ["second factor not required", "second factor required"]
