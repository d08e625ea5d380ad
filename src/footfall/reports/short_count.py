"""Counts in few characters, such as 27.7k, for screens and badges."""

from footfall.texts import Phrase, Words

_COMPACT = {"": "{number}", "k": Phrase("{number}k"), "M": Phrase("{number}M"), "B": Phrase("{number}B")}
_STEPS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))


def short_count(value: float, words: Words) -> str:
    """The count in the largest unit it fills, as somebody with these words writes it."""
    number, digits, letter = _in_largest_unit(value)
    pattern = _COMPACT[letter]
    said = words.one(pattern.message) if isinstance(pattern, Phrase) else pattern
    return said.format(number=words.numbers.plain(number, digits))


def _in_largest_unit(value: float) -> tuple[float, int, str]:
    """The count in the largest unit it fills, its digits after the decimal sign, and the letter of the unit."""
    for size, letter in _STEPS:
        # 999,950 would round to 1000.0k: it belongs to the next step.
        if abs(value) >= size * 0.99995:
            return value / size, 0 if abs(value) >= size * 99.95 else 1, letter
    return value, 0, ""
