from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.enrich import Place, PlaceFinder, country_name, country_of_timezone
from footfall.errors import SettingsError


@pytest.mark.parametrize(
    ("timezone", "country"),
    [
        ("Europe/Tallinn", "EE"),
        ("Europe/Amsterdam", "NL"),
        ("Europe/Kiev", "UA"),
        ("Asia/Calcutta", "IN"),
        ("US/Pacific", "US"),
        ("Etc/UTC", ""),
        ("Mars/Olympus", ""),
    ],
)
def test_it_knows_the_country_of_a_time_zone(timezone: str, country: str) -> None:
    assert country_of_timezone(timezone) == country


def test_it_marks_the_country_of_a_time_zone_as_approximate() -> None:
    assert PlaceFinder(None).find("203.0.113.9", "Europe/Berlin") == Place("DE", is_approximate=True)


def test_it_says_nowhere_without_address_and_zone() -> None:
    assert PlaceFinder(None).find("", "") == Place()


def test_it_finds_region_and_city_of_an_address(reference_folder: Path) -> None:
    finder = PlaceFinder(reference_folder / "GeoLite2-City-Test.mmdb")

    assert finder.find("89.160.20.112", "Europe/Tallinn") == Place("SE", "SE-E", "Linköping")


def test_it_finds_the_country_in_a_country_database(reference_folder: Path) -> None:
    finder = PlaceFinder(reference_folder / "GeoIP2-Country-Test.mmdb")

    assert finder.find("89.160.20.112", "").country == "SE"


def test_it_falls_back_to_the_time_zone_for_addresses_it_does_not_know(reference_folder: Path) -> None:
    finder = PlaceFinder(reference_folder / "GeoLite2-City-Test.mmdb")

    assert finder.find("10.0.0.1", "Europe/Tallinn") == Place("EE", is_approximate=True)


@given(address=st.text())
def test_it_takes_any_text_for_an_address(reference_folder: Path, address: str) -> None:
    finder = PlaceFinder(reference_folder / "GeoLite2-City-Test.mmdb")

    assert isinstance(finder.find(address, ""), Place)
    finder.close()


def test_it_refuses_a_missing_database(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"point FOOTFALL_GEOIP_DB at an \.mmdb file"):
        PlaceFinder(tmp_path / "none.mmdb")


def test_it_refuses_a_broken_database(tmp_path: Path) -> None:
    broken = tmp_path / "broken.mmdb"
    broken.write_bytes(b"not a database")

    with pytest.raises(SettingsError, match="cannot be read as a place database"):
        PlaceFinder(broken)


@pytest.mark.parametrize(("code", "name"), [("EE", "Estonia"), ("GB", "United Kingdom"), ("ZZ", "ZZ"), ("", "")])
def test_it_names_countries(code: str, name: str) -> None:
    assert country_name(code) == name
