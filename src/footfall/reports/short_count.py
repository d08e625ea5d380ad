"""Counts in at most five characters, such as 27.7k, for screens and badges."""

_STEPS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))


def short_count(value: float) -> str:
    """The count in the largest unit it fills, in English."""
    number, digits, letter = in_largest_unit(value)
    return f"{number:.{digits}f}{letter}"


def in_largest_unit(value: float) -> tuple[float, int, str]:
    """The count in the largest unit it fills, its digits after the decimal sign, and the letter of the unit."""
    for size, letter in _STEPS:
        # 999,950 would round to 1000.0k: it belongs to the next step.
        if abs(value) >= size * 0.99995:
            return value / size, 0 if abs(value) >= size * 99.95 else 1, letter
    return value, 0, ""
