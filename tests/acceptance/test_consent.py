"""POST /api/v1/consent and POST /api/v1/identify: a lasting id from a yes to a no, and not a moment longer."""

from typing import Any

import httpx2 as httpx
import pytest
from tests.acceptance.running import Running

from footfall.collect.visitor_doors import MAX_REPORTS
from footfall.domain import IdentityMode


@pytest.fixture
def consented(running: Running) -> Running:
    running.install.sites.update(running.site.id, identity_mode=IdentityMode.CONSENTED)
    return running


@pytest.fixture
def identified(running: Running) -> Running:
    running.install.sites.update(running.site.id, identity_mode=IdentityMode.IDENTIFIED)
    return running


def say(running: Running, visitor: str, *, given: bool, text: str = "", **headers: str) -> httpx.Response:
    body = {"site": running.site.public_id, "visitor": visitor, "given": given, "text": text}
    return running.http.post("/api/v1/consent", json=body, headers=headers)


def identify(running: Running, user: str, headers: dict[str, str] | None = None, **traits: Any) -> httpx.Response:
    body = {"site": running.site.public_id, "user": user, "traits": traits}
    return running.http.post("/api/v1/identify", json=body, headers=headers or {})


def view(running: Running, visitor: str) -> tuple[int, bool]:
    """The id of a browser's view, and whether it lasts."""
    path = f"/{len(running.rows('event_id'))}"
    assert running.visit(url=f"https://alice.example{path}", visitor=visitor).status_code == 202
    running.settle()
    return next((id_, is_lasting) for at, id_, is_lasting in running.rows("path, visitor_id, is_lasting") if at == path)


def test_it_keeps_a_record_of_what_was_agreed_to_and_when(consented: Running) -> None:
    assert say(consented, "r4nd0m", given=True, text="privacy-2026-03").status_code == 202
    assert say(consented, "r4nd0m", given=True, text="later").status_code == 202
    assert say(consented, "r4nd0m", given=False).status_code == 202

    (record,) = consented.install.visitors.consents.of_visitors(
        consented.site.id, consented.install.visitors.lasting_ids.ever(consented.site, "r4nd0m")
    )
    assert record.text == "privacy-2026-03"
    assert record.given_ms is not None
    assert record.withdrawn_ms is not None
    assert record.withdrawn_ms >= record.given_ms


def test_it_ends_a_lasting_id_at_once_for_every_tab(consented: Running) -> None:
    say(consented, "r4nd0m", given=True)
    before = view(consented, "r4nd0m")

    say(consented, "r4nd0m", given=False)
    after = view(consented, "r4nd0m")

    assert before[1]
    assert not after[1]
    assert before[0] != after[0]


def test_it_never_gives_a_withdrawn_id_again(identified: Running) -> None:
    first = view(identified, "customer-481")
    say(identified, "customer-481", given=False)
    between = view(identified, "customer-481")
    say(identified, "customer-481", given=True, text="again")
    second = view(identified, "customer-481")

    assert [first[1], between[1], second[1]] == [True, False, True]
    assert len({first[0], between[0], second[0]}) == 3


def test_it_remembers_withdrawals_over_a_restart(identified: Running) -> None:
    first = view(identified, "customer-481")
    say(identified, "customer-481", given=False)
    identified.install.visitors.consents.load()

    assert not view(identified, "customer-481")[1]

    say(identified, "customer-481", given=True)
    identified.install.visitors.consents.load()
    again = view(identified, "customer-481")
    assert again[1]
    assert again[0] != first[0]


@pytest.mark.parametrize("headers", [{"Sec-GPC": "1"}, {"DNT": "1"}])
def test_it_takes_no_consent_from_those_who_object_but_their_withdrawal(
    consented: Running, headers: dict[str, str]
) -> None:
    given, withdrawn = (say(consented, "r4nd0m", given=given, **headers) for given in (True, False))

    assert given.headers["x-footfall-dropped"] == "opted_out"
    assert "x-footfall-dropped" not in withdrawn.headers


def test_it_takes_no_consent_on_a_cookieless_site(running: Running) -> None:
    assert say(running, "r4nd0m", given=True).status_code == 403
    assert say(running, "r4nd0m", given=False).status_code == 202
    assert not view(running, "r4nd0m")[1]


def test_it_keeps_what_the_site_says_of_a_visitor(identified: Running) -> None:
    identify(identified, "customer-481", plan="free", seats=3)
    identify(identified, "customer-481", plan="pro")

    (profile,) = identified.install.visitors.profiles.of_visitors(
        identified.site.id, identified.install.visitors.lasting_ids.ever(identified.site, "customer-481")
    )
    assert profile.traits == {"plan": "pro", "seats": 3}
    assert profile.visitor_id == view(identified, "customer-481")[0]


def test_it_identifies_for_a_server_with_a_key(identified: Running) -> None:
    body = {"site": "alice.example", "user": "customer-481"}
    key = {"Authorization": f"Bearer {identified.key}"}

    answers = [identified.http.post("/api/v1/identify", json=body, headers=headers) for headers in ({}, key)]

    assert answers[0].headers["x-footfall-dropped"] == "unknown_site"  # a browser gives the public id
    assert answers[1].json() == {"accepted": 1}
    assert len(identified.install.visitors.profiles.visitor_ids(identified.site.id)) == 1


def test_it_identifies_nobody_who_withdrew_or_objects(identified: Running) -> None:
    say(identified, "customer-481", given=False)

    assert identify(identified, "customer-481").status_code == 403
    assert identify(identified, "customer-482", {"Sec-GPC": "1"}).headers["x-footfall-dropped"] == "opted_out"
    assert identified.install.visitors.profiles.visitor_ids(identified.site.id) == set()


@pytest.mark.parametrize("mode", [IdentityMode.COOKIELESS, IdentityMode.CONSENTED])
def test_it_identifies_nobody_in_other_modes(running: Running, mode: IdentityMode) -> None:
    running.install.sites.update(running.site.id, identity_mode=mode)

    assert identify(running, "customer-481").status_code == 403


@pytest.mark.parametrize(
    ("traits", "field"),
    [
        ({str(at): at for at in range(51)}, "traits"),
        ({"plan": "x" * 2001}, "traits.plan"),
        ({"plan": {"deep": 1}}, "traits.plan"),
        ({"": 1}, "traits"),
        ({"k" * 101: 1}, "traits"),
    ],
)
def test_it_bounds_traits(identified: Running, traits: dict[str, Any], field: str) -> None:
    answer = identify(identified, "customer-481", **traits)

    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == field


def test_it_bounds_how_often_one_address_reports(consented: Running) -> None:
    answers = [say(consented, "r4nd0m", given=True).status_code for _ in range(MAX_REPORTS + 1)]

    assert answers == [202] * MAX_REPORTS + [429]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"{", b'{"site": "x"}', b'{"site": "x", "visitor": "", "given": true}', b"\xff" * 9]
)
@pytest.mark.parametrize("path", ["consent", "identify"])
def test_it_says_what_is_wrong_with_a_body(running: Running, path: str, body: bytes) -> None:
    answer = running.http.post(f"/api/v1/{path}", content=body)

    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == "invalid_input"
