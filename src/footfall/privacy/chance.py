"""Telling a find from chance.

An IPv4 address packed is four bytes, and any four bytes stand somewhere in a few hundred megabytes. So nine addresses
that nobody sent are looked for beside each: what chance and structure bring, they bring to those as well. How many
different ones are found is compared, not how often: a number that happens to hold one may stand in a thousand rows.
"""

import math
import random
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ipaddress import IPv4Address
from typing import NamedTuple

from footfall.privacy.needles import SHORTEST_BYTES, Needle, Spelling, of_number, parsed_address, spellings
from footfall.privacy.search import Pattern

_TELLING_BYTES = 6
_DECOYS = 9
_STANDARD_DEVIATIONS = 5  # with no decoy found, six of the real: one in a million by chance


class Sought(NamedTuple):
    """Under what a pattern is counted; chance writes a short one, too."""

    label: str
    encoding: str
    is_short: bool = False
    is_decoy: bool = False
    number: int = 0  # of a short one: the address


def patterns_of(needles: Sequence[Needle]) -> list[Pattern]:
    """Every spelling of every needle, and of the decoys that its short spellings need."""
    real = {needle.text for needle in needles}
    return [pattern for needle in needles for pattern in _patterns(needle, real)]


def beyond_chance(found: Counter[Sought]) -> list[tuple[Sought, int]]:
    """What was found that chance does not explain, most often first."""
    telling = {sought for short in _by_encoding(found) if _tell(short) for sought in short if not sought.is_decoy}
    totals: Counter[Sought] = Counter()
    for sought, count in found.items():
        if not sought.is_short or sought in telling:
            totals[sought._replace(number=0)] += count
    return totals.most_common()


def _by_encoding(found: Iterable[Sought]) -> list[list[Sought]]:
    groups: dict[str, list[Sought]] = {}
    for sought in found:
        if sought.is_short:
            groups.setdefault(sought.encoding, []).append(sought)
    return list(groups.values())


def _tell(short: Sequence[Sought]) -> bool:
    """Whether there are more of the real ones than chance brings of the decoys."""
    real = sum(not sought.is_decoy for sought in short)
    by_chance = (len(short) - real) / _DECOYS
    return real > by_chance + _STANDARD_DEVIATIONS * (math.sqrt(by_chance) + 1)


def _patterns(needle: Needle, real: set[str]) -> Iterator[Pattern]:
    address = parsed_address(needle.text)
    for spelling in spellings(needle.text):
        is_short = isinstance(address, IPv4Address) and len(spelling.pattern) < _TELLING_BYTES
        number = int(address) if is_short and address else 0
        yield _pattern(Sought(needle.label, spelling.encoding, is_short, number=number), spelling)
    if isinstance(address, IPv4Address):
        for decoy in _decoys(address, real):
            yield from _short_patterns(needle.label, decoy)


def _short_patterns(label: str, decoy: IPv4Address) -> Iterator[Pattern]:
    for spelling in of_number(decoy):
        if SHORTEST_BYTES <= len(spelling.pattern) < _TELLING_BYTES:
            sought = Sought(label, spelling.encoding, is_short=True, is_decoy=True, number=int(decoy))
            yield _pattern(sought, spelling)


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
