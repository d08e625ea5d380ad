"""The token of a session and its visit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.collect.umami.tokens import VISIT_SECONDS, CacheTokens, Claims
from footfall.domain import Site
from footfall.identity import VisitorIds

SITE = Site(id=1, public_id="abcdefghijkl", domain="alice.example")
NOW = 1_795_000_000_000
TOKENS = CacheTokens("ab" * 32)


def claims(visitor: int, echoed: str = "", at: int = NOW, yesterday: int = 0) -> Claims:
    return TOKENS.claims(SITE, VisitorIds(visitor, yesterday, is_lasting=False), echoed, at)


def test_it_reads_what_it_signed() -> None:
    signed = claims(7)

    token = TOKENS.sign(signed)

    assert token.count(".") == 2
    assert TOKENS.read(token) == signed


@pytest.mark.parametrize("at", [0, 10, -1])
def test_it_refuses_a_changed_token(at: int) -> None:
    token = TOKENS.sign(claims(7))
    changed = list(token)
    changed[at] = "A" if changed[at] != "A" else "B"

    assert TOKENS.read("".join(changed)) is None


def test_it_refuses_the_token_of_another_install() -> None:
    assert CacheTokens("cd" * 32).read(TOKENS.sign(claims(7))) is None


@given(st.text())
def test_it_refuses_any_other_text(text: str) -> None:
    assert TOKENS.read(text) is None


def test_it_keeps_a_visit_that_goes_on() -> None:
    first = claims(7)

    again = claims(7, TOKENS.sign(first), NOW + (VISIT_SECONDS - 1) * 1000)

    assert again.visit_id == first.visit_id
    assert again.iat == first.iat + VISIT_SECONDS - 1


def test_it_keeps_a_visit_that_goes_on_over_midnight() -> None:
    before = claims(7)

    after = claims(9, TOKENS.sign(before), NOW + 60_000, yesterday=7)

    assert (after.session_id, after.visit_id) == (before.session_id, before.visit_id)


def test_it_begins_a_new_visit_after_a_pause() -> None:
    first = claims(7)

    later = claims(7, TOKENS.sign(first), NOW + VISIT_SECONDS * 1000)

    assert later.session_id == first.session_id
    assert later.visit_id != first.visit_id


def test_it_does_not_make_somebody_else_of_who_echoes_a_token() -> None:
    stolen = TOKENS.sign(claims(7))

    other = claims(8, stolen)

    assert other == claims(8)


def test_it_tells_sessions_of_two_sites_apart() -> None:
    elsewhere = TOKENS.claims(
        Site(id=2, public_id="x", domain="bob.example"), VisitorIds(7, 0, is_lasting=False), "", NOW
    )

    assert elsewhere.session_id != claims(7).session_id
