"""Where a visitor is: from a place database the owner brings, else the country of the browser's time zone.

Addresses are looked up and forgotten: nothing here is cached by address, stored or logged.
"""

from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import maxminddb
import msgspec

from footfall.enrich.place_names import read_tab
from footfall.errors import SettingsError


class Place(msgspec.Struct, frozen=True, gc=False):
    """Where a visitor is; empty text means unknown."""

    country: str = ""  # ISO 3166-1 alpha-2
    region: str = ""  # ISO 3166-2, such as EE-37
    city: str = ""  # in English
    is_approximate: bool = False  # the country is that of the time zone


NOWHERE = Place()
_ZONE_CHARS = 100  # no zone's name is longer


class PlaceFinder:
    """Finds places in one database file (MMDB, city or country), or by time zone alone.

    Raises SettingsError where the file is missing or no such database.
    """

    def __init__(self, geoip_db: Path | None) -> None:
        self._reader = _open(geoip_db) if geoip_db else None

    def find(self, ip: str, timezone: str) -> Place:
        """The place of an address, else the country of an IANA time zone; either may be empty."""
        if self._reader and ip:
            place = _place_of_record(self._record(self._reader, ip))
            if place.country:
                return place
        return place_of_timezone(timezone[:_ZONE_CHARS])

    def close(self) -> None:
        """Let go of the file."""
        if self._reader:
            self._reader.close()

    def _record(self, reader: maxminddb.Reader, ip: str) -> Mapping[str, Any]:
        try:
            found = reader.get(ip)
        except (ValueError, maxminddb.InvalidDatabaseError):
            return {}
        return found if isinstance(found, dict) else {}


@lru_cache(maxsize=1024)
def place_of_timezone(timezone: str) -> Place:
    """The country of an IANA zone, as a place."""
    country = country_of_timezone(timezone)
    return Place(country, is_approximate=True) if country else NOWHERE


def country_of_timezone(timezone: str) -> str:
    """The country of an IANA zone, older names included; empty for zones of no country, such as Etc/UTC."""
    return _countries_by_timezone().get(timezone, "")


def _open(path: Path) -> maxminddb.Reader:
    try:
        return maxminddb.open_database(path, maxminddb.MODE_MMAP)
    except (OSError, ValueError, maxminddb.InvalidDatabaseError) as error:
        raise SettingsError(
            f"{path} cannot be read as a place database; point FOOTFALL_GEOIP_DB at an .mmdb file or leave it out."
        ) from error


def _place_of_record(record: Mapping[str, Any]) -> Place:
    country = _code(record.get("country"))
    divisions = record.get("subdivisions") or [{}]
    region = _code(divisions[0])
    return Place(country, f"{country}-{region}" if country and region else "", _name(record.get("city")))


def _code(part: Mapping[str, Any] | str | None) -> str:
    """Some databases hold the bare code, others a record with ``iso_code``."""
    return part if isinstance(part, str) else str((part or {}).get("iso_code", ""))


def _name(part: Mapping[str, Any] | str | None) -> str:
    return part if isinstance(part, str) else str(((part or {}).get("names") or {}).get("en", ""))


@cache
def _countries_by_timezone() -> dict[str, str]:
    countries = {zone: codes for codes, _, zone, *_ in read_tab("zone.tab")}
    links = {name: countries[zone] for zone, name in _links() if zone in countries}
    return links | countries


def _links() -> list[tuple[str, str]]:
    rules = (files("tzdata") / "zoneinfo" / "tzdata.zi").read_text(encoding="utf-8").splitlines()
    return [(zone, name) for _, zone, name in (line.split(" ") for line in rules if line.startswith("L "))]
