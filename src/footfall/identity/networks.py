"""Names of networks: keyed hashes, so that a list of them holds no address.

Every address is taken as one of IPv6 (an IPv4 one as ``::ffff:a.b.c.d``), so one count of bits says which size a
network has.
"""

from hashlib import blake2b
from ipaddress import IPv4Network, IPv6Network

_ADDRESS_BITS = 128
_NAME_BYTES = 16
_MAPPED_BITS = 96
_MAPPED = 0xFFFF << 32


class NetworkNames:
    """Names networks under ``key``; the same network has another name on every site."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def name(self, site_id: int, address: int, prefix_bits: int) -> bytes:
        """The name of the network of ``prefix_bits`` around ``address`` (see ``as_ipv6``)."""
        unused = _ADDRESS_BITS - prefix_bits
        prefix = (address >> unused) << unused
        told = site_id.to_bytes(8) + prefix_bits.to_bytes(1) + prefix.to_bytes(16)
        return blake2b(told, digest_size=_NAME_BYTES, key=self._key).digest()


def as_ipv6(packed: bytes) -> int:
    """The number of an address of 4 or 16 bytes."""
    number = int.from_bytes(packed)
    return number | _MAPPED if len(packed) == 4 else number


def prefix_of(network: IPv4Network | IPv6Network) -> tuple[int, int]:
    """First address and prefix bits of a network."""
    extra = _MAPPED_BITS if network.version == 4 else 0
    return as_ipv6(network.network_address.packed), network.prefixlen + extra
