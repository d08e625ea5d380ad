"""Turns patterns into texts: `{d4}` is four digits, `{given}` a word of the list of that name, and so on.

Chance comes from one seeded generator, so the corpus is the same on every machine.
"""

import random
import re
import string
from collections.abc import Callable, Mapping, Sequence
from functools import partial

from tests.unit.enrich.personal.numbers import CARD_RANGES, card_number, ean, iban, isbn_10

ALPHABETS: Mapping[str, str] = {
    "d": string.digits,
    "n": "123456789",
    "m": "23456789",  # what may begin an American area code
    "h": "0123456789abcdef",
    "H": "0123456789ABCDEF",
    "l": string.ascii_lowercase,
    "L": string.ascii_uppercase,
    "a": string.ascii_lowercase + string.digits,
    "A": string.ascii_uppercase + string.digits,
    "b": string.ascii_letters + string.digits,
    "u": string.ascii_letters + string.digits + "-_",
    "s": string.ascii_letters + string.digits + "+/",
    "c": "0123456789ABCDEFGHJKMNPQRSTVWXYZ",  # Crockford's base 32
}

Words = Mapping[str, Sequence[str]]

_SLOT = re.compile(r"\{([^{}]+)\}")
_RANDOM = re.compile(r"([a-zA-Z])(\d+)")
_RANGE = re.compile(r"(\d+)\.\.(\d+)")
_MADE: Mapping[str, Callable[[random.Random], str]] = {
    "ean": ean,
    "isbn10": isbn_10,
    "iban": iban,
    **{f"card {name}": partial(card_number, name) for name in CARD_RANGES},
}


def written(rng: random.Random, pattern: str, words: Words) -> str:
    """The pattern with each slot filled in."""
    return _SLOT.sub(lambda slot: _fill(rng, slot[1], words), pattern)


def _fill(rng: random.Random, slot: str, words: Words) -> str:
    if slot in words:
        return written(rng, rng.choice(words[slot]), words)
    if slot in _MADE:
        return _MADE[slot](rng)
    if bounds := _RANGE.fullmatch(slot):
        return str(rng.randint(int(bounds[1]), int(bounds[2]))).zfill(len(bounds[1]))
    found = _RANDOM.fullmatch(slot)
    assert found, f"no slot is called {slot}"
    return "".join(rng.choices(ALPHABETS[found[1]], k=int(found[2])))
