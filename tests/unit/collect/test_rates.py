"""How many events a client and a site may send."""

import sys

import pytest

from footfall.collect.draft import Sender
from footfall.collect.rates import Rate, Rates
from footfall.domain import Site

SITE = Site(id=1, public_id="site", domain="example.com")
OTHER = Site(id=2, public_id="other", domain="other.example")
NOW_MS = 1_790_000_000_000


def test_it_lets_nobody_send_more_than_the_bound() -> None:
    rate = Rate(5)

    waits = [rate.spend("client", 1, NOW_MS + number) for number in range(7)]

    assert waits[:5] == [0] * 5
    assert all(0 < wait <= 60 for wait in waits[5:])
    assert rate.spend("another", 1, NOW_MS) == 0


@pytest.mark.parametrize("per_minute", [1, 299, 300, 1000, 60_000, 1_000_000])
def test_it_takes_four_fifths_at_once_and_never_more_than_all(per_minute: int) -> None:
    at_once = Rate(per_minute)
    assert at_once.spend("client", per_minute * 4 // 5, NOW_MS) == 0

    spread = Rate(per_minute)
    share = max(per_minute // 50, 1)
    passed = sum(share for second in range(60) if not spread.spend("client", share, NOW_MS + second * 1000))

    assert passed <= per_minute


def test_it_counts_a_batch_larger_than_the_bound_as_all_of_it() -> None:
    rate = Rate(10)

    assert rate.spend("site", 1000, NOW_MS) == 0
    assert rate.spend("site", 1, NOW_MS) > 0


def test_it_holds_no_name_and_no_more_than_so_many() -> None:
    rate = Rate(1)
    for number in range(5_000):
        rate.spend(f"203.0.{number // 256}.{number % 256}", 1, NOW_MS)

    held = [*rate._busy, *vars(rate._limiter.storage)["storage"]]
    assert not any("203.0" in name for name in held)
    assert len(rate._busy) <= 4_096
    assert sys.getsizeof(rate._slots) < 100_000


def test_it_counts_clients_and_sites_apart() -> None:
    rates = Rates(per_client=2, per_site=3)
    alice, bob = Sender(address="203.0.113.7"), Sender(address="203.0.113.8")

    alices = [rates.spend(SITE, alice, 1, NOW_MS) for _ in range(3)]
    bobs = [rates.spend(SITE, bob, 1, NOW_MS) for _ in range(2)]

    assert [bool(wait) for wait in alices] == [False, False, True]
    assert [bool(wait) for wait in bobs] == [False, True]
    assert rates.spend(OTHER, Sender(address="203.0.113.9"), 1, NOW_MS) == 0


def test_it_counts_a_keyed_batch_for_the_site_alone() -> None:
    rates = Rates(per_client=1, per_site=10)
    keyed = Sender(is_keyed=True)

    assert rates.spend(SITE, keyed, 6, NOW_MS) == 0
    assert rates.spend(SITE, keyed, 6, NOW_MS) > 0


def test_it_takes_a_network_of_ipv6_as_one_client() -> None:
    rates = Rates(per_client=1, per_site=0)

    clients = [Sender(address=address) for address in ("2001:db8:1:1::1", "2001:db8:1:1::2", "2001:db8:1:2::1")]
    waits = [rates.spend(SITE, client, 1, NOW_MS) for client in clients]

    assert [bool(wait) for wait in waits] == [False, True, False]


def test_it_has_no_bounds_unless_asked() -> None:
    rates = Rates(per_client=0, per_site=0)

    assert all(rates.spend(SITE, Sender(address="203.0.113.7"), 1, NOW_MS) == 0 for _ in range(5_000))
