"""Regions as people write them: the English names of the Unicode CLDR, which `scripts/regions.mjs` makes a table of.

It names hardly any in other languages, so a language has a table beside it of those that it calls otherwise.
"""

import json
from functools import cache
from importlib import resources

from footfall.texts import reader


def region_name(code: str) -> str:
    """The name of an ISO 3166-2 code in the reader's language, else in English; the code itself where it has none."""
    return _names(f"regions.{reader().language}.json").get(code) or _names("regions.json").get(code, code)


@cache
def _names(table: str) -> dict[str, str]:
    file = resources.files("footfall.web").joinpath("tables", table)
    if not file.is_file():
        return {}
    names: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))["names"]
    return names
