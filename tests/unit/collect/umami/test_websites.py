"""The UUID of a site, and finding a site by it."""

from uuid import UUID

from footfall.collect.umami import Websites, website_id
from footfall.domain import Site

ALICE = Site(id=1, public_id="abcdefghijkl", domain="alice.example")
BOB = Site(id=2, public_id="mnopqrstuvwx", domain="bob.example")


class Sites:
    def __init__(self, *sites: Site) -> None:
        self.known = {site.public_id: site for site in sites}

    def by_public_id(self, public_id: str) -> Site | None:
        return self.known.get(public_id)

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


def test_it_notices_sites_that_come_and_go() -> None:
    sites = Sites(ALICE)
    websites = Websites(sites)

    assert websites.find(website_id(BOB)) is None
    sites.known[BOB.public_id] = BOB
    assert websites.find(website_id(BOB)) is BOB
    del sites.known[BOB.public_id]
    assert websites.find(website_id(BOB)) is None
