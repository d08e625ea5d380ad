"""What a site takes no events of, in the form in which it is checked."""

import re
from collections.abc import Mapping

import msgspec


class Shields(msgspec.Struct, frozen=True):
    """Any one that fits keeps an event out."""

    networks: Mapping[int, frozenset[bytes]] = {}
    """Bits of a prefix → names of the networks of that size; an IPv4 network counts as the IPv6 one it is mapped to."""

    countries: frozenset[str] = frozenset()  # ISO 3166-1 alpha-2
    pages: re.Pattern[str] | None = None
    hostnames: re.Pattern[str] | None = None
