"""What a provider says is taken where it is right, and refused where anything about it is not."""

import itertools
from typing import Any

from fastapi.testclient import TestClient
from tests.acceptance.at_provider import DORA, come_back, is_signed_in, message
from tests.acceptance.pages_app import PagesApp
from tests.oidc_provider import OidcProvider

WRONG: tuple[dict[str, Any], ...] = (
    {"claims": {"nonce": "another"}},
    {"claims": {"nonce": None}},
    {"claims": {"nonce": ["another"]}},
    {"claims": {"aud": "another"}},
    {"claims": {"aud": None}},
    {"claims": {"aud": ["footfall", "another"]}},
    {"claims": {"aud": ["footfall", "another"], "azp": "another"}},
    {"claims": {"azp": "another"}},
    {"claims": {"iss": "https://evil.example"}},
    {"claims": {"iss": None}},
    {"claims": {"exp": None}},
    {"claims": {"iat": None}},
    {"claims": {"sub": None}},
    {"claims": {"sub": ""}},
    {"claims": {"sub": 7}},
    {"claims": {"sub": "x" * 256}},
    {"claims": {"nbf": 32503680000}},
    {"clock_seconds": -420},
    {"clock_seconds": 3600},
    {"signing": "stranger"},
    {"signing": "secret"},
    {"signing": "none"},
    {"answer": {"iss": "https://evil.example"}},
    {"answer": {"iss": None}},
    {"answer": {"code": "guessed"}},
)
RIGHT: tuple[dict[str, Any], ...] = (
    {"claims": {"aud": ["footfall", "another"], "azp": "footfall"}},
    {"claims": {"aud": ["footfall"]}},
    {"clock_seconds": -330},
    {"clock_seconds": 50},
)
_NUMBERS = itertools.count(1)


def another_browser(pages: PagesApp) -> TestClient:
    """From an address of its own: a client may fail five times."""
    return pages.browser(client=(f"203.0.113.{next(_NUMBERS)}", 50_000))


def test_it_refuses_a_word_that_is_not_right(open_pages: PagesApp, provider: OidcProvider) -> None:
    for said in WRONG:
        provider.say(person=DORA, **said)
        browser = another_browser(open_pages)

        answer = come_back(browser, provider)

        assert answer.status_code == 401, said
        assert "in a way that can be trusted" in message(answer)
        assert not is_signed_in(browser), said
    assert open_pages.install.accounts.by_email("dora@example.org") is None
    assert open_pages.refused == ["acme"] * len(WRONG)


def test_it_takes_what_the_standard_allows(open_pages: PagesApp, provider: OidcProvider) -> None:
    for said in RIGHT:
        provider.say(person=DORA, **said)
        browser = another_browser(open_pages)

        assert come_back(browser, provider).status_code == 303, said
        assert is_signed_in(browser)


def test_it_learns_new_keys_but_does_not_ask_for_them_each_time(open_pages: PagesApp, provider: OidcProvider) -> None:
    provider.say("rotating", person=DORA)
    come_back(open_pages.browser(), provider)
    provider.say(person=DORA, signing="new")

    assert come_back(open_pages.browser(), provider).status_code == 401
    open_pages.install.clock.move(seconds=61)

    assert come_back(open_pages.browser(), provider).status_code == 303
