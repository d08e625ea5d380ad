import pytest
from fastapi import Request

from footfall.api.native.rate import KeyRate
from footfall.errors import TooManyRequests


def test_it_counts_each_key_by_itself() -> None:
    rate = KeyRate(per_minute=3)

    rest = [rate.spend("alice").remaining for _ in range(5)]

    assert rest == [2, 1, 0, -1, -1]
    assert rate.spend("bob").remaining == 2


def request_with(key: str) -> Request:
    return Request({"type": "http", "headers": [(b"authorization", f"Bearer {key}".encode())] if key else []})


def test_it_says_when_to_try_again() -> None:
    rate, request = KeyRate(per_minute=1), request_with("alice")
    rate.count(request)

    with pytest.raises(TooManyRequests) as refusal:
        rate.count(request)

    told = request.state.allowance.headers()
    assert 0 < refusal.value.retry_after_seconds <= 60
    assert told["ratelimit-reset"] == str(refusal.value.retry_after_seconds)
    assert told["ratelimit-remaining"] == "0"


def test_it_counts_nobody_without_a_key() -> None:
    rate = KeyRate(per_minute=1)

    for _ in range(3):
        rate.count(request_with(""))
