"""What passkeys are bound to."""

import pytest

from footfall.accounts import relying_party


@pytest.mark.parametrize(
    ("base_url", "name", "origin"),
    [
        ("https://Stats.Example.com/", "stats.example.com", "https://stats.example.com"),
        ("https://stats.example.com:443", "stats.example.com", "https://stats.example.com"),
        ("https://stats.example.com:8443/", "stats.example.com", "https://stats.example.com:8443"),
        ("http://localhost:8000", "localhost", "http://localhost:8000"),
        ("", "localhost", "http://localhost:8412"),
    ],
)
def test_it_is_made_of_the_public_address(base_url: str, name: str, origin: str) -> None:
    party = relying_party(base_url, 8412)

    assert party is not None
    assert (party.id, party.origin) == (name, origin)


@pytest.mark.parametrize(
    "base_url", ["http://stats.example.com", "https://192.0.2.1", "https://[2001:db8::1]", "http://127.0.0.1:8000"]
)
def test_it_is_nothing_where_browsers_allow_no_passkey(base_url: str) -> None:
    assert relying_party(base_url, 8412) is None
