import pytest

from footfall.api.native.rate import KeyRate, refuse_past
from footfall.errors import TooManyRequests


def test_it_counts_each_key_by_itself() -> None:
    rate = KeyRate(per_minute=3)

    rest = [rate.spend("alice").remaining for _ in range(5)]

    assert rest == [2, 1, 0, -1, -1]
    assert rate.spend("bob").remaining == 2


def test_it_says_when_to_try_again() -> None:
    rate = KeyRate(per_minute=1)
    rate.spend("alice")
    allowance = rate.spend("alice")

    with pytest.raises(TooManyRequests) as refusal:
        refuse_past(allowance)

    assert 0 < refusal.value.retry_after_seconds <= 60
    assert allowance.headers()["ratelimit-reset"] == str(refusal.value.retry_after_seconds)
