"""/setup: one owner, made once, by whoever holds the machine."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.acceptance.pages_app import ELSEWHERE, HERE, SETUP_CODE, PagesApp
from tests.people import PASSWORD

from footfall.metadata.tables import UserRow

ALICE = {"email": "alice@example.com", "password": PASSWORD}


@pytest.mark.parametrize("path", ["/sites", "/sites/new", "/sites/example.com/settings", "/sign-in"])
def test_it_is_where_every_page_leads_at_first(fresh_pages: PagesApp, path: str) -> None:
    answer = fresh_pages.browser().get(path)

    assert (answer.status_code, answer.headers["location"]) == (303, "/setup")


def test_it_makes_the_owner_signs_in_and_goes_on(fresh_pages: PagesApp) -> None:
    browser = fresh_pages.browser()
    assert "Code from the console" not in browser.get("/setup").text

    answer = browser.post("/setup", data=ALICE)

    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert browser.get("/sites/new").status_code == 200


def test_it_is_closed_once_there_is_an_owner(pages: PagesApp) -> None:
    browser = pages.browser()

    assert browser.get("/setup").headers["location"] == "/sites"
    assert browser.post("/setup", data={"email": "eve@example.com", "password": PASSWORD}).status_code == 303
    assert pages.install.accounts.by_email("eve@example.com") is None


@pytest.mark.parametrize(
    ("client", "url", "headers"),
    [
        (ELSEWHERE, "http://stats.example.com", {}),
        (ELSEWHERE, "http://localhost", {}),
        (HERE, "http://stats.example.com", {}),
        (HERE, "http://localhost", {"x-forwarded-for": "127.0.0.1"}),
    ],
)
def test_it_asks_others_for_the_code_of_the_console(
    fresh_pages: PagesApp, client: tuple[str, int], url: str, headers: dict[str, str]
) -> None:
    browser = fresh_pages.browser(client, url)
    assert "Code from the console" in browser.get("/setup", headers=headers).text

    assert browser.post("/setup", data=ALICE, headers=headers).status_code == 400
    assert browser.post("/setup", data=ALICE | {"code": "ABCD-EFGX"}, headers=headers).status_code == 400
    assert not fresh_pages.install.accounts.has_owner()
    assert browser.post("/setup", data=ALICE | {"code": SETUP_CODE}, headers=headers).status_code == 303


def test_it_bounds_guessing_the_code(fresh_pages: PagesApp) -> None:
    browser = fresh_pages.browser(ELSEWHERE)

    statuses = [browser.post("/setup", data=ALICE | {"code": str(guess)}).status_code for guess in range(6)]

    assert statuses == [400] * 5 + [429]


def test_it_makes_one_owner_of_two_at_once(fresh_pages: PagesApp) -> None:
    def come(name: str) -> str:
        form = {"email": f"{name}@example.com", "password": PASSWORD}
        return str(fresh_pages.browser().post("/setup", data=form).headers["location"])

    with ThreadPoolExecutor(4) as pool:
        destinations = sorted(pool.map(come, ["alice", "bob", "charlie", "dora"]))

    assert destinations == ["/"] + ["/sign-in"] * 3
    with fresh_pages.install.database.reading() as session:
        assert len(session.scalars(select(UserRow)).all()) == 1


def test_it_says_what_is_wrong_and_keeps_the_address(fresh_pages: PagesApp) -> None:
    answer = fresh_pages.browser().post("/setup", data={"email": "alice@example.com", "password": "short"})

    assert answer.status_code == 400
    assert "at least 10 characters" in answer.text
    assert 'value="alice@example.com"' in answer.text
    assert "short" not in answer.text
