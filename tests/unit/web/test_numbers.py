import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.figures import Unit
from footfall.web.numbers import digits_of, exact, short, signed, with_small_units


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (999, "999"),
        (1_000, "1.0k"),
        (27_742, "27.7k"),
        (99_949, "99.9k"),
        (99_950, "100k"),
        (999_499, "999k"),
        (999_950, "1.0M"),
        (1_250_000, "1.2M"),
        (3_000_000_000, "3.0B"),
    ],
)
def test_it_shortens_counts(value: int, text: str) -> None:
    assert short(value) == text


@given(st.integers(min_value=0, max_value=10**12))
def test_it_keeps_short_counts_short(value: int) -> None:
    assert len(short(value)) <= 5


@given(st.integers(min_value=0, max_value=10**12), st.integers(min_value=0, max_value=10**12))
def test_it_never_shortens_a_larger_count_to_a_smaller_one(one: int, other: int) -> None:
    assert (_read(short(one)) <= _read(short(other))) or one > other


def _read(text: str) -> float:
    sizes = {"k": 1e3, "M": 1e6, "B": 1e9}
    return float(text[:-1]) * sizes[text[-1]] if text[-1] in sizes else float(text)


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0s"), (59, "59s"), (60, "1m 00s"), (125, "2m 05s"), (3_599.6, "1h 00m"), (7_260, "2h 01m")],
)
def test_it_tells_durations_as_people_do(seconds: float, text: str) -> None:
    assert short(seconds, Unit.SECONDS) == text


def test_it_gives_exact_counts_every_digit() -> None:
    assert exact(27_742) == "27,742"


def test_it_marks_what_is_not_known() -> None:
    assert short(None) == exact(None, Unit.PERCENT) == signed(None, Unit.COUNT) == "–"


@pytest.mark.parametrize(
    ("change", "unit", "text"),
    [(12, Unit.COUNT, "+12%"), (-3, Unit.COUNT, "−3%"), (0, Unit.COUNT, "0%"), (-2, Unit.PERCENT, "−2 pts")],
)
def test_it_signs_changes(change: float, unit: Unit, text: str) -> None:
    assert signed(change, unit) == text


def test_it_gives_the_shares_of_a_column_the_same_digits() -> None:
    column = [39.98, 2.5, 0, None]

    assert [short(value, Unit.PERCENT, digits_of(column)) for value in column] == ["39.98%", "2.50%", "0.00%", "–"]
    assert [exact(value, Unit.PERCENT, digits_of([40, 3])) for value in (40, 3)] == ["40%", "3%"]
    assert digits_of([]) == digits_of([None]) == 0


def test_it_never_drops_a_digit_of_a_share() -> None:
    assert short(39.98, Unit.PERCENT) == "39.98%"


def test_it_sets_units_apart() -> None:
    assert with_small_units("2m 05s") == "2<small>m</small> 05<small>s</small>"


def test_it_escapes_what_stands_beside_units() -> None:
    assert "<b>" not in with_small_units("<b>5%")
