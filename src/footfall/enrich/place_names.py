"""Names of countries for people: the time zone database's English ones, shortened where they are long."""

from functools import cache
from importlib.resources import files

from footfall.enrich.tables import load_table


def country_name(code: str) -> str:
    """The name of an ISO 3166-1 alpha-2 code; the code itself where it is unknown."""
    return country_names().get(code, code)


@cache
def country_names() -> dict[str, str]:
    """All names by code."""
    return dict(read_tab("iso3166.tab")) | load_table("countries")


def read_tab(name: str) -> list[list[str]]:
    """The rows of one of the tab-separated files that come with the time zones."""
    lines = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]
