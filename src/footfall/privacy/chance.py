"""Telling a find from chance.

An IPv4 address packed is four bytes, and any four bytes stand somewhere in a few hundred megabytes. So nine addresses
that nobody sent are looked for beside each: what chance and structure bring, they bring to those as well.
"""

import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from ipaddress import IPv4Address
from typing import NamedTuple

from footfall.privacy.needles import SHORTEST_BYTES, Needle, Spelling, of_number, parsed_address, spellings
from footfall.privacy.search import Pattern

_TELLING_BYTES = 6
_DECOYS = 9
_STANDARD_DEVIATIONS = 5  # with none of a decoy found, six of the real: one in a million by chance


class Sought(NamedTuple):
    """Under what a pattern is counted; chance writes a short one, too."""

    label: str
    encoding: str
    is_short: bool = False
    is_decoy: bool = False


def patterns_of(needles: Sequence[Needle]) -> list[Pattern]:
    """Every spelling of every needle, and of the decoys that its short spellings need."""
    real = {needle.text for needle in needles}
    return [pattern for needle in needles for pattern in _patterns(needle, real)]


def beyond_chance(found: Counter[Sought]) -> list[tuple[Sought, int]]:
    """What was found more often than chance explains, most often first."""
    return [(sought, count) for sought, count in found.most_common() if not sought.is_decoy and _tells(sought, found)]


def _tells(sought: Sought, found: Counter[Sought]) -> bool:
    if not sought.is_short:
        return True
    by_chance = found[sought._replace(is_decoy=True)] / _DECOYS
    return found[sought] > by_chance + _STANDARD_DEVIATIONS * (math.sqrt(by_chance) + 1)


def _patterns(needle: Needle, real: set[str]) -> Iterator[Pattern]:
    address = parsed_address(needle.text)
    for spelling in spellings(needle.text):
        is_short = isinstance(address, IPv4Address) and len(spelling.pattern) < _TELLING_BYTES
        yield _pattern(Sought(needle.label, spelling.encoding, is_short), spelling)
    if isinstance(address, IPv4Address):
        for decoy in _decoys(address, real):
            yield from _short_patterns(needle.label, decoy)


def _short_patterns(label: str, decoy: IPv4Address) -> Iterator[Pattern]:
    for spelling in of_number(decoy):
        if SHORTEST_BYTES <= len(spelling.pattern) < _TELLING_BYTES:
            yield _pattern(Sought(label, spelling.encoding, is_short=True, is_decoy=True), spelling)


def _pattern(sought: Sought, spelling: Spelling) -> Pattern:
    return Pattern(sought, spelling.pattern, spelling.is_folded)


def _decoys(address: IPv4Address, real: set[str]) -> Iterator[IPv4Address]:
    """Addresses of the same network, so of the same likeness; the same ones each time."""
    chance = random.Random(int(address))  # noqa: S311 - nothing secret
    network, chosen = int(address) & 0xFFFF_0000, set[int]()
    while len(chosen) < _DECOYS:
        decoy = network | chance.getrandbits(16)
        if decoy not in chosen and str(IPv4Address(decoy)) not in real:
            chosen.add(decoy)
            yield IPv4Address(decoy)
