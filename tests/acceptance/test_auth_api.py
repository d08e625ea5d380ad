"""/api/v1/auth: accounts made, sessions opened and ended, as JSON."""

from typing import Any

import pytest
from tests.acceptance.authenticator import ALICE, with_app
from tests.acceptance.mailbox import Mailbox, text_of
from tests.acceptance.pages_app import ELSEWHERE, SETUP_CODE, PagesApp
from tests.people import PASSWORD

from footfall.accounts import Place
from footfall.domain.roles import Role

OWNER = {"email": "owner@example.com", "password": PASSWORD}


def auth(browser: Any, route: str, **fields: str) -> Any:
    return browser.post(f"/api/v1/auth/{route}", json=fields)


def test_it_signs_in_tells_who_one_is_and_signs_out(pages: PagesApp) -> None:
    browser = pages.browser()
    assert browser.get("/api/v1/auth/me").status_code == 401

    entered = auth(browser, "login", **ALICE).json()

    assert entered["state"] == "signed_in"
    assert entered["user"] == {
        "email": "alice@example.com",
        "owns_install": True,
        "has_second_factor": False,
        "teams": [{**entered["user"]["teams"][0], "name": "alice", "role": "owner", "requires_second_factor": False}],
    }
    again = browser.get("/api/v1/auth/me").json()
    assert again | {"form_token": ""} == entered | {"form_token": ""}
    assert again["form_token"] != entered["form_token"]  # no secret is twice the same text, and both hold
    assert browser.get("/sites").status_code == 200  # the session of the pages
    token = browser.cookies["footfall"]
    assert auth(browser, "logout").status_code == 403  # not without the token of its forms
    assert auth(browser, "logout", form_token=entered["form_token"]).json()["state"] == "signed_out"
    assert "footfall" not in browser.cookies
    assert pages.install.accounts.user_of_session(token) is None
    assert auth(browser, "logout").json()["state"] == "signed_out"


def test_it_takes_the_token_in_the_header_of_the_pages(pages: PagesApp) -> None:
    browser = pages.browser()
    token = auth(browser, "login", **ALICE).json()["form_token"]

    answer = browser.post("/api/v1/auth/logout", headers={"x-form-token": token})

    assert answer.json()["state"] == "signed_out"


def test_it_says_that_a_code_is_needed_and_takes_it(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)
    browser = pages.browser()

    first = auth(browser, "login", **ALICE).json()
    assert (first, browser.get("/api/v1/auth/me").status_code) == (
        {"state": "code_needed", "user": None, "form_token": None},
        401,
    )
    assert auth(browser, "login", code="000000").json()["error"]["field"] == "code"
    second = auth(browser, "login", code=app.code()).json()

    assert (second["state"], second["user"]["has_second_factor"]) == ("signed_in", True)
    assert browser.get("/api/v1/auth/me").status_code == 200
    assert "footfall-sign-in" not in browser.cookies


def test_it_takes_password_and_code_at_once(pages: PagesApp) -> None:
    app = with_app(pages.install, pages.install.alice)

    assert auth(pages.browser(), "login", **ALICE, code=app.code()).json()["state"] == "signed_in"
    assert auth(pages.browser(), "login", **ALICE, code=app.recovery_codes[0]).json()["state"] == "signed_in"
    assert auth(pages.browser(), "login", **ALICE, code="000000").status_code == 400
    assert auth(pages.browser(), "login", code=app.code()).status_code == 400  # nobody waits for it


def test_it_bounds_guessing_together_with_the_pages(pages: PagesApp) -> None:
    wrong = ALICE | {"password": "not it at all"}
    guesses = [auth(pages.browser(), "login", **wrong) for _ in range(3)]
    guesses += [pages.browser().post("/sign-in", data=wrong) for _ in range(2)]
    assert {guess.status_code for guess in guesses} == {401}
    assert guesses[0].json() == auth(pages.browser(ELSEWHERE), "login", **wrong | {"email": "no@example.com"}).json()

    assert auth(pages.browser(), "login", **ALICE).status_code == 429


@pytest.mark.parametrize("route", ["register", "login", "logout"])
def test_it_refuses_pages_of_other_sites(pages: PagesApp, route: str) -> None:
    browser = pages.browser()

    answer = browser.post(f"/api/v1/auth/{route}", json=ALICE, headers={"sec-fetch-site": "cross-site"})

    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "not_allowed")
    assert "footfall" not in browser.cookies


def test_it_makes_the_owner_of_a_fresh_install_once(fresh_pages: PagesApp) -> None:
    elsewhere = fresh_pages.browser(ELSEWHERE)
    assert auth(elsewhere, "register", **OWNER).json()["error"]["field"] == "code"

    made = auth(elsewhere, "register", **OWNER, setup_code=SETUP_CODE).json()

    assert (made["state"], made["user"]["owns_install"]) == ("signed_in", True)
    assert elsewhere.get("/api/v1/auth/me").status_code == 200
    again = auth(fresh_pages.browser(), "register", **OWNER | {"email": "eve@example.com"})
    assert again.status_code == 403
    assert "by invitation" in again.json()["error"]["message"]


def test_it_makes_the_account_of_an_invitation(pages: PagesApp) -> None:
    people = pages.install
    place = Place(site_id=people.site.id)
    token = people.invitations.invite(
        place, "dora@example.com", Role.VIEWER, giver_id=people.alice.id, giver=Role.OWNER
    )
    browser = pages.browser()

    short = auth(browser, "register", invitation=token, password="short")
    made = auth(browser, "register", invitation=token, password=PASSWORD).json()

    assert short.json()["error"]["field"] == "password"
    assert (made["state"], made["user"]["email"]) == ("signed_in", "dora@example.com")
    assert browser.get("/sites/example.com/install").status_code == 200
    assert auth(pages.browser(), "register", invitation=token, password=PASSWORD).status_code == 404


def test_it_mails_a_link_where_anybody_may_have_an_account(mailing: PagesApp, mailbox: Mailbox) -> None:
    browser = mailing.browser()

    known, unknown = (auth(browser, "register", email=f"{who}@example.com") for who in ("bob", "dora"))

    assert known.json() == unknown.json() == {"state": "link_sent", "user": None, "form_token": None}
    letters = {str(letter["to"]): letter for letter in mailbox.letters}
    assert "there is one" in text_of(letters["bob@example.com"])
    secret = mailbox.path().rpartition("/")[2]
    made = auth(browser, "register", link=secret, password=PASSWORD).json()
    assert (made["state"], made["user"]["email"]) == ("signed_in", "dora@example.com")
