"""The language a browser asks for first."""

import re
from functools import lru_cache

_TAG = re.compile(r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}|\d{3}))?(?![A-Za-z0-9])")
_CHARS = 100  # the first language stands in these


def language_of(accept_language: str) -> str:
    """``de-DE`` of ``de-de,de;q=0.9``: the language with its region, BCP 47 without script and variants.

    Takes an Accept-Language header or a single tag; empty where neither begins with a language.
    """
    return _first_language(accept_language[:_CHARS])


@lru_cache(maxsize=2048)
def _first_language(accept_language: str) -> str:
    match = _TAG.match(accept_language.strip())
    if not match:
        return ""
    language, region = match.groups()
    return f"{language.lower()}-{region.upper()}" if region else language.lower()
