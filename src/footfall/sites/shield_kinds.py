"""The kinds of shields: how the value of each is checked, and what of it is kept."""

import re
from enum import StrEnum
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from typing import NamedTuple

from footfall.enrich.place_names import country_names
from footfall.errors import InvalidInput
from footfall.identity import NetworkNames, prefix_of
from footfall.texts import Phrase

_MAX_PATTERN_LENGTH = 500
_MAX_LABEL_LENGTH = 200
_MAX_STARS = 20
_HOSTNAME = re.compile(r"[a-z0-9_.*-]{1,253}")
_SMALLEST_PREFIX = {4: 8, 6: 19}  # what a registry gives to one holder at most
_ADDRESS_PARTS = re.compile(r"[0-9A-Fa-f.:]+")


class ShieldKind(StrEnum):
    """What an event is kept out by."""

    ADDRESS = "address"
    COUNTRY = "country"
    PAGE = "page"
    HOSTNAME = "hostname"


class Kept(NamedTuple):
    """A shield as it is stored."""

    value: str
    hint: str
    prefix_bits: int = 0


def kept(kind: ShieldKind, value: str, site_id: int, names: NetworkNames) -> Kept:
    """What is stored of a shield of a site; raises InvalidInput for a value that makes no sense."""
    if kind is ShieldKind.ADDRESS:
        return _network(value.strip(), site_id, names)
    checked = _CHECKS[kind](value.strip())
    return Kept(checked, checked)


def checked_label(label: str) -> str:
    """The owner's own word for a shield; raises InvalidInput where it gives away an address."""
    if any(_is_address(part) for part in _ADDRESS_PARTS.findall(label)):
        raise InvalidInput("Leave the address out of the label: no address is ever stored.", field="label")
    return label.strip()[:_MAX_LABEL_LENGTH]


def masked(network: IPv4Network | IPv6Network) -> str:
    """A network so that its owner knows it again, and nobody else learns it: ``203.0.x.x/32``."""
    if network.version == 4:
        shown = [*str(network.network_address).split(".")[:2], "x", "x"]
        return f"{'.'.join(shown)}/{network.prefixlen}"
    shown = [part.lstrip("0") or "0" for part in network.network_address.exploded.split(":")[:2]]
    return f"{':'.join(shown)}:x/{network.prefixlen}"


def _network(text: str, site_id: int, names: NetworkNames) -> Kept:
    try:
        network = ip_network(text, strict=False)
    except ValueError as error:
        message = Phrase("Enter an IPv4 or IPv6 address or network, such as 203.0.113.7 or 2001:db8::/32.")
        raise InvalidInput(message, field="value") from error
    if network.prefixlen < _SMALLEST_PREFIX[network.version]:
        raise InvalidInput("This network is so large that it would keep out whole countries.", field="value")
    address, prefix_bits = prefix_of(network)
    return Kept(names.name(site_id, address, prefix_bits).hex(), masked(network), prefix_bits)


def _country(text: str) -> str:
    code = text.upper()
    if code not in country_names():
        raise InvalidInput("Enter a country as its two letters, such as DE.", field="value")
    return code


def _page(text: str) -> str:
    if not text.startswith(("/", "*")) or len(text) > _MAX_PATTERN_LENGTH or text.count("*") > _MAX_STARS:
        raise InvalidInput("Enter a path that starts with /, such as /admin/**.", field="value")
    return text


def _hostname(text: str) -> str:
    host = text.lower().removeprefix("www.")
    if not _HOSTNAME.fullmatch(host) or host.count("*") > _MAX_STARS:
        raise InvalidInput("Enter a host, such as staging.example.com or *.example.net.", field="value")
    return host


def _is_address(text: str) -> bool:
    try:
        ip_address(text.strip(".:"))
    except ValueError:
        return False
    return True


_CHECKS = {ShieldKind.COUNTRY: _country, ShieldKind.PAGE: _page, ShieldKind.HOSTNAME: _hostname}
