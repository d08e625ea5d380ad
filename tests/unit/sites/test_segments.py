"""Segments of a site and of its members."""

import pytest
from tests.people import Install

from footfall.errors import InvalidInput, NotFound
from footfall.sites.segments import MAX_SEGMENTS

FILTERS = [["is", "visit:country", ["EE"]]]


def test_it_lists_those_of_the_site_and_of_the_person(install: Install) -> None:
    of_site = install.segments.add(install.site.id, None, "Site", FILTERS)
    of_alice = install.segments.add(install.site.id, install.alice.id, "Alice's", FILTERS)

    assert install.segments.seen_by(install.site.id, install.alice.id) == [of_site, of_alice]
    assert install.segments.seen_by(install.site.id, install.bob.id) == [of_site]
    assert install.segments.seen_by(install.site.id, None) == [of_site]
    assert install.segments.seen_by(install.other_site.id, install.alice.id) == []


def test_it_is_deleted_by_its_own_site_only(install: Install) -> None:
    segment = install.segments.add(install.site.id, None, "Site", FILTERS)

    with pytest.raises(NotFound):
        install.segments.delete(install.other_site.id, segment.id, None, is_owner=True)


def test_it_bounds_how_many_a_site_has(install: Install) -> None:
    for number in range(MAX_SEGMENTS):
        install.segments.add(install.site.id, None, str(number), FILTERS)

    with pytest.raises(InvalidInput, match="at most"):
        install.segments.add(install.site.id, None, "One more", FILTERS)


def test_it_is_renamed_by_whom_it_belongs_to(install: Install) -> None:
    segment = install.segments.add(install.site.id, install.alice.id, "Before", FILTERS)

    install.segments.rename(install.site.id, segment.id, install.alice.id, " After ", is_owner=False)

    assert [one.name for one in install.segments.seen_by(install.site.id, install.alice.id)] == ["After"]
    with pytest.raises(NotFound):
        install.segments.rename(install.site.id, segment.id, install.bob.id, "Bob's", is_owner=True)
    with pytest.raises(InvalidInput):
        install.segments.rename(install.site.id, segment.id, install.alice.id, " ", is_owner=False)
