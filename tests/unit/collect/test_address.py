import pytest

from footfall.collect.address import TrustedProxies, given_address
from footfall.errors import InvalidInput, SettingsError


@pytest.mark.parametrize(
    ("peer", "forwarded_for", "client"),
    [
        ("203.0.113.9", "198.51.100.1", "203.0.113.9"),  # the peer is no proxy of ours: what it says does not count
        ("127.0.0.1", "198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "6.6.6.6, 198.51.100.1", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1, 10.0.0.7", "198.51.100.1"),
        ("127.0.0.1", "198.51.100.1:4711", "198.51.100.1"),
        ("::1", "[2001:db8::1]:443", "2001:db8::1"),
        ("::ffff:203.0.113.9", "", "203.0.113.9"),
        ("127.0.0.1", "unknown", "127.0.0.1"),
        ("", "", ""),
    ],
)
def test_it_believes_trusted_proxies_only(peer: str, forwarded_for: str, client: str) -> None:
    proxies = TrustedProxies("127.0.0.1, ::1, 10.0.0.0/8")

    assert proxies.client(peer, forwarded_for) == client


def test_it_names_a_setting_that_is_no_network() -> None:
    with pytest.raises(SettingsError, match="FOOTFALL_TRUSTED_PROXIES"):
        TrustedProxies("proxy.local")


def test_it_refuses_an_address_that_is_none() -> None:
    with pytest.raises(InvalidInput):
        given_address("not an address")
