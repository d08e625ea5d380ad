"""Regions as people write them: the English names of the Unicode CLDR; `scripts/regions.mjs` makes the table."""

import json
from functools import cache
from importlib import resources


def region_name(code: str) -> str:
    """The name of an ISO 3166-2 code; the code itself where it has none."""
    return _names().get(code, code)


@cache
def _names() -> dict[str, str]:
    file = resources.files("footfall.web").joinpath("tables", "regions.json")
    names: dict[str, str] = json.loads(file.read_text(encoding="utf-8"))["names"]
    return names
