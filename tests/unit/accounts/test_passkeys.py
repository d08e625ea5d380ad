"""Passkeys: what is taken, and everything that is refused."""

import itertools
import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from tests.authenticator import Authenticator
from tests.people import Install

from footfall.accounts import Passkeys, RelyingParty
from footfall.accounts.passkeys import MAX_PASSKEYS
from footfall.errors import Conflict, FootfallError, InvalidInput, NotAllowed, NotFound, NotSignedIn
from footfall.metadata.tables import AuditRow, HandshakeRow, UserRow

HERE = RelyingParty("stats.example.com", "https://stats.example.com")
NO_CREDENTIALS = (
    "",
    "{}",
    "[]",
    '{"id": 1, "response": {}}',
    '{"id": "\\ud800", "response": {"clientDataJSON": "e30"}}',
    '{"id": "a", "response": {"clientDataJSON": "e30"}}',
    '{"id": "a", "response": {"clientDataJSON": "W10"}}',
    '{"id": "a", "response": {"clientDataJSON": "!"}}',
    '{"id": "a", "response": {"clientDataJSON": "eyJjaGFsbGVuZ2UiOiJcdWQ4MDAifQ"}}',
)
BROKEN: tuple[Any, ...] = (None, 7, "", "!", "_w", [], {"a": 1})


@pytest.fixture
def passkeys(install: Install) -> Passkeys:
    return Passkeys(install.database, install.clock, HERE, bytes(32))


@pytest.fixture
def device() -> Authenticator:
    return Authenticator(HERE.origin, HERE.id)


@pytest.fixture
def alices(install: Install, passkeys: Passkeys, device: Authenticator) -> Authenticator:
    """A device with a passkey of Alice's."""
    made, credential = device.create(passkeys.ask_to_add(install.alice))
    passkeys.add(install.alice.id, credential, "Laptop")
    return made


def test_it_signs_in_whose_passkey_it_is(install: Install, passkeys: Passkeys, alices: Authenticator) -> None:
    user_id = passkeys.sign_in(alices.get(passkeys.ask_to_sign_in()))

    assert user_id == install.alice.id
    assert passkeys.of_user(install.alice.id)[0].last_used_ms > 0


def test_it_asks_for_a_passkey_that_is_found_by_itself_and_verifies(install: Install, passkeys: Passkeys) -> None:
    to_add, to_sign_in = json.loads(passkeys.ask_to_add(install.alice)), json.loads(passkeys.ask_to_sign_in())

    wanted = to_add["authenticatorSelection"]
    assert (wanted["residentKey"], wanted["userVerification"]) == ("required", "required")
    assert (to_sign_in["userVerification"], to_sign_in["allowCredentials"]) == ("required", [])
    assert to_add["rp"]["id"] == to_sign_in["rpId"] == "stats.example.com"
    assert "alice" not in json.dumps(to_add["user"]["id"])


def test_it_refuses_what_was_made_elsewhere_or_without_its_owner(
    install: Install, passkeys: Passkeys, device: Authenticator, alices: Authenticator
) -> None:
    changes: tuple[dict[str, Any], ...] = (
        {"origin": "https://stats.example.com.evil.example"},
        {"origin": "http://stats.example.com"},
        {"origin": "https://stats.example.com:8443"},
        {"rp_id": "example.com"},
        {"verifies": False},
    )
    for change in changes:
        _, made = replace(device, id=b"another", **change).create(passkeys.ask_to_add(install.alice))
        with pytest.raises(InvalidInput):
            passkeys.add(install.alice.id, made, "Elsewhere")
        with pytest.raises(NotSignedIn):
            passkeys.sign_in(replace(alices, **change).get(passkeys.ask_to_sign_in()))

    assert [one.name for one in passkeys.of_user(install.alice.id)] == ["Laptop"]


def test_it_takes_an_answer_once(install: Install, passkeys: Passkeys, device: Authenticator) -> None:
    made, credential = device.create(passkeys.ask_to_add(install.alice))
    passkeys.add(install.alice.id, credential, "Laptop")
    answer = made.get(passkeys.ask_to_sign_in())
    passkeys.sign_in(answer)

    with pytest.raises(NotAllowed):
        passkeys.sign_in(answer)
    with pytest.raises(NotAllowed):
        passkeys.add(install.alice.id, credential, "Again")


def test_it_uses_a_challenge_up_even_where_the_answer_is_wrong(passkeys: Passkeys, alices: Authenticator) -> None:
    asked = passkeys.ask_to_sign_in()
    with pytest.raises(NotSignedIn):
        passkeys.sign_in(replace(alices, verifies=False).get(asked))

    with pytest.raises(NotAllowed):
        passkeys.sign_in(alices.get(asked))


def test_it_takes_no_challenge_of_its_own_making_and_none_that_is_old(
    install: Install, passkeys: Passkeys, alices: Authenticator
) -> None:
    asked = passkeys.ask_to_sign_in()
    install.clock.move(seconds=301)

    for options in (asked, '{"challenge": "bWluZQ"}', passkeys.ask_to_add(install.alice)):
        with pytest.raises(NotAllowed):
            passkeys.sign_in(alices.get(options))


def test_it_forgets_challenges_nobody_answered(install: Install, passkeys: Passkeys) -> None:
    for _ in range(3):
        passkeys.ask_to_sign_in()
    install.clock.move(seconds=301)
    passkeys.ask_to_sign_in()

    with install.database.reading() as session:
        assert len(session.scalars(select(HandshakeRow)).all()) == 1


def test_it_adds_a_passkey_to_nobody_but_who_asked(install: Install, passkeys: Passkeys, device: Authenticator) -> None:
    _, credential = device.create(passkeys.ask_to_add(install.alice))

    with pytest.raises(NotAllowed):
        passkeys.add(install.charlie.id, credential, "Mine")

    assert passkeys.of_user(install.charlie.id) == []


def test_it_adds_no_passkey_of_somebody_else(install: Install, passkeys: Passkeys, alices: Authenticator) -> None:
    _, credential = alices.create(passkeys.ask_to_add(install.charlie))

    with pytest.raises(Conflict):
        passkeys.add(install.charlie.id, credential, "Mine")

    assert passkeys.sign_in(alices.get(passkeys.ask_to_sign_in())) == install.alice.id


def test_it_refuses_a_passkey_that_claims_another_owner(
    install: Install, passkeys: Passkeys, alices: Authenticator
) -> None:
    charlies, credential = Authenticator(HERE.origin, HERE.id).create(passkeys.ask_to_add(install.charlie))
    passkeys.add(install.charlie.id, credential, "Mine")

    for wrong in (
        replace(charlies, handle=alices.handle),  # his key, her name
        replace(charlies, id=alices.id),  # her passkey, signed with his key
        replace(charlies, id=alices.id, handle=alices.handle),
        replace(alices, id=b"unknown"),
    ):
        with pytest.raises(NotSignedIn):
            passkeys.sign_in(wrong.get(passkeys.ask_to_sign_in()))


def test_it_refuses_a_copy_that_has_counted_less(passkeys: Passkeys, alices: Authenticator) -> None:
    passkeys.sign_in(replace(alices, counts=7).get(passkeys.ask_to_sign_in()))

    for counts in (7, 6, 0):
        with pytest.raises(NotSignedIn):
            passkeys.sign_in(replace(alices, counts=counts).get(passkeys.ask_to_sign_in()))
    passkeys.sign_in(replace(alices, counts=8).get(passkeys.ask_to_sign_in()))


def test_it_writes_additions_removals_and_refusals_down(
    install: Install, passkeys: Passkeys, alices: Authenticator
) -> None:
    with pytest.raises(NotSignedIn):
        passkeys.sign_in(replace(alices, verifies=False).get(passkeys.ask_to_sign_in()))
    passkeys.rename(install.alice.id, 1, "Desk")
    passkeys.remove(install.alice.id, 1, ())

    with install.database.reading() as session:
        rows = session.scalars(select(AuditRow)).all()
    told = [(row.action, row.detail) for row in rows if row.action.startswith(("passkey", "session refused"))]
    assert told == [("passkey added", {}), ("session refused", {"by": "passkey"}), ("passkey deleted", {})]


def test_it_changes_nothing_of_others(install: Install, passkeys: Passkeys, alices: Authenticator) -> None:
    with pytest.raises(NotFound):
        passkeys.rename(install.charlie.id, 1, "Mine")
    with pytest.raises(NotFound):
        passkeys.remove(install.charlie.id, 1, ())

    assert [one.name for one in passkeys.of_user(install.alice.id)] == ["Laptop"]


def test_it_keeps_the_last_way_in(install: Install, passkeys: Passkeys, alices: Authenticator) -> None:
    with install.database.session() as session:
        session.get_one(UserRow, install.alice.id).password_hash = ""

    with pytest.raises(Conflict):
        passkeys.remove(install.alice.id, 1, ())

    assert len(passkeys.of_user(install.alice.id)) == 1


def test_it_refuses_what_is_no_name(install: Install, passkeys: Passkeys, alices: Authenticator) -> None:
    for name in ("", "   ", "x" * 81, "a\x00b"):
        with pytest.raises(InvalidInput) as caught:
            passkeys.rename(install.alice.id, 1, name)
        assert caught.value.field == "name"


def test_it_keeps_a_bounded_number(install: Install, passkeys: Passkeys, device: Authenticator) -> None:
    for number in range(MAX_PASSKEYS):
        _, credential = replace(device, id=bytes([number])).create(passkeys.ask_to_add(install.alice))
        passkeys.add(install.alice.id, credential, f"Number {number}")

    with pytest.raises(Conflict):
        passkeys.ask_to_add(install.alice)


def test_it_refuses_what_is_no_credential(install: Install, passkeys: Passkeys) -> None:
    for sent in NO_CREDENTIALS:
        with pytest.raises(InvalidInput):
            passkeys.sign_in(sent)
        with pytest.raises(InvalidInput):
            passkeys.add(install.alice.id, sent, "Laptop")


def test_it_refuses_credentials_with_broken_parts(
    install: Install, passkeys: Passkeys, device: Authenticator, alices: Authenticator
) -> None:
    """Whatever the library says to it, it is a refusal and no failure."""
    another = replace(device, id=b"another")
    for part, value in itertools.product(("authenticatorData", "signature", "userHandle", "rawId", "type"), BROKEN):
        with pytest.raises(FootfallError):
            passkeys.sign_in(_broken(alices.get(passkeys.ask_to_sign_in()), part, value))
    for value in BROKEN:
        _, made = another.create(passkeys.ask_to_add(install.alice))
        with pytest.raises(FootfallError):
            passkeys.add(install.alice.id, _broken(made, "attestationObject", value), "Laptop")


def _broken(credential: str, part: str, value: Any) -> str:
    sent = json.loads(credential)
    (sent if part in sent else sent["response"])[part] = value
    return json.dumps(sent)


def test_it_says_where_passkeys_need_an_address(install: Install) -> None:
    nowhere = Passkeys(install.database, install.clock, None, bytes(32))

    with pytest.raises(InvalidInput, match="FOOTFALL_BASE_URL"):
        nowhere.ask_to_sign_in()
