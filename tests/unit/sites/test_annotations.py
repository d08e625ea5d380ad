"""Annotations of a site and of its members."""

from datetime import date

import pytest
from tests.people import Install

from footfall.errors import InvalidInput, NotAllowed, NotFound
from footfall.sites.annotations import MAX_ANNOTATIONS, MAX_TEXT_LENGTH

MAY_1, MAY_2, MAY_9 = date(2026, 5, 1), date(2026, 5, 2), date(2026, 5, 9)


def test_it_lists_those_of_the_site_and_of_the_person_by_day(install: Install) -> None:
    of_alice = install.annotations.add(install.site, install.alice.id, "Alice's", MAY_2)
    of_site = install.annotations.add(install.site, None, " Release ", MAY_1, MAY_9)

    assert install.annotations.of_site(install.site, install.alice.id) == [of_site, of_alice]
    assert install.annotations.of_site(install.site, install.bob.id) == [of_site]
    assert install.annotations.of_site(install.site, None) == [of_site]
    assert install.annotations.of_site(install.other_site, install.alice.id) == []
    assert (of_site.text, of_site.first, of_site.last) == ("Release", MAY_1, MAY_9)
    assert (of_alice.first, of_alice.last) == (MAY_2, MAY_2)


@pytest.mark.parametrize(
    ("days", "found"),
    [
        ((MAY_1, MAY_1), ["one day", "week"]),
        ((MAY_2, MAY_2), ["week"]),
        ((MAY_9, date.max), ["week"]),
        ((date.min, date(2026, 4, 30)), []),
        ((date(2026, 5, 10), MAY_1), []),
    ],
)
def test_it_lists_what_touches_the_days(install: Install, days: tuple[date, date], found: list[str]) -> None:
    install.annotations.add(install.site, None, "one day", MAY_1)
    install.annotations.add(install.site, None, "week", MAY_1, MAY_9)

    assert [one.text for one in install.annotations.of_site(install.site, None, days)] == found


def test_it_changes_what_is_given(install: Install) -> None:
    added = install.annotations.add(install.site, None, "Release", MAY_1)

    moved = install.annotations.update(install.site, added.id, None, is_owner=True, first=MAY_2)
    longer = install.annotations.update(install.site, added.id, None, is_owner=True, text="Sale", last=MAY_9)

    assert (moved.text, moved.first, moved.last) == ("Release", MAY_2, MAY_2)
    assert (longer.text, longer.first, longer.last) == ("Sale", MAY_2, MAY_9)
    assert install.annotations.of_site(install.site, None) == [longer]


def test_it_is_changed_by_whom_it_belongs_to(install: Install) -> None:
    of_site = install.annotations.add(install.site, None, "Release", MAY_1)
    of_alice = install.annotations.add(install.site, install.alice.id, "Alice's", MAY_1)

    with pytest.raises(NotAllowed):
        install.annotations.update(install.site, of_site.id, install.bob.id, is_owner=False, text="Mine")
    with pytest.raises(NotFound):
        install.annotations.delete(install.site, of_alice.id, install.bob.id, is_owner=True)
    with pytest.raises(NotFound):
        install.annotations.delete(install.other_site, of_site.id, install.charlie.id, is_owner=True)
    install.annotations.delete(install.site, of_alice.id, install.alice.id, is_owner=False)

    assert install.annotations.of_site(install.site, install.alice.id) == [of_site]


def test_it_refuses_days_in_the_wrong_order_and_texts_too_long(install: Install) -> None:
    added = install.annotations.add(install.site, None, "Release", MAY_2, MAY_9)

    for change in ({"last": MAY_1}, {"text": "x" * (MAX_TEXT_LENGTH + 1)}, {"text": "  "}):
        with pytest.raises(InvalidInput):
            install.annotations.update(install.site, added.id, None, is_owner=True, **change)
    with pytest.raises(InvalidInput, match="first day or later"):
        install.annotations.add(install.site, None, "Release", MAY_9, MAY_1)

    assert install.annotations.of_site(install.site, None) == [added]


def test_it_bounds_those_of_the_site_and_of_each_person_on_their_own(install: Install) -> None:
    for number in range(MAX_ANNOTATIONS):
        install.annotations.add(install.site, install.bob.id, str(number), MAY_1)

    with pytest.raises(InvalidInput, match="delete one"):
        install.annotations.add(install.site, install.bob.id, "One more", MAY_1)
    install.annotations.add(install.site, None, "The site's", MAY_1)
