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


ORDER = (b"x-real", b"x-list", b"forwarded")


@pytest.mark.parametrize(
    ("peer", "headers", "client"),
    [
        ("127.0.0.1", {b"x-real": b"192.0.2.1", b"x-list": b"192.0.2.2"}, "192.0.2.1"),
        ("127.0.0.1", {b"x-real": b"nonsense", b"x-list": b"unknown, 192.0.2.2:80, 10.0.0.1"}, "192.0.2.2"),
        ("127.0.0.1", {b"forwarded": b'proto=https;for="[2001:db8::5]:443", for=10.0.0.1'}, "2001:db8::5"),
        ("127.0.0.1", {b"forwarded": b"For=192.0.2.3;host=example.com"}, "192.0.2.3"),
        ("127.0.0.1", {}, "127.0.0.1"),
        ("203.0.113.9", {b"x-real": b"192.0.2.1"}, "203.0.113.9"),
    ],
)
def test_it_reads_headers_in_their_order_from_trusted_proxies_only(
    peer: str, headers: dict[bytes, bytes], client: str
) -> None:
    assert TrustedProxies("127.0.0.1").client_by_headers(peer, headers, ORDER) == client


def test_it_reads_headers_of_whoever_is_believed() -> None:
    proxies = TrustedProxies("127.0.0.1")

    assert proxies.client_by_headers("203.0.113.9", {b"x-real": b"192.0.2.1"}, ORDER, is_believed=True) == "192.0.2.1"
