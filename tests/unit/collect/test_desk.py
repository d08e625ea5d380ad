"""Which site a host belongs to."""

from collections.abc import Callable

import pytest

from footfall.collect.desk import site_of_host
from footfall.domain import Site

SHOP = Site(id=1, public_id="a", domain="shop.example")
BLOG = Site(id=2, public_id="b", domain="blog.shop.example")


class Sites:
    def by_public_id(self, public_id: str) -> Site | None:
        return next((site for site in self.all() if site.public_id == public_id), None)

    def by_domain(self, domain: str) -> Site | None:
        return next((site for site in self.all() if site.domain == domain), None)

    def all(self) -> list[Site]:
        return [SHOP, BLOG]


@pytest.mark.parametrize(
    ("host", "site"),
    [
        ("shop.example", SHOP),
        ("WWW.Shop.Example.", SHOP),
        ("a.b.shop.example", SHOP),
        ("new.blog.shop.example", BLOG),
        ("workshop.example", None),
        ("example", None),
        ("", None),
    ],
)
def test_it_takes_the_nearest_site_at_or_above_a_host(host: str, site: Site | None) -> None:
    assert site_of_host(Sites(), host) is site


@pytest.mark.parametrize(("is_allowed", "site"), [(lambda site: site is SHOP, SHOP), (lambda site: False, None)])
def test_it_passes_over_sites_that_are_not_allowed(is_allowed: Callable[[Site], bool], site: Site | None) -> None:
    assert site_of_host(Sites(), "blog.shop.example", is_allowed) is site
