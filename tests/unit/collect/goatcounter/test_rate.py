"""Four requests a second for each key."""

import pytest

from footfall.collect.goatcounter.rate import LIMIT, RequestRate
from footfall.errors import TooManyRequests


class Clock:
    now_ms = 1_000

    def __call__(self) -> int:
        return self.now_ms


def test_it_refuses_the_fifth_request_of_a_second() -> None:
    rate = RequestRate(Clock())

    assert [rate.spend("key").remaining for _ in range(LIMIT)] == [3, 2, 1, 0]
    with pytest.raises(TooManyRequests):
        rate.spend("key")
    assert rate.spend("another key").remaining == 3


def test_it_begins_anew_with_the_next_second() -> None:
    clock = Clock()
    rate = RequestRate(clock)
    for _ in range(LIMIT):
        rate.spend("key")

    clock.now_ms += 1_000

    assert rate.spend("key").remaining == 3
