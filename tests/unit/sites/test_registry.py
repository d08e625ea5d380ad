"""The registry of names and keys, and what intake keeps of them."""

import pytest
from msgspec.structs import replace
from tests.people import Install

from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.sites import EventRegistry, Kind
from footfall.sites.known_names import OTHER_NAMES

MOST = 3  # of the install of tests/people.py


def test_it_keeps_what_there_is_room_for(install: Install) -> None:
    known = install.registry.known
    for number in range(MOST):
        assert known.fitted(install.site, f"Name {number}", {f"key{number}": "x"}, 1)[0] == f"Name {number}"

    assert known.fitted(install.site, "One more", {"key0": "x", "more": "y"}, 2) == (OTHER_NAMES, {"key0": "x"})
    assert known.fitted(install.site, "Name 0", {"key1": "x"}, 2) == ("Name 0", {"key1": "x"})
    assert known.fitted(install.other_site, "One more", {"more": "y"}, 2) == ("One more", {"more": "y"})


def test_it_always_keeps_views_and_what_the_owner_has_allowed(install: Install) -> None:
    known, named = install.registry.known, replace(install.site, custom_properties=("plan",))
    for number in range(MOST):
        known.fitted(named, f"Name {number}", {f"key{number}": "x"}, 1)

    for name in ("pageview", "engagement", OTHER_NAMES):
        assert known.fitted(named, name, {"plan": "pro", "more": "x"}, 2) == (name, {"plan": "pro"})


def test_it_writes_down_what_is_new_and_knows_it_after_a_restart(install: Install) -> None:
    known = install.registry.known
    known.fitted(install.site, "Signup", {"plan": "pro"}, 1_000)
    known.fitted(install.site, "Signup", {"plan": "free"}, 2_000)
    known.fitted(replace(install.site, id=99), "Gone", {}, 1_000)

    written = [install.registry.write_down(), install.registry.write_down()]

    assert written == [3, 0]
    assert [(one.name, one.first_seen_ms) for one in install.registry.names(install.site.id)] == [("Signup", 1_000)]
    assert [one.key for one in install.registry.properties(install.site.id)] == ["plan"]
    again = EventRegistry(install.database, install.clock, most_names=1, most_keys=1).known
    assert again.is_full(install.site.id, Kind.NAME)
    assert again.fitted(install.site, "Signup", {"plan": "pro"}, 3_000) == ("Signup", {"plan": "pro"})
    assert again.fitted(install.site, "Other", {"size": "s"}, 3_000) == (OTHER_NAMES, {})


def test_it_makes_room_where_a_name_is_deleted(install: Install) -> None:
    known = install.registry.known
    for name in ("A", "B", "C"):
        known.fitted(install.site, name, {}, 1)
    install.registry.write_down()

    install.registry.forget(install.site.id, Kind.NAME, "A")

    assert known.fitted(install.site, "D", {}, 2)[0] == "D"
    assert known.fitted(install.site, "A", {}, 2)[0] == OTHER_NAMES
    with pytest.raises(NotFound):
        install.registry.forget(install.site.id, Kind.NAME, "A")


def test_it_keeps_the_words_of_the_owner(install: Install) -> None:
    said = install.registry.describe(install.site.id, "Signup", " Made an account ")
    shown = install.registry.change_property(install.site.id, "plan", display_name="Plan", is_hidden=True)

    assert said.description == "Made an account"
    assert (shown.shown_as, shown.is_hidden) == ("Plan", True)
    back = install.registry.change_property(install.site.id, "plan", display_name="")
    assert (back.shown_as, back.is_hidden) == ("plan", True)


def test_it_refuses_what_would_be_ambiguous_or_too_much(install: Install) -> None:
    site_id, registry = install.site.id, install.registry
    registry.change_property(site_id, "plan", display_name="Plan")
    registry.change_property(site_id, "size")

    for name in ("plan", "Plan"):
        with pytest.raises(Conflict):
            registry.change_property(site_id, "size", display_name=name)
    for refused in ("pageview", "", "x" * 301):
        with pytest.raises(InvalidInput):
            registry.describe(site_id, refused, "")
    for number in range(MOST):
        registry.describe(site_id, f"Name {number}", "")
    with pytest.raises(InvalidInput, match="full"):
        registry.describe(site_id, "One more", "")
