"""In which language pages and letters are, and what their answers tell of it."""

from typing import Any

import pytest
from tests.acceptance.mailbox import Mailbox, text_of
from tests.acceptance.pages_app import PagesApp, form_token

GERMAN = {"accept-language": "de-AT,de;q=0.9,en;q=0.8"}


def choose(browser: Any, language: str) -> Any:
    return browser.post(
        "/account/language", data={"form_token": form_token(browser.get("/account")), "language": language}
    )


def test_it_answers_as_the_browser_asks(pages: PagesApp) -> None:
    german = pages.browser().get("/sign-in", headers=GERMAN)
    english = pages.browser().get("/sign-in", headers={"accept-language": "fr"})

    assert '<html lang="de-AT"' in german.text
    assert "Passwort vergessen" in german.text
    assert german.headers["content-language"] == "de-AT"
    assert '<html lang="en-GB"' in english.text
    assert german.headers["vary"] == english.headers["vary"] == "Accept-Language, Cookie"


def test_it_keeps_the_language_somebody_chose(pages: PagesApp) -> None:
    alice = pages.browser_of("alice@example.com")

    saved = choose(alice, "de")

    assert saved.headers["location"] == "/account?saved=language#language"
    assert "Dein Konto" in alice.get("/account", headers={"accept-language": "en-US"}).text
    assert "Your account" in pages.browser_of("bob@example.com").get("/account").text
    choose(alice, "")
    assert "Your account" in alice.get("/account").text


def test_it_refuses_a_language_there_is_not(pages: PagesApp) -> None:
    refused = choose(pages.browser_of("alice@example.com"), "tlh")

    assert refused.status_code == 400
    assert "Choose a language from the list." in refused.text


def test_it_says_errors_in_the_language_of_the_page(pages: PagesApp) -> None:
    wrong = pages.browser().post("/sign-in", data={"email": "alice@example.com", "password": "no"}, headers=GERMAN)
    alice = pages.browser_of("alice@example.com")
    missing = alice.get("/sites/nothing.example", headers=GERMAN)
    nothing = alice.get("/nothing/there", headers=GERMAN)
    unread = alice.get("/sites?page=first", headers=GERMAN)
    unfit = alice.get("/account/email", headers=GERMAN)

    assert "E-Mail-Adresse und Passwort passen nicht zusammen." in wrong.text
    assert "Nicht gefunden" in missing.text
    assert "Unter dieser Adresse gibt es nichts." in nothing.text
    assert "Was als „page“ gesendet wurde, ist nicht lesbar" in unread.text
    assert "Diese Adresse nimmt eine solche Anfrage nicht an" in unfit.text


@pytest.mark.parametrize(("header", "subject"), [(GERMAN, "Neues Passwort festlegen"), ({}, "Set a new password")])
def test_it_writes_letters_in_the_language_of_who_asks(
    mailing: PagesApp, mailbox: Mailbox, header: dict[str, str], subject: str
) -> None:
    mailing.browser().post("/forgot-password", data={"email": "alice@example.com"}, headers=header)

    letter = mailbox.letters[-1]
    assert letter["subject"] == subject
    assert subject in text_of(letter)
