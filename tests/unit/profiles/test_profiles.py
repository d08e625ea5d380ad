"""Profiles and their traits, over a real database."""

from contextlib import suppress
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.people import Install

from footfall.app.upkeep import forget_profiles
from footfall.errors import InvalidInput
from footfall.profiles import MAX_TRAITS, Profile, Profiles, checked_traits

VISITOR = (1 << 64) - 1
texts = st.text(st.sampled_from("aé\0\ud800"), max_size=120)


@pytest.fixture
def profiles(install: Install) -> Profiles:
    return Profiles(install.database, install.clock)


def test_it_adds_to_what_is_known(install: Install, profiles: Profiles) -> None:
    first_ms = install.clock()
    profiles.put(install.site.id, VISITOR, {"plan": "free", "seats": 3, "trial": True})
    install.clock.move(days=1)
    profiles.put(install.site.id, VISITOR, {"plan": "pro", "trial": None})

    assert profiles.of_visitors(install.site.id, [VISITOR]) == [
        Profile(VISITOR, {"plan": "pro", "seats": 3}, first_ms, install.clock())
    ]
    assert profiles.of_visitors(install.other_site.id, [VISITOR]) == []


def test_it_keeps_what_was_known_when_it_becomes_too_much(install: Install, profiles: Profiles) -> None:
    profiles.put(install.site.id, VISITOR, {str(at): at for at in range(MAX_TRAITS)})

    with pytest.raises(InvalidInput):
        profiles.put(install.site.id, VISITOR, {"one more": 1})

    (profile,) = profiles.of_visitors(install.site.id, [VISITOR])
    assert len(profile.traits) == MAX_TRAITS


def test_it_forgets_profiles_older_than_their_site_keeps(install: Install, profiles: Profiles) -> None:
    install.sites.update(install.site.id, retention_days=30)
    for site in (install.site, install.other_site):
        profiles.put(site.id, 1, {})
    install.clock.move(days=20)
    profiles.put(install.site.id, 2, {})
    install.clock.move(days=11)

    forget_profiles(install.sites, profiles, install.clock())

    assert profiles.visitor_ids(install.site.id) == {2}
    assert profiles.visitor_ids(install.other_site.id) == {1}


@given(texts, st.none() | st.booleans() | st.integers() | st.floats() | texts | st.lists(st.none(), max_size=1))
def test_it_takes_plain_values_and_refuses_the_rest_in_one_way(name: str, value: Any) -> None:
    with suppress(InvalidInput):
        kept = checked_traits({name: value})

        assert kept == ({} if value is None else {name: value})
        assert msgspec.json.decode(msgspec.json.encode(kept)) == kept
