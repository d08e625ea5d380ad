"""Bounds on trying."""

import pytest
from tests.people import ManualClock

from footfall.accounts import Attempts
from footfall.errors import TooManyRequests


def test_it_refuses_after_the_limit_until_the_window_is_over() -> None:
    clock = ManualClock()
    attempts = Attempts(clock, limit=2, window_seconds=600)
    attempts.spend("alice")
    attempts.spend("alice")

    with pytest.raises(TooManyRequests, match="10 minutes"):
        attempts.spend("alice")
    attempts.spend("bob")
    clock.move(seconds=600)
    attempts.spend("alice")


def test_it_forgives_who_got_in() -> None:
    attempts = Attempts(ManualClock(), limit=1, window_seconds=600)
    attempts.spend("alice")

    attempts.forgive("alice")

    attempts.spend("alice")


def test_it_takes_back_one_try_and_no_more() -> None:
    attempts = Attempts(ManualClock(), limit=2, window_seconds=600)
    attempts.spend("office")
    attempts.spend("office")

    attempts.refund("office")

    attempts.spend("office")
    with pytest.raises(TooManyRequests):
        attempts.spend("office")


def test_it_keeps_a_bounded_number_of_names() -> None:
    attempts = Attempts(ManualClock(), limit=1, window_seconds=600, capacity=2)
    for name in ("alice", "bob", "charlie"):
        attempts.spend(name)

    attempts.spend("alice")  # the oldest was forgotten
    with pytest.raises(TooManyRequests):
        attempts.spend("charlie")
