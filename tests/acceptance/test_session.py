"""/sign-in and /sign-out: cookies, forms from elsewhere, and guessing."""

import pytest
from tests.acceptance.pages_app import PagesApp, form_token
from tests.people import PASSWORD

from footfall.web.entering import local_path

ALICE = {"email": "alice@example.com", "password": PASSWORD}


def test_it_signs_in_and_leads_to_where_one_wanted_to_go(pages: PagesApp) -> None:
    browser = pages.browser()
    asked = browser.get("/sites/example.com/settings?saved=keys")
    assert asked.headers["location"] == "/sign-in?next=/sites/example.com/settings%3Fsaved%3Dkeys"
    assert 'value="/sites/example.com/settings?saved=keys"' in browser.get(asked.headers["location"]).text

    answer = browser.post("/sign-in", data=ALICE | {"next": "/sites/example.com/settings?saved=keys"})

    assert answer.headers["location"] == "/sites/example.com/settings?saved=keys"
    assert browser.get("/sites").status_code == 200


def test_it_keeps_the_session_from_scripts_and_other_sites(pages: PagesApp) -> None:
    plain = pages.browser().post("/sign-in", data=ALICE).headers["set-cookie"]
    secure = pages.browser(url="https://stats.example.com").post("/sign-in", data=ALICE).headers["set-cookie"]

    assert plain.startswith("footfall=")
    assert "Secure" not in plain
    assert secure.startswith("__Host-footfall=")
    assert "Secure" in secure
    for cookie in (plain, secure):
        assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", "Path=/", "Max-Age=2592000"))
        assert "Domain" not in cookie


def test_it_ends_the_session_on_signing_out(pages: PagesApp) -> None:
    browser = pages.browser_of("alice@example.com")
    token = browser.cookies["footfall"]
    assert browser.post("/sign-out").status_code == 403  # not by our form

    answer = browser.post("/sign-out", data={"form_token": form_token(browser.get("/sites"))})

    assert answer.headers["location"] == "/sign-in"
    assert pages.install.accounts.user_of_session(token) is None
    assert "footfall" not in browser.cookies


def test_it_is_no_trouble_to_sign_out_twice(pages: PagesApp) -> None:
    assert pages.browser().post("/sign-out").headers["location"] == "/sign-in"


def test_it_answers_alike_for_unknown_people_and_wrong_passwords(pages: PagesApp) -> None:
    browser = pages.browser()

    answers = [
        browser.post("/sign-in", data={"email": email, "password": "wrong password"})
        for email in ("alice@example.com", "nobody@example.com")
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.text.replace("nobody", "alice") for answer in answers}) == 1


def test_it_bounds_guessing(pages: PagesApp) -> None:
    browser = pages.browser()
    guesses = [browser.post("/sign-in", data=ALICE | {"password": f"guess number {n}"}) for n in range(5)]
    assert {answer.status_code for answer in guesses} == {401}

    assert browser.post("/sign-in", data=ALICE).status_code == 429
    pages.install.clock.move(seconds=600)

    assert browser.post("/sign-in", data=ALICE).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"sec-fetch-site": "cross-site"}, {"sec-fetch-site": "same-site"}, {"origin": "https://evil.example"}]
)
def test_it_refuses_forms_of_other_sites(pages: PagesApp, headers: dict[str, str]) -> None:
    browser = pages.browser()

    answer = browser.post("/sign-in", data=ALICE, headers=headers)

    assert answer.status_code == 403
    assert "footfall" not in browser.cookies


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": "http://localhost"}])
def test_it_takes_forms_of_its_own(pages: PagesApp, headers: dict[str, str]) -> None:
    assert pages.browser().post("/sign-in", data=ALICE, headers=headers).status_code == 303


def test_it_carries_the_headers_of_a_page(pages: PagesApp) -> None:
    headers = pages.browser().get("/sign-in").headers

    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "target", ["", "https://evil.example", "//evil.example", "/\\evil.example", "/\t/evil.example", "evil"]
)
def test_it_leads_nowhere_else(target: str) -> None:
    assert local_path(target) == "/"
