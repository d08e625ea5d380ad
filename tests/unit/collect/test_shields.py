"""The step that asks the shields of a site."""

import re

import pytest

from footfall.collect.draft import Draft, Sender
from footfall.collect.shields import check_shields
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Shields, Site, VisitAttributes
from footfall.enrich import Page
from footfall.enrich.campaign import NO_CAMPAIGN
from footfall.identity import NetworkNames, as_ipv6

NAMES = NetworkNames(b"k" * 32)
STEP = check_shields(NAMES)
OFFICE = Shields(networks={96 + 24: frozenset({NAMES.name(1, as_ipv6(bytes([203, 0, 113, 0])), 120)})})
HOME = Shields(networks={64: frozenset({NAMES.name(1, 0x2001_0DB8_0001_0002 << 64, 64)})})


def draft(shields: Shields | None, address: str = "203.0.113.7") -> Draft:
    return Draft(
        WireEvent(name="pageview", url="https://staging.example.com/admin/users"),
        Sender(address=address),
        Site(id=1, public_id="site", domain="example.com", shields=shields),
        0,
        page=Page("staging.example.com", "/admin/users?page=2", NO_CAMPAIGN),
        attributes=VisitAttributes(country="DE"),
    )


@pytest.mark.parametrize(
    ("shields", "address", "reason"),
    [
        (None, "203.0.113.7", None),
        (Shields(), "203.0.113.7", None),
        (OFFICE, "203.0.113.7", DropReason.SHIELD_ADDRESS),
        (OFFICE, "203.0.114.7", None),
        (OFFICE, "2001:db8:1:2::5", None),
        (OFFICE, "", None),
        (HOME, "2001:db8:1:2::5", DropReason.SHIELD_ADDRESS),
        (HOME, "2001:db8:1:3::5", None),
        (Shields(countries=frozenset({"FR", "DE"})), "", DropReason.SHIELD_COUNTRY),
        (Shields(countries=frozenset({"FR"})), "", None),
        (Shields(hostnames=re.compile(r"staging\..*")), "", DropReason.SHIELD_HOSTNAME),
        (Shields(hostnames=re.compile(r"staging")), "", None),
        (Shields(pages=re.compile(r"/admin/users")), "", DropReason.SHIELD_PAGE),
        (Shields(pages=re.compile(r"/admin")), "", None),
    ],
)
def test_it_gives_the_shield_that_is_met(shields: Shields | None, address: str, reason: DropReason | None) -> None:
    assert STEP(draft(shields, address)) is reason
