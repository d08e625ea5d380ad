"""Counts in at most five characters, such as 27.7k, for screens and badges."""

_STEPS = ((1_000_000_000, "B"), (1_000_000, "M"), (1_000, "k"))


def short_count(value: float) -> str:
    """The count in the largest unit it fills."""
    for size, letter in _STEPS:
        # 999,950 would round to 1000.0k: it belongs to the next step.
        if abs(value) >= size * 0.99995:
            return _trimmed(value / size) + letter
    return f"{value:,.0f}"


def _trimmed(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 99.95 else f"{value:.1f}"
