"""Names of networks."""

from ipaddress import IPv4Address, ip_address, ip_network

from hypothesis import given
from hypothesis import strategies as st

from footfall.identity import NetworkNames, as_ipv6, prefix_of

NAMES = NetworkNames(b"k" * 32)


@given(st.ip_addresses(), st.integers(0, 128))
def test_it_names_a_network_by_any_of_its_addresses(address: IPv4Address, bits: int) -> None:
    network = ip_network(f"{address}/{min(bits, address.max_prefixlen)}", strict=False)
    first, prefix_bits = prefix_of(network)

    of_network, of_address = NAMES.name(7, first, prefix_bits), NAMES.name(7, as_ipv6(address.packed), prefix_bits)

    assert of_network == of_address


def test_it_tells_apart_sites_sizes_keys_and_neighbours() -> None:
    here = as_ipv6(ip_address("203.0.113.7").packed)
    neighbour = as_ipv6(ip_address("203.0.113.8").packed)

    names = {
        NAMES.name(7, here, 128),
        NAMES.name(8, here, 128),
        NAMES.name(7, here, 120),
        NAMES.name(7, neighbour, 128),
        NetworkNames(b"other").name(7, here, 128),
    }

    assert len(names) == 5
    assert NAMES.name(7, here, 120) == NAMES.name(7, neighbour, 120)


def test_it_takes_an_ipv4_address_as_the_one_it_is_mapped_to() -> None:
    mapped, plain = ip_address("::ffff:203.0.113.7"), ip_address("203.0.113.7")

    assert as_ipv6(mapped.packed) == as_ipv6(plain.packed)
