"""A passkey as the second factor of signing in by password: asked for after it, and counted where a team wants one."""

from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from pyotp import TOTP
from tests.acceptance.mailbox import BASE_URL, Mailbox, text_of
from tests.acceptance.pages_app import PagesApp, form_token
from tests.acceptance.test_passkeys import add
from tests.acceptance.test_second_factor import CODE
from tests.authenticator import Authenticator
from tests.people import PASSWORD

PAGE = "/account/second-factor"
ALICE = {"email": "alice@example.com", "password": PASSWORD}


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(BASE_URL, "stats.example.com")


def browser_of(pages: PagesApp, email: str = "alice@example.com") -> TestClient:
    browser = pages.browser(url=BASE_URL)
    assert browser.post("/sign-in", data=ALICE | {"email": email}).status_code == 303
    return browser


def send(browser: TestClient, path: str, **fields: str) -> Any:
    own = {"form_token": form_token(browser.get("/account")), "current_password": PASSWORD}
    return browser.post(f"{PAGE}/{path}", data=own | fields)


def switched_on(pages: PagesApp, device: Authenticator) -> tuple[TestClient, Authenticator, list[str]]:
    alice = browser_of(pages)
    made, _ = add(alice, device)
    on = send(alice, "passkeys", next="/teams")
    assert on.status_code == 200, on.text
    return alice, made, CODE.findall(on.text)[:10]


def at_second_step(pages: PagesApp) -> TestClient:
    browser = pages.browser(url=BASE_URL)
    assert browser.post("/sign-in", data=ALICE).headers["location"] == "/sign-in/code"
    return browser


def shown(browser: TestClient, device: Authenticator, at: str = "/sign-in/code/passkey") -> Any:
    challenge = browser.post(f"{at}/challenge")
    assert challenge.status_code == 200, challenge.text
    return browser.post(at, data={"credential": device.get(challenge.text), "next": "/teams"})


def test_it_asks_for_one_after_the_password(mailing: PagesApp, mailbox: Mailbox, device: Authenticator) -> None:
    there = browser_of(mailing)
    alice, made, codes = switched_on(mailing, device)
    assert len(set(codes)) == 10
    assert "asks for one of your passkeys" in text_of(mailbox.letters[-1])
    assert (alice.get("/account").status_code, there.get("/account").status_code) == (200, 303)
    browser = at_second_step(mailing)
    page = browser.get("/sign-in/code").text
    assert "Show your passkey" in page
    assert "Code of your authenticator app" not in page
    assert browser.get("/account").status_code == 303

    done = shown(browser, made)

    assert done.headers["location"] == "/teams"
    assert browser.get("/account").status_code == 200


def test_it_takes_a_recovery_code_where_the_passkey_is_lost(mailing: PagesApp, device: Authenticator) -> None:
    _, _, codes = switched_on(mailing, device)
    browser = at_second_step(mailing)

    assert browser.post("/sign-in/code", data={"code": "000000"}).status_code == 400
    assert browser.post("/sign-in/code", data={"code": codes[0]}).status_code == 303


def test_it_takes_a_passkey_of_this_person_for_this_sign_in_alone(mailing: PagesApp, device: Authenticator) -> None:
    _, made, _ = switched_on(mailing, device)
    bobs, _ = add(browser_of(mailing, "bob@example.com"), Authenticator(BASE_URL, "stats.example.com"))
    browser = at_second_step(mailing)

    wrong = (bobs, replace(made, handle=bobs.handle), replace(made, verifies=False), replace(made, key=bobs.key))
    answers = [shown(browser, each).status_code for each in wrong]
    challenge = browser.post("/sign-in/passkey/challenge").text  # of a sign-in without a password
    other = browser.post("/sign-in/code/passkey", data={"credential": made.get(challenge)})

    assert answers == [400] * 4
    assert other.status_code == 403
    assert browser.get("/account").status_code == 303
    assert mailing.browser(url=BASE_URL).post("/sign-in/code/passkey/challenge").status_code == 401
    mailing.install.clock.move(seconds=601)  # so many wrong ones are all a client has
    entered = mailing.browser(url=BASE_URL)
    used_there = entered.post("/sign-in/passkey", data={"credential": made.get(browser_challenge(mailing))})
    assert used_there.status_code == 403


def browser_challenge(pages: PagesApp) -> str:
    """One for the second step of a sign-in."""
    return str(at_second_step(pages).post("/sign-in/code/passkey/challenge").text)


def test_it_needs_a_passkey_and_the_password(mailing: PagesApp, device: Authenticator) -> None:
    alice = browser_of(mailing)
    assert send(alice, "passkeys").status_code == 409
    add(alice, device)

    assert send(alice, "passkeys", current_password="guess").status_code == 400
    assert mailing.install.factors.state(mailing.install.alice.id) is None


def test_it_counts_for_a_team_that_asks_for_one(mailing: PagesApp, device: Authenticator) -> None:
    people = mailing.install
    [mine] = people.teams.of_user(people.alice.id)
    people.teams.require_second_factor(mine.team.id, is_required=True)
    people.sites.refresh()
    alice = browser_of(mailing)
    add(alice, device)
    assert alice.get(f"/teams/{mine.team.public_id}").headers["location"].startswith(PAGE)  # having one is not enough

    send(alice, "passkeys")

    assert alice.get(f"/teams/{mine.team.public_id}").status_code == 200
    assert people.sites.held_back(people.alice.id) == []


def test_it_keeps_the_last_passkey_that_is_asked_for(mailing: PagesApp, device: Authenticator) -> None:
    alice, _, _ = switched_on(mailing, device)
    form = {"form_token": form_token(alice.get("/account")), "current_password": PASSWORD}

    refused = alice.post("/account/passkeys/1/remove", data=form)

    assert refused.status_code == 409
    assert "is your second factor" in refused.text
    add(alice, Authenticator(BASE_URL, "stats.example.com"))
    assert alice.post("/account/passkeys/1/remove", data=form).status_code == 303


def test_it_is_switched_off_with_a_passkey_or_a_recovery_code(mailing: PagesApp, device: Authenticator) -> None:
    alice, made, codes = switched_on(mailing, device)
    own = {"x-form-token": form_token(alice.get("/account"))}
    challenge = alice.post(f"{PAGE}/challenge", headers=own).text
    assert send(alice, "off", code="").status_code == 400

    renewed = send(alice, "recovery-codes", credential=made.get(challenge))

    assert renewed.status_code == 200
    assert send(alice, "off", code=codes[0]).status_code == 400  # of before
    assert send(alice, "off", code=CODE.findall(renewed.text)[0]).status_code == 303
    assert mailing.install.factors.state(mailing.install.alice.id) is None


def test_it_takes_an_app_besides(mailing: PagesApp, device: Authenticator) -> None:
    alice, made, _ = switched_on(mailing, device)
    people = mailing.install
    offer = people.factors.offer(people.alice.id, "alice@example.com")
    code = TOTP(offer.secret).generate_otp(people.clock() // 30_000)

    on = send(alice, "on", nonce=offer.nonce, code=code)

    assert on.status_code == 200
    browser = at_second_step(mailing)
    page = browser.get("/sign-in/code").text
    assert "Code of your authenticator app" in page
    assert shown(browser, made).headers["location"] == "/teams"
