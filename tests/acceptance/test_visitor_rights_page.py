"""A visitor's rights in the settings of a site: Alice hands out and erases, nobody else does."""

import json

import httpx2 as httpx
import pytest
from tests.acceptance.pages_app import form_token
from tests.acceptance.running import Running

SETTINGS = "/sites/alice.example/settings"
PASSWORD = "correct horse battery"


@pytest.fixture
def signed_in(running: Running) -> Running:
    running.http.post("/sign-in", data={"email": "alice@alice.example", "password": PASSWORD})
    running.send({"name": "pageview", "url": "https://alice.example/", "visitor": "customer-481"})
    return running


def send(running: Running, path: str, **fields: str) -> httpx.Response:
    token = form_token(running.http.get(SETTINGS))
    return running.http.post(f"{SETTINGS}{path}", data={**fields, "form_token": token})


def post(running: Running, path: str, **fields: str) -> tuple[int, str]:
    answer = send(running, path, **fields)
    return answer.status_code, answer.headers.get("location", "")


def test_it_hands_out_what_is_stored(signed_in: Running) -> None:
    answer = send(signed_in, "/visitors/export", user="customer-481")

    assert json.loads(answer.text)["path"] == "/"
    assert "attachment" in answer.headers["content-disposition"]


def test_it_erases_a_visitor_and_says_so(signed_in: Running) -> None:
    status, location = post(signed_in, "/visitors/erase", user=" customer-481 ", confirmed="yes")

    assert (status, location) == (303, f"{SETTINGS}/privacy?erased=1#visitors")
    assert "Erased 1 event." in signed_in.http.get(location).text
    assert signed_in.rows("count()") == [(0,)]


def test_it_erases_days(signed_in: Running) -> None:
    status, location = post(signed_in, "/days/erase", first="2020-01-01", last="2100-01-01", confirmed="yes")

    assert (status, location) == (303, f"{SETTINGS}/retention?erased=1#erase_days")


@pytest.mark.parametrize(
    "fields", [{"user": "customer-481"}, {"confirmed": "yes"}, {"user": "a", "visitor": "1", "confirmed": "yes"}]
)
def test_it_erases_nothing_by_mistake(signed_in: Running, fields: dict[str, str]) -> None:
    assert post(signed_in, "/visitors/erase", **fields)[0] == 400
    assert signed_in.rows("count()") == [(1,)]


def test_it_is_for_owners_only(signed_in: Running) -> None:
    signed_in.install.people.accounts.create_user("charlie@charlie.example", PASSWORD)
    signed_in.http.cookies.clear()
    assert signed_in.http.post(f"{SETTINGS}/visitors/export", data={"user": "customer-481"}).status_code == 303

    signed_in.http.post("/sign-in", data={"email": "charlie@charlie.example", "password": PASSWORD})
    own = {"form_token": form_token(signed_in.http.get("/sites/new"))}
    assert signed_in.http.post(f"{SETTINGS}/visitors/export", data={"user": "customer-481"} | own).status_code == 404
