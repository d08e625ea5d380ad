"""The client's address: the socket's peer, or what a trusted proxy says of it.

Addresses are parsed by the C library: `ipaddress` costs more than the rest of an event's admission.
"""

import re
import socket
from collections.abc import Sequence
from ipaddress import ip_network
from typing import NamedTuple

from footfall.collect.http import Headers
from footfall.errors import InvalidInput, SettingsError

_FORWARDED_FOR = re.compile(r'\bfor="?([^;"]+)', re.IGNORECASE)
_MAX_PROXIES = 1_000
_MAPPED = bytes(10) + b"\xff\xff"  # IPv4 inside IPv6


class _Network(NamedTuple):
    length: int  # of an address, in bytes
    mask: int
    prefix: int


class TrustedProxies:
    """Believes X-Forwarded-For only as far as the hops that wrote it are trusted."""

    def __init__(self, setting: str) -> None:
        self._networks = [_network(part.strip()) for part in setting.split(",") if part.strip()]
        self._proxies: set[str] = set()  # peers found to be trusted: the few that carry all requests

    def client(self, peer: str, forwarded_for: str) -> str:
        """The right-most address that is no trusted proxy; empty where there's none to be had."""
        if not forwarded_for or not self._is_proxy(peer):
            return _text(_packed(peer))
        hops = forwarded_for.split(",")
        address = _packed(hops.pop()) or _packed(peer)
        while hops and self._is_trusted(address):
            hop = _packed(hops.pop())
            if not hop:
                break
            address = hop
        return _text(address)

    def client_by_headers(
        self, peer: str, headers: Headers, order: Sequence[bytes], *, is_believed: bool = False
    ) -> str:
        """The first address of the first header in ``order`` that holds one; the peer, where it isn't trusted.

        For protocols that fix this order: each header is one address, a list, or RFC 7239's ``for=`` pairs.
        ``is_believed``: the sender has shown a key, so its word counts wherever it stands.
        """
        address = _packed(peer)
        if is_believed or self._is_trusted(address):
            stated = (_first_address(headers[name].decode("latin-1")) for name in order if name in headers)
            address = next(filter(None, stated), address)
        return _text(address)

    def _is_proxy(self, peer: str) -> bool:
        if peer in self._proxies:
            return True
        if not self._is_trusted(_packed(peer)):
            return False
        if len(self._proxies) < _MAX_PROXIES:
            self._proxies.add(peer)
        return True

    def _is_trusted(self, packed: bytes) -> bool:
        number, length = int.from_bytes(packed), len(packed)
        for network_length, mask, prefix in self._networks:  # plain loop: a generator costs as much as all else here
            if length == network_length and number & mask == prefix:
                return True
        return False


def given_address(text: str | None) -> str:
    """An address a keyed caller states, in its one spelling."""
    if not text:
        return ""
    address = _text(_packed(text))
    if not address:
        raise InvalidInput("ip must be an IPv4 or IPv6 address.", field="ip")
    return address


def _packed(text: str) -> bytes:
    """The bytes of an address, without port and brackets, IPv4 in IPv6 unwrapped; none where it is no address."""
    text = text.strip()
    if text.startswith("["):
        text = text[1:].split("]")[0]
    elif text.count(":") == 1:
        text = text.split(":")[0]
    try:
        packed = socket.inet_pton(socket.AF_INET6 if ":" in text else socket.AF_INET, text)
    except (OSError, ValueError):
        return b""
    return packed[12:] if packed.startswith(_MAPPED) else packed


def _first_address(text: str) -> bytes:
    """The first entry of a list that is an address; RFC 7239 writes ``for="[2001:db8::1]:443";proto=https``."""
    named = ((_FORWARDED_FOR.search(part), part) for part in text.split(","))
    return next(filter(None, (_packed(found[1] if found else part) for found, part in named)), b"")


def _text(packed: bytes) -> str:
    """The one spelling of an address."""
    if not packed:
        return ""
    return socket.inet_ntop(socket.AF_INET6 if len(packed) == 16 else socket.AF_INET, packed)


def _network(text: str) -> _Network:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        raise SettingsError(f"FOOTFALL_TRUSTED_PROXIES holds {text!r}, which is no address or network.") from error
    return _Network(len(network.network_address.packed), int(network.netmask), int(network.network_address))
