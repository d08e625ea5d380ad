from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.periods import PERIOD_GROUPS, PERIODS
from footfall.reports.view import Filter, View

ESTONIA, LATVIA = Filter("country", "EE"), Filter("country", "LV")


def test_it_joins_values_of_one_dimension_and_adds_dimensions_up() -> None:
    view = View(filters=(ESTONIA, Filter("page", "/a", is_negated=True), LATVIA))

    assert view.query_filters() == [["is", "visit:country", ["EE", "LV"]], ["is_not", "event:page", ["/a"]]]


@given(st.sampled_from(sorted(DIMENSIONS)), st.text(min_size=1), st.booleans())
def test_it_is_back_where_it_was_after_two_clicks(dimension: str, value: str, is_negated: bool) -> None:
    one = Filter(dimension, value, is_negated)

    assert View().toggled(one).toggled(one) == View()
    assert View(filters=(one,)).flipped(one).flipped(one._replace(is_negated=not is_negated)).filters == (one,)


def test_it_names_the_days_of_a_custom_period() -> None:
    view = View(period="custom", first=date(2026, 3, 1), last=date(2026, 3, 9))

    assert view.date_range == ["2026-03-01", "2026-03-09"]


@pytest.mark.parametrize("key", PERIODS)
def test_it_offers_every_period_once_with_a_key_of_its_own(key: str) -> None:
    assert sum(key in group for group in PERIOD_GROUPS) == 1
    assert [period.shortcut for period in PERIODS.values()].count(PERIODS[key].shortcut) == 1
