"""Countries as people write them: names of the CLDR in the reader's language, and flags."""

from footfall.enrich.place_names import country_names as known_countries
from footfall.texts import Phrase, reader

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
