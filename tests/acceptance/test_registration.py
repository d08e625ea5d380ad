"""/register where anybody may make an account, and where nobody may."""

import pytest
from pydantic import ValidationError
from tests.acceptance.mailbox import Mailbox
from tests.acceptance.pages_app import PagesApp

from footfall.settings import Settings


def test_it_makes_an_account_of_a_confirmed_address(mailing: PagesApp, mailbox: Mailbox) -> None:
    browser = mailing.browser()
    assert "/register" in browser.get("/sign-in").text
    browser.post("/register", data={"email": "Dora@example.com"})
    path = mailbox.path()
    assert mailing.install.accounts.by_email("dora@example.com") is None  # until the link is opened

    made = browser.post(path, data={"password": "a long password"})

    dora = mailing.install.accounts.by_email("dora@example.com")
    assert made.status_code == 303
    assert dora is not None
    assert mailing.install.links.is_confirmed(dora.id)
    assert browser.get("/account").status_code == 200
    assert mailing.browser().post(path, data={"password": "a long password"}).status_code == 404


def test_it_tells_only_the_mailbox_who_has_an_account(mailing: PagesApp, mailbox: Mailbox) -> None:
    answers = [
        mailing.browser().post("/register", data={"email": email}).text
        for email in ("alice@example.com", "nobody@example.com")
    ]

    assert answers[0].replace("alice", "nobody") == answers[1]
    assert [letter["subject"] for letter in mailbox.letters] == ["You have an account already", "Make your account"]


def test_it_is_closed_unless_the_settings_say_so(pages: PagesApp) -> None:
    browser = pages.browser()

    assert "/register" not in browser.get("/sign-in").text
    assert browser.get("/register").status_code == 403
    assert browser.post("/register", data={"email": "dora@example.com"}).status_code == 403


def test_it_needs_mail_to_be_open() -> None:
    with pytest.raises(ValidationError, match="FOOTFALL_SMTP_HOST"):
        Settings(registration="open")


def test_it_needs_a_public_address_to_send_mail() -> None:
    with pytest.raises(ValidationError, match="FOOTFALL_BASE_URL"):
        Settings(smtp_host="mail.example.com", smtp_from="stats@example.com")
