from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.filter_operators import OPERATORS
from footfall.reports.periods import PERIOD_GROUPS, PERIODS
from footfall.reports.view import Filter, View

ESTONIA, LATVIA = Filter("country", "EE"), Filter("country", "LV")


def test_it_joins_values_of_one_dimension_and_adds_dimensions_up() -> None:
    view = View(filters=(ESTONIA, Filter("page", "/a", "is_not"), LATVIA))

    assert view.query_filters() == [["is", "visit:country", ["EE", "LV"]], ["is_not", "event:page", ["/a"]]]


@given(st.sampled_from(sorted(DIMENSIONS)), st.text(min_size=1), st.sampled_from(sorted(OPERATORS)))
def test_it_is_back_where_it_was_after_two_clicks(dimension: str, value: str, operator: str) -> None:
    one = Filter(dimension, value, operator)
    view = View(filters=(one,))
    flipped = view.flipped(view.groups[0])

    assert View().toggled(one).toggled(one) == View()
    assert flipped.flipped(flipped.groups[0]).filters == (one,)
    assert flipped.without(flipped.groups[0]) == View()


def test_it_adds_segments_up() -> None:
    view = View(filters=(Filter("segment", "1"), Filter("segment", "2")))

    assert view.query_filters() == [["is", "segment", [1]], ["is", "segment", [2]]]


def test_it_looks_for_pages_inside_segments() -> None:
    view = View(filters=(Filter("segment", "1"),))

    assert view.names("event:page", {1: [["or", [["is", "event:page", ["/"]]]]]})
    assert not view.names("event:page", {1: [["is", "visit:country", ["event:page"]]]})


def test_it_says_where_case_does_not_matter() -> None:
    view = View(filters=(Filter("page", "/a", "contains", is_case_sensitive=False),))

    assert view.query_filters() == [["contains", "event:page", ["/a"], {"case_sensitive": False}]]


def test_it_names_the_days_of_a_custom_period() -> None:
    view = View(period="custom", first=date(2026, 3, 1), last=date(2026, 3, 9))

    assert view.date_range == ["2026-03-01", "2026-03-09"]


@pytest.mark.parametrize("key", PERIODS)
def test_it_offers_every_period_once_with_a_key_of_its_own(key: str) -> None:
    assert sum(key in group for group in PERIOD_GROUPS) == 1
    assert [period.shortcut for period in PERIODS.values()].count(PERIODS[key].shortcut) == 1
