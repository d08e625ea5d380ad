from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.api.native.asked import Asked
from footfall.api.native.parameters import FORMATS, MAX_LIMIT, PARAMETERS, read_asked, read_format
from footfall.api.native.reports import REPORTS
from footfall.errors import InvalidInput

PAGES = REPORTS["pages"]
WRONG = {
    "limit": "0",
    "page": "-1",
    "compare": "next",
    "metrics": "visitors,nonsense",
    "sort": "-nonsense",
    "filter": "page:/",
    "from": "2026-01-01",
}


def test_it_needs_no_parameters() -> None:
    assert read_asked([], PAGES) == Asked()


def test_it_reads_each_of_them() -> None:
    given = [("period", "today"), ("metrics", "visitors,visits"), ("sort", "page"), ("limit", "5"), ("page", "3")]

    asked = read_asked([*given, ("compare", "previous")], PAGES)

    assert asked == Asked("day", (), ("visitors", "visits"), "page", 5, 3, has_comparison=True)
    assert asked.offset == 10


def test_it_reads_two_days_in_place_of_a_period() -> None:
    assert read_asked([("from", "2026-01-01"), ("to", "2026-01-31")], PAGES).date_range == ["2026-01-01", "2026-01-31"]


def test_it_adds_filters_up_and_takes_values_as_alternatives() -> None:
    texts = ("country:is:EE", "country:is:LV", "page:contains:/a:b", "property.plan:is_not:pro", "event:is:Signup")

    filters = read_asked([("filter", text) for text in texts], PAGES).filters

    assert filters == (
        ["is", "visit:country", ["EE", "LV"]],
        ["contains", "event:page", ["/a:b"]],
        ["is_not", "event:props:plan", ["pro"]],
        ["is", "event:name", ["Signup"]],
    )


@pytest.mark.parametrize("name", WRONG)
def test_it_names_the_parameter_that_is_wrong(name: str) -> None:
    with pytest.raises(InvalidInput) as refusal:
        read_asked([(name, WRONG[name])], PAGES)

    assert refusal.value.field == name


def test_it_refuses_what_a_report_does_not_take() -> None:
    with pytest.raises(InvalidInput, match="This report takes"):
        read_asked([("sort", "visitors")], REPORTS["goals"])


def test_it_takes_each_parameter_once() -> None:
    with pytest.raises(InvalidInput, match="once"):
        read_asked([("limit", "1"), ("limit", "2")], PAGES)


@given(st.lists(st.tuples(st.sampled_from(list(PARAMETERS)), st.text(max_size=20)), max_size=4))
def test_it_reads_or_refuses_whatever_is_sent(items: list[tuple[str, str]]) -> None:
    with suppress(InvalidInput):
        asked, wanted = read_asked(items, PAGES), read_format(items)

        assert 1 <= asked.limit <= MAX_LIMIT
        assert wanted in FORMATS


def test_it_describes_every_parameter_of_every_report() -> None:
    assert {name for report in REPORTS.values() for name in report.takes} == set(PARAMETERS)
