"""/account/passkeys and /sign-in/passkey: forms, rights and bounds; what is signed, tests/unit/accounts looks at."""

import json
import re
from dataclasses import replace
from typing import Any

import pytest
from fastapi.testclient import TestClient
from tests.acceptance.at_provider import message
from tests.acceptance.mailbox import Mailbox
from tests.acceptance.pages_app import PagesApp, form_token
from tests.authenticator import Authenticator
from tests.people import PASSWORD

HERE = "https://stats.example.com"


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(HERE, "stats.example.com")


def at(pages: PagesApp) -> TestClient:
    return pages.browser(url=HERE)


def signed_in(pages: PagesApp, email: str) -> TestClient:
    browser = at(pages)
    assert browser.post("/sign-in", data={"email": email, "password": PASSWORD}).status_code == 303
    return browser


def add(browser: TestClient, device: Authenticator, **typed: str) -> tuple[Authenticator, Any]:
    token = form_token(browser.get("/account"))
    options = browser.post("/account/passkeys/challenge", headers={"x-form-token": token})
    made, credential = device.create(options.text)
    form = {"form_token": token, "credential": credential, "name": "Laptop", "current_password": PASSWORD}
    return made, browser.post("/account/passkeys", data=form | typed)


def test_it_adds_uses_names_and_removes_one(mailing: PagesApp, mailbox: Mailbox, device: Authenticator) -> None:
    alice = signed_in(mailing, "alice@example.com")
    made, answer = add(alice, device)
    assert answer.headers["location"] == "/account?saved=passkeys#passkeys"
    assert mailbox.letters[-1]["subject"] == "A way to sign in was added"
    browser = at(mailing)
    assert "Sign in with a passkey" in browser.get("/sign-in").text

    challenge = browser.post("/sign-in/passkey/challenge").text
    entered = browser.post("/sign-in/passkey", data={"credential": made.get(challenge), "next": "/teams"})

    assert entered.headers["location"] == "/teams"
    assert "alice@example.com" in browser.get("/account").text
    form = {"form_token": form_token(alice.get("/account")), "current_password": PASSWORD}
    assert alice.post("/account/passkeys/1/name", data=form | {"name": "Workbench"}).status_code == 303
    assert "Workbench" in alice.get("/account").text
    assert alice.post("/account/passkeys/1/remove", data=form).status_code == 303
    assert "Workbench" not in alice.get("/account").text
    assert mailbox.letters[-1]["subject"] == "A way to sign in was removed"


def test_it_asks_for_the_password_and_the_token_of_the_form(mailing: PagesApp, device: Authenticator) -> None:
    alice = signed_in(mailing, "alice@example.com")

    answers = [add(alice, device, **wrong)[1] for wrong in ({"current_password": "guess"}, {"form_token": ""})]

    assert [each.status_code for each in answers] == [400, 403]
    assert alice.post("/account/passkeys/challenge").status_code == 403
    assert mailing.install.sessions.of_user(mailing.install.alice.id, "")
    assert "Laptop" not in re.sub(r"<(input|meta)[^>]*>", "", alice.get("/account").text)


def test_it_takes_nothing_from_other_sites(mailing: PagesApp, device: Authenticator) -> None:
    made, _ = add(signed_in(mailing, "alice@example.com"), device)
    browser = at(mailing)
    credential = made.get(browser.post("/sign-in/passkey/challenge").text)

    for headers in ({"sec-fetch-site": "cross-site"}, {"origin": "https://evil.example"}):
        assert browser.post("/sign-in/passkey", data={"credential": credential}, headers=headers).status_code == 403
        assert browser.post("/sign-in/passkey/challenge", headers=headers).status_code == 403
    assert browser.get("/account").status_code == 303


def test_it_is_bound_to_the_address_of_the_settings_whatever_host_is_asked_for(mailing: PagesApp) -> None:
    browser = mailing.browser(url="https://evil.example")

    options = json.loads(browser.post("/sign-in/passkey/challenge", headers={"x-forwarded-host": "evil.example"}).text)

    assert options["rpId"] == "stats.example.com"
    assert "Sign in with a passkey" not in browser.get("/sign-in").text


def test_it_tells_a_wrong_passkey_on_the_page(mailing: PagesApp, device: Authenticator) -> None:
    made, _ = add(signed_in(mailing, "alice@example.com"), device)
    browser = at(mailing)
    stranger = replace(made, id=b"unknown")

    answer = browser.post(
        "/sign-in/passkey", data={"credential": stranger.get(browser.post("/sign-in/passkey/challenge").text)}
    )

    assert answer.status_code == 401
    assert "is not known here" in message(answer)


def test_it_bounds_challenges_that_nobody_answers(mailing: PagesApp, device: Authenticator) -> None:
    made, _ = add(signed_in(mailing, "alice@example.com"), device)
    browser = at(mailing)
    for _ in range(6):  # what succeeds is not counted
        made = replace(made, counts=made.counts + 1)
        challenge = browser.post("/sign-in/passkey/challenge").text
        assert browser.post("/sign-in/passkey", data={"credential": made.get(challenge)}).status_code == 303

    answers = [browser.post("/sign-in/passkey/challenge") for _ in range(6)]

    assert [each.status_code for each in answers] == [200] * 5 + [429]
    assert answers[-1].json()["error"]["code"] == "too_many_requests"
