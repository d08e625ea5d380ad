"""Draws by weight, quick enough for a million of them."""

from bisect import bisect
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")


class Weighted(Generic[T]):
    """Values and their weights."""

    def __init__(self, pairs: Iterable[tuple[T, float]]) -> None:
        self._values, weights = zip(*pairs, strict=True)
        self._sums = list(accumulate(weights))

    def draw(self, random: Random) -> T:
        """One value, as often as its weight says."""
        value: T = self._values[bisect(self._sums, random.random() * self._sums[-1])]
        return value
