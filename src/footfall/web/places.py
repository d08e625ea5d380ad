"""Countries as people write them: names of the CLDR in the reader's language, and flags."""

from functools import lru_cache

from footfall.enrich.place_names import country_names as known_countries
from footfall.texts import Phrase, Words, reader

_REGIONAL_INDICATOR_A = 0x1F1E6

# Where the CLDR's name is official rather than what people say.
_PLAINER = {
    "CD": Phrase("DR Congo"),
    "CG": Phrase("Congo"),
    "HK": Phrase("Hong Kong"),
    "MM": Phrase("Myanmar"),
    "MO": Phrase("Macao"),
    "PS": Phrase("Palestine"),
}


def country_name(code: str) -> str:
    """The name of an ISO 3166 alpha-2 code; the code itself where it has none."""
    return reader().of(_PLAINER[code]) if code in _PLAINER else reader().country(code)


def flag(code: str) -> str:
    """The flag emoji of an alpha-2 code, empty for anything else."""
    if len(code) != 2 or not code.isascii() or not code.isalpha():
        return ""
    return "".join(chr(_REGIONAL_INDICATOR_A + ord(letter) - ord("A")) for letter in code.upper())


def country_names() -> dict[str, str]:
    """All countries by their code."""
    return {code: country_name(code) for code in known_countries()}


def countries_named(text: str, words: Words) -> list[str]:
    """The codes of the countries with this text in their name, as somebody with these words writes it."""
    return [code for code, name in _names(words).items() if text.casefold() in name]


@lru_cache(maxsize=16)
def _names(words: Words) -> dict[str, str]:
    named = {code: words.of(_PLAINER[code]) if code in _PLAINER else words.country(code) for code in known_countries()}
    return {code: name.casefold() for code, name in named.items()}
