"""What may be said of a visitor: plain values, few and short."""

import math
from collections.abc import Mapping

from footfall.errors import InvalidInput

MAX_TRAITS = 50
MAX_TRAIT_KEY_CHARS = 100
MAX_TRAIT_BYTES = 2_000

Trait = str | int | float | bool


def checked_traits(given: Mapping[str, object]) -> dict[str, Trait]:
    """The traits as they are kept, ``None`` taken out; raises InvalidInput for what is no plain value, or too much."""
    traits = {key: _checked(key, value) for key, value in given.items() if value is not None}
    if len(traits) > MAX_TRAITS:
        raise InvalidInput(f"A visitor has at most {MAX_TRAITS} traits.", field="traits")
    return traits


def _checked(key: str, value: object) -> Trait:
    if not 0 < len(key) <= MAX_TRAIT_KEY_CHARS or not _is_unicode(key):
        raise InvalidInput(f"A trait's name has 1 to {MAX_TRAIT_KEY_CHARS} characters.", field="traits")
    field = f"traits.{key[:60]}"
    if isinstance(value, str):
        if not _is_unicode(value) or len(value.encode()) > MAX_TRAIT_BYTES:
            raise InvalidInput(f"A trait's text has at most {MAX_TRAIT_BYTES} bytes of valid Unicode.", field=field)
        return value
    if not isinstance(value, int | float) or not math.isfinite(value) or abs(value) > 2**63:
        raise InvalidInput("A trait is text, a number, true or false.", field=field)
    return value


def _is_unicode(text: str) -> bool:
    return not any("\ud800" <= char <= "\udfff" for char in text)
