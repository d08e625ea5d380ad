"""Shields of a site."""

from pathlib import Path

import pytest
from tests.people import Install

from footfall.errors import InvalidInput, NotFound
from footfall.sites import ShieldKind
from footfall.sites.shields import MAX_OF_A_KIND

ADDRESS = ShieldKind.ADDRESS


def test_it_finds_or_makes_a_shield_and_puts_it_on_the_site(install: Install) -> None:
    added = install.shields.add(install.site.id, ShieldKind.COUNTRY, " de ", "Home")

    again = install.shields.add(install.site.id, ShieldKind.COUNTRY, "DE")

    site = install.sites.by_id(install.site.id)
    assert again == added
    assert (added.hint, added.label) == ("DE", "Home")
    assert install.shields.of_site(install.site.id) == [added]
    assert install.shields.of_site(install.other_site.id) == []
    assert site is not None
    assert site.shields is not None
    assert site.shields.countries == {"DE"}


def test_it_takes_a_shield_away(install: Install) -> None:
    shield = install.shields.add(install.site.id, ShieldKind.PAGE, "/admin/**")

    with pytest.raises(NotFound):
        install.shields.delete(install.other_site.id, shield.id)
    install.shields.delete(install.site.id, shield.id)

    site = install.sites.by_id(install.site.id)
    assert site is not None
    assert site.shields is None


def test_it_keeps_shields_when_options_change(install: Install) -> None:
    install.shields.add(install.site.id, ShieldKind.HOSTNAME, "*.example.net")

    changed = install.sites.update(install.site.id, currency="SEK")

    assert changed.shields is not None
    assert changed.shields.hostnames is not None
    assert changed.shields.hostnames.fullmatch("a.b.example.net")


@pytest.mark.parametrize(
    ("given", "hint"),
    [
        ("203.0.113.7", "203.0.x.x/32"),
        ("203.0.113.7/24", "203.0.x.x/24"),
        ("2001:db8:1:2::5", "2001:db8:x/128"),
        ("2001:db8:1::/48", "2001:db8:x/48"),
    ],
)
def test_it_stores_no_address(install: Install, tmp_path: Path, given: str, hint: str) -> None:
    shield = install.shields.add(install.site.id, ADDRESS, given)

    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    stored = install.everything_stored()
    assert shield.hint == hint
    assert given.partition("/")[0].encode() not in files
    assert given.partition("/")[0] not in stored
    assert shield.hint in stored


def test_it_names_a_network_differently_on_each_site(install: Install) -> None:
    install.shields.add(install.site.id, ADDRESS, "203.0.113.7")
    install.shields.add(install.other_site.id, ADDRESS, "203.0.113.7")

    sites = [install.sites.by_id(site.id) for site in (install.site, install.other_site)]
    names = [site.shields.networks[128] for site in sites if site and site.shields]
    assert len(names) == 2
    assert not names[0] & names[1]


@pytest.mark.parametrize(
    ("kind", "value", "label", "field"),
    [
        (ADDRESS, "203.0.113", "", "value"),
        (ADDRESS, "0.0.0.0/0", "", "value"),
        (ADDRESS, "::/3", "", "value"),
        (ADDRESS, "203.0.113.7", "Bob (203.0.113.7)", "label"),
        (ADDRESS, "2001:db8::1", "at 2001:db8::1.", "label"),
        (ShieldKind.COUNTRY, "Germany", "", "value"),
        (ShieldKind.COUNTRY, "QQ", "", "value"),
        (ShieldKind.PAGE, "admin", "", "value"),
        (ShieldKind.PAGE, "/" + "a*" * 21, "", "value"),
        (ShieldKind.HOSTNAME, "https://example.com", "", "value"),
    ],
)
def test_it_names_what_is_wrong(install: Install, kind: ShieldKind, value: str, label: str, field: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        install.shields.add(install.site.id, kind, value, label)

    assert caught.value.field == field


def test_it_is_bounded(install: Install) -> None:
    for number in range(MAX_OF_A_KIND):
        install.shields.add(install.site.id, ShieldKind.PAGE, f"/{number}")

    with pytest.raises(InvalidInput, match="at most"):
        install.shields.add(install.site.id, ShieldKind.PAGE, "/one-too-many")
    install.shields.add(install.site.id, ShieldKind.COUNTRY, "DE")


def test_it_goes_with_its_site(install: Install) -> None:
    install.shields.add(install.site.id, ShieldKind.PAGE, "/admin")

    install.sites.delete(install.site.id)

    assert install.shields.of_site(install.site.id) == []
    with pytest.raises(NotFound):
        install.shields.add(install.site.id, ShieldKind.PAGE, "/admin")
