from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.errors import InvalidInput
from footfall.query.dimensions import DIMENSIONS
from footfall.query.parse import parse
from footfall.query.question import Comparison, Junction, Negation, filter_as_json

VISITORS = {"metrics": ["visitors"], "date_range": "7d"}


def refusal(**changes: Any) -> str:
    with pytest.raises(InvalidInput) as refused:
        parse({**VISITORS, **changes})
    return refused.value.message


def test_it_reads_a_whole_question() -> None:
    question = parse(
        {
            "metrics": ["visitors", "bounce_rate"],
            "date_range": ["2024-01-01", "2024-01-31"],
            "dimensions": ["visit:source", "time:day"],
            "filters": [["is", "visit:country", ["EE"]], ["not", ["or", [["contains", "event:page", ["/a"]]]]]],
            "order_by": [["bounce_rate", "asc"]],
            "include": {"total_rows": True},
            "pagination": {"limit": 10, "offset": 20},
        }
    )

    assert [metric.name for metric in question.metrics] == ["visitors", "bounce_rate"]
    assert question.date_range == ("2024-01-01", "2024-01-31")
    assert question.dimensions == (DIMENSIONS["visit:source"], DIMENSIONS["time:day"])
    assert isinstance(question.filters[0], Comparison)
    assert isinstance(question.filters[1], Negation)
    assert isinstance(question.filters[1].filter, Junction)
    assert (question.limit, question.offset) == (10, 20)
    assert question.include.total_rows


def test_it_reads_values_that_are_numbers_as_text() -> None:
    [one] = parse({**VISITORS, "filters": [["is", "visit:city", [2950159]]]}).filters

    assert filter_as_json(one) == ["is", "visit:city", ["2950159"]]


def test_it_keeps_filters_as_they_can_be_sent_again() -> None:
    sent = [
        [
            "and",
            [["is_not", "event:props:plan", ["pro"], {"case_sensitive": False}], ["matches", "event:page", ["^/a"]]],
        ],
        ["not", ["contains_not", "visit:source", ["x", "y"]]],
    ]

    assert [filter_as_json(one) for one in parse({**VISITORS, "filters": sent}).filters] == sent


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"metrics": ["visitors", "baa"]}, '#/metrics/1: Invalid metric "baa"'),
        ({"metrics": []}, "#/metrics: Expected a minimum of 1 items but got 0."),
        ({"metrics": "visitors"}, "#/metrics: Type mismatch. Expected Array but got String."),
        ({"metrics": ["visitors", "visitors"]}, "#/metrics: Expected items to be unique but they were not."),
        ({"metrics": [{}]}, "#/metrics/0: Invalid metric {}"),
        ({"date_range": 7}, "#/date_range: Invalid date range 7"),
        ({"dimensions": ["badproperty"]}, '#/dimensions/0: Invalid dimension "badproperty"'),
        ({"dimensions": ["event:props:"]}, '#/dimensions/0: Invalid dimension "event:props:"'),
        ({"filters": [["is", "visit:nope", ["a"]]]}, '#/filters/0: Invalid filter ["is", "visit:nope", ["a"]]'),
        ({"filters": [["is", "event:page", []]]}, '#/filters/0: Invalid filter ["is", "event:page", []]'),
        ({"filters": [["is", "time:day", ["a"]]]}, '#/filters/0: Invalid filter ["is", "time:day", ["a"]]'),
        ({"filters": [["and", []]]}, '#/filters/0: Invalid filter ["and", []]'),
        ({"filters": ["x"]}, '#/filters/0: Invalid filter "x"'),
        ({"filters": [["is", "event:page", [None]]]}, '#/filters/0: Invalid filter ["is", "event:page", [null]]'),
        ({"order_by": [["visitors", "up"]]}, '#/order_by/0: Invalid order_by entry ["visitors", "up"]'),
        ({"pagination": {"limit": 10_001}}, "#/pagination/limit: Expected the value to be <= 10000"),
        ({"pagination": {"limit": True}}, "#/pagination/limit: Type mismatch. Expected Integer but got Boolean."),
        ({"pagination": {"offset": -1}}, "#/pagination/offset: Expected the value to be >= 0"),
        ({"pagination": {"page": 1}}, "#/pagination/page: Schema does not allow additional properties."),
        ({"include": {"magic": True}}, "#/include/magic: Schema does not allow additional properties."),
        ({"filters": [["is", "event:page", ["\ud800"]]]}, "#: Text must be valid Unicode."),
        ({"nonsense": 1}, "#/nonsense: Schema does not allow additional properties."),
    ],
)
def test_it_points_at_what_is_wrong(changes: dict[str, Any], message: str) -> None:
    assert refusal(**changes) == message


def test_it_names_what_is_missing() -> None:
    with pytest.raises(InvalidInput, match=r"#: Required properties metrics, date_range were not present\."):
        parse({})
    with pytest.raises(InvalidInput, match=r"#: Required property date_range was not present\."):
        parse({"metrics": ["visitors"]})


@pytest.mark.parametrize(
    "changes",
    [
        {"metrics": ["conversion_rate"]},
        {"metrics": ["total_revenue"]},
        {"dimensions": ["event:goal"]},
        {"filters": [["is", "event:goal", ["Signup"]]]},
        {"filters": [["is", "segment", [1]]]},
        {"filters": [["has_done", ["is", "event:page", ["/"]]]]},
        {"include": {"comparisons": {"mode": "previous_period"}}},
    ],
)
def test_it_says_what_is_not_there_yet(changes: dict[str, Any]) -> None:
    assert refusal(**changes).endswith("not there yet.")


def test_it_bounds_filters() -> None:
    deep: list[Any] = ["is", "event:page", ["/"]]
    for _ in range(10):
        deep = ["not", deep]

    assert "nested" in refusal(filters=[deep])
    assert "comparisons" in refusal(filters=[["is", "event:page", ["/"]]] * 51)
    assert "values at most" in refusal(filters=[["matches", "event:page", ["a"] * 21]])
    assert "characters" in refusal(filters=[["is", "event:page", ["a" * 2_001]]])


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.sampled_from(["is", "and", "event:page"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(
    key=st.sampled_from(["metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination"]),
    value=json_values,
)
def test_it_understands_or_refuses_any_json(key: str, value: Any) -> None:
    with suppress(InvalidInput):
        assert parse({**VISITORS, key: value}).metrics
