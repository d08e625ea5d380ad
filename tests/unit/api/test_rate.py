import pytest
from fastapi import Request

from footfall.api.rate import KeyRate
from footfall.errors import TooManyRequests


def test_it_counts_each_key_by_itself() -> None:
    rate = KeyRate.by_the_minute(3)

    rest = [rate.spend("alice").remaining for _ in range(5)]

    assert rest == [2, 1, 0, -1, -1]
    assert rate.spend("bob").remaining == 2


def request_with(key: str) -> Request:
    return Request({"type": "http", "headers": [(b"authorization", f"Bearer {key}".encode())] if key else []})


def test_it_says_when_to_try_again() -> None:
    rate, request = KeyRate.by_the_minute(1), request_with("alice")
    rate.count(request_with("alice"))

    with pytest.raises(TooManyRequests) as refusal:
        rate.count(request)

    told = request.state.allowance.headers()
    assert 0 < refusal.value.retry_after_seconds <= 60
    assert told["ratelimit-reset"] == str(refusal.value.retry_after_seconds)
    assert told["ratelimit-remaining"] == "0"


def test_it_counts_nobody_without_a_key() -> None:
    rate = KeyRate.by_the_minute(1)

    for _ in range(3):
        rate.count(request_with(""))


def test_it_tells_a_bound_by_the_hour_as_plausibles_clients_know_it() -> None:
    rate = KeyRate.by_the_hour(600)
    for _ in range(600):
        rate.count(request_with("alice"))

    with pytest.raises(TooManyRequests) as refusal:
        rate.count(request_with("alice"))

    assert refusal.value.message == (
        "Too many API requests. Your API key is limited to 600 requests per hour."
        " Please contact us to request more capacity."
    )
    assert 0 < refusal.value.retry_after_seconds <= 3600


def test_it_has_no_bound_by_the_hour_where_that_is_zero() -> None:
    rate, request = KeyRate.by_the_hour(0), request_with("alice")

    rate.count(request)

    assert not hasattr(request.state, "allowance")


def test_it_counts_a_request_once() -> None:
    rate, request = KeyRate.by_the_minute(1), request_with("alice")

    rate.count(request)
    rate.count(request)
