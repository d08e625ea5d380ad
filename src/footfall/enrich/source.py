"""Knows the names of sources: which host, app or tag belongs to which search engine, network or shop."""

from collections.abc import Iterator
from enum import StrEnum
from functools import cache, lru_cache

import msgspec

from footfall.enrich.host import clean_hostname, host_suffixes
from footfall.enrich.tables import load_table


class Category(StrEnum):
    """What kind of source a known source is; each has its table."""

    SEARCH = "search"
    SOCIAL = "social"
    VIDEO = "video"
    SHOPPING = "shopping"
    AI = "ai"
    EMAIL = "email"


class KnownSource(msgspec.Struct, frozen=True):
    """A source people know by a name."""

    name: str
    category: Category


_SECOND_LEVELS = frozenset({"co", "com", "org", "net", "or", "ne", "gov", "ac", "edu"})
_ENDING_LENGTH = 6
"""Longest ending under which a family such as google.* is believed to be itself."""


@lru_cache(maxsize=8192)
def find_source(host: str) -> KnownSource | None:
    """Who stands behind ``host`` (a host in lower case or the name of an Android app), if known.

    The longest pattern wins: mail.google.com is Gmail though google.* is Google.
    """
    exact, families = _patterns()
    for suffix in host_suffixes(host):
        known = exact.get(suffix) or families.get(_family(suffix))
        if known:
            return known
    return None


@lru_cache(maxsize=8192)
def find_tagged_source(tag: str) -> KnownSource | None:
    """Who is meant by an ``utm_source`` such as google, fb, Google or chatgpt.com, if known.

    Our own names count as written only: many of them are plain words (``shop``, ``target``) in lower case.
    """
    text = tag.strip()
    known = _names().get(text) or _tags().get(text.lower())
    return known or (find_source(clean_hostname(text)) if "." in text else None)


def source_names(category: Category) -> tuple[str, ...]:
    """The names of all known sources of a kind, in the order of the alphabet."""
    return tuple(sorted(name for name, known in _names().items() if known.category is category))


def _family(host: str) -> str:
    """``google.co.uk`` → ``google``; empty when what follows the name is no country's ending."""
    head, _, ending = host.rpartition(".")
    name, _, second_level = head.rpartition(".")
    if second_level in _SECOND_LEVELS and len(ending) == len("uk"):
        return name
    return head if ending.isalpha() and len(ending) <= _ENDING_LENGTH else ""


@cache
def _patterns() -> tuple[dict[str, KnownSource], dict[str, KnownSource]]:
    exact: dict[str, KnownSource] = {}
    families: dict[str, KnownSource] = {}
    for pattern, known in _rows():
        if pattern.endswith(".*"):
            families[pattern.removesuffix(".*")] = known
        elif "." in pattern:
            exact[pattern] = known
    return exact, families


@cache
def _names() -> dict[str, KnownSource]:
    return {known.name: known for _, known in _rows()}


@cache
def _tags() -> dict[str, KnownSource]:
    return {pattern: known for pattern, known in _rows() if "." not in pattern}


def _rows() -> Iterator[tuple[str, KnownSource]]:
    for category in Category:
        for name, patterns in load_table(category).items():
            known = KnownSource(name, category)
            yield from ((pattern.lower(), known) for pattern in patterns)
