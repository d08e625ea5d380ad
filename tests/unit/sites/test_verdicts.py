"""What became of the events of a site, by day."""

import pytest
from sqlalchemy.exc import IntegrityError
from tests.people import Install

from footfall.sites import VerdictDays


@pytest.fixture
def days(install: Install) -> VerdictDays:
    return VerdictDays(install.database)


def test_it_adds_up(install: Install, days: VerdictDays) -> None:
    site = install.site.id

    days.add({(site, 20_000, "bot"): 2, (site, 20_000, "accepted"): 5, (site, 20_001, "bot"): 1})
    days.add({(site, 20_001, "bot"): 3, (install.other_site.id, 20_001, "bot"): 9})

    assert days.of_site(site, 20_000) == {"bot": 6, "accepted": 5}
    assert days.of_site(site, 20_001) == {"bot": 4}
    assert days.of_site(site, 20_002) == {}


def test_it_adds_all_or_nothing(install: Install, days: VerdictDays) -> None:
    with pytest.raises(IntegrityError):
        days.add({(install.site.id, 20_000, "bot"): 2, (999, 20_000, "bot"): 1})

    assert days.of_site(install.site.id, 0) == {}


def test_it_goes_with_its_site(install: Install, days: VerdictDays) -> None:
    days.add({(install.site.id, 20_000, "bot"): 2})

    install.sites.delete(install.site.id)

    assert days.of_site(install.site.id, 0) == {}
