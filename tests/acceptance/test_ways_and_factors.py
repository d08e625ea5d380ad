"""What a second factor means for those who sign in without a password."""

from dataclasses import replace

from tests.acceptance.at_provider import come_back, is_signed_in, link
from tests.acceptance.mailbox import BASE_URL
from tests.acceptance.pages_app import PagesApp, form_token
from tests.acceptance.test_passkeys import add
from tests.acceptance.test_second_factor import set_up
from tests.authenticator import Authenticator
from tests.oidc_provider import OidcProvider


def test_it_asks_for_a_code_after_the_word_of_a_provider(open_pages: PagesApp, provider: OidcProvider) -> None:
    alice = open_pages.browser_of("alice@example.com")
    link(alice, provider)
    app, _ = set_up(open_pages, alice)
    browser = open_pages.browser()

    answer = come_back(browser, provider, "/sign-in/with/acme?next=/teams")

    assert answer.headers["location"] == "/sign-in/code?next=/teams"
    assert not is_signed_in(browser)
    app_code = browser.post("/sign-in/code", data={"code": app.code(), "next": "/teams"})
    assert app_code.headers["location"] == "/teams"


def test_it_asks_for_no_code_after_a_passkey(open_pages: PagesApp) -> None:
    alice = open_pages.browser(url=BASE_URL)
    alice.post("/sign-in", data={"email": "alice@example.com", "password": "correct horse battery"})
    made, _ = add(alice, Authenticator(BASE_URL, "stats.example.com"))
    set_up(open_pages, alice)
    browser = open_pages.browser(url=BASE_URL)

    answer = browser.post(
        "/sign-in/passkey", data={"credential": made.get(browser.post("/sign-in/passkey/challenge").text)}
    )

    assert answer.headers["location"] == "/"
    assert is_signed_in(browser)
    unverified = replace(made, verifies=False).get(browser.post("/sign-in/passkey/challenge").text)
    assert open_pages.browser(url=BASE_URL).post("/sign-in/passkey", data={"credential": unverified}).status_code == 401


def test_it_lets_who_has_no_password_set_an_app_up(open_pages: PagesApp, provider: OidcProvider) -> None:
    dora = open_pages.browser()
    come_back(dora, provider)

    soon = dora.post("/account/second-factor/offer", data={"form_token": form_token(dora.get("/account"))})
    open_pages.install.clock.move(seconds=601)
    late = dora.post("/account/second-factor/offer", data={"form_token": form_token(dora.get("/account"))})

    assert [soon.status_code, late.status_code] == [200, 400]
