"""The UUID of a site, and finding a site by it."""

from uuid import UUID

import pytest

from footfall.collect.umami import Websites, website_id
from footfall.domain import Site

ALICE = Site(id=1, public_id="abcdefghijkl", domain="alice.example")
BOB = Site(id=2, public_id="mnopqrstuvwx", domain="bob.example")


class Sites:
    def __init__(self, *sites: Site) -> None:
        self.known = {site.public_id: site for site in sites}

    def by_public_id(self, public_id: str) -> Site | None:
        return self.known.get(public_id)

    def by_domain(self, domain: str) -> Site | None:
        return next((site for site in self.known.values() if site.domain == domain), None)

    def all(self) -> list[Site]:
        return list(self.known.values())


def test_it_never_changes() -> None:
    assert website_id(ALICE) == "23d7084b-a6ed-592f-9e63-b3ae6d30b9a0"


def test_it_is_a_uuid_of_its_own_for_each_site() -> None:
    assert UUID(website_id(ALICE)).version == 5
    assert website_id(ALICE) != website_id(BOB)


def test_it_finds_a_site_by_uuid_in_any_case_and_by_public_id() -> None:
    websites = Websites(Sites(ALICE, BOB))

    assert websites.find(website_id(BOB)) is BOB
    assert websites.find(website_id(ALICE).upper()) is ALICE
    assert websites.find("abcdefghijkl") is ALICE
    assert websites.find("") is None


@pytest.mark.parametrize(
    ("hostname", "site"), [("www.bob.example", BOB), ("shop.bob.example", BOB), ("nobody.example", None), ("", None)]
)
def test_it_takes_the_host_of_the_page_where_the_uuid_is_umamis_own(hostname: str, site: Site | None) -> None:
    websites = Websites(Sites(ALICE, BOB))

    assert websites.find("94db1cb1-74f4-4a40-ad6c-962362670409", hostname) is site
    assert websites.find(website_id(ALICE), hostname) is ALICE
    assert websites.find("nonsense", hostname) is None


def test_it_notices_sites_that_come_and_go() -> None:
    sites = Sites(ALICE)
    websites = Websites(sites)

    assert websites.find(website_id(BOB)) is None
    sites.known[BOB.public_id] = BOB
    assert websites.find(website_id(BOB)) is BOB
    del sites.known[BOB.public_id]
    assert websites.find(website_id(BOB)) is None
