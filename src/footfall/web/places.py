"""Countries as people write them: English names from the time zone database's own list, and flags."""

from functools import cache
from importlib import resources

_REGIONAL_INDICATOR_A = 0x1F1E6

# Where the list is terse to the point of being odd on a screen.
_PLAINER = {
    "GB": "United Kingdom",
    "KR": "South Korea",
    "KP": "North Korea",
    "CD": "DR Congo",
    "CG": "Congo",
    "CI": "Côte d’Ivoire",
    "HK": "Hong Kong",
    "MM": "Myanmar",
    "MO": "Macao",
    "SZ": "Eswatini",
    "WS": "Samoa",
    "XK": "Kosovo",
}


def country_name(code: str) -> str:
    """The name of an ISO 3166 alpha-2 code; the code itself where it has none."""
    return _names().get(code, code)


def flag(code: str) -> str:
    """The flag emoji of an alpha-2 code, empty for anything else."""
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        return ""
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code.upper())


def country_names() -> dict[str, str]:
    """All countries by their code."""
    return dict(_names())


def countries_named(text: str) -> list[str]:
    """The codes of the countries with this text in their name."""
    return [code for code, name in _names().items() if text.lower() in name.lower()]


@cache
def _names() -> dict[str, str]:
    text = resources.files("tzdata.zoneinfo").joinpath("iso3166.tab").read_text(encoding="utf-8")
    rows = (line.split("\t", 1) for line in text.splitlines() if line and not line.startswith("#"))
    return {**dict(rows), **_PLAINER}
