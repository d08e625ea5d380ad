from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.domain import Goal, GoalKind
from footfall.errors import InvalidInput
from footfall.query.dimensions import DIMENSIONS
from footfall.query.parse import parse
from footfall.query.question import ComparedWith, Comparison, Junction, Negation, filter_as_json
from footfall.query.vocabulary import Vocabulary

VISITORS = {"metrics": ["visitors"], "date_range": "7d"}
ANY_CASE = {"case_sensitive": False}


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


SIGNUP = Goal(1, 1, GoalKind.EVENT, "Signup", "Signed up")
THANKS = Goal(2, 1, GoalKind.PAGE, "/thanks*", "Visit /thanks*")
SEGMENTS: dict[int, list[Any]] = {
    1: [["is", "visit:country", ["EE"]], ["is", "event:goal", ["Signed up"]]],
    2: [["contains", "event:page", ["/a"]]],
}
NAMED = Vocabulary((SIGNUP, THANKS), SEGMENTS)


def test_it_finds_the_goals_a_filter_names() -> None:
    [exact] = parse({**VISITORS, "filters": [["is", "event:goal", ["Signed up"]]]}, NAMED).filters
    [folded] = parse({**VISITORS, "filters": [["contains", "event:goal", ["VISIT"], ANY_CASE]]}, NAMED).filters

    assert isinstance(exact, Comparison)
    assert exact.goals == (SIGNUP,)
    assert isinstance(folded, Comparison)
    assert folded.goals == (THANKS,)


def test_it_has_rows_for_the_goals_that_all_filters_let_through() -> None:
    filters = [["is", "event:goal", ["Signed up", "Visit /thanks*"]], ["contains", "event:goal", ["thanks"]]]

    assert parse({**VISITORS, "filters": filters}, NAMED).goals == (THANKS,)


def test_it_names_a_goal_that_is_not_there() -> None:
    filters = [["is", "event:goal", ["Signup"]]]

    assert refusal(filters=filters).startswith("The goal `Signup` is not configured for this site. Find out how")


def test_it_puts_a_segment_in_place_of_its_number() -> None:
    spread = parse({**VISITORS, "filters": [["is", "segment", [1]]]}, NAMED)
    [nested] = parse({**VISITORS, "filters": [["not", ["is", "segment", [2]]]]}, NAMED).filters

    assert spread == parse({**VISITORS, "filters": SEGMENTS[1]}, NAMED)
    assert filter_as_json(nested) == ["not", ["or", [["and", [["contains", "event:page", ["/a"]]]]]]]


@pytest.mark.parametrize("sent", [["is", "segment", [3]], ["not", ["is", "segment", [2, 3]]]])
def test_it_names_a_segment_that_is_not_there(sent: list[Any]) -> None:
    with pytest.raises(InvalidInput, match="The segment 3 does not exist, or is not yours to use"):
        parse({**VISITORS, "filters": [sent]}, NAMED)


def test_it_keeps_segments_out_of_segments() -> None:
    with pytest.raises(InvalidInput, match="The segment 2 does not exist"):
        parse({**VISITORS, "filters": [["is", "segment", [1]]]}, Vocabulary((), {1: [["is", "segment", [2]]], 2: []}))


def test_it_reads_what_an_answer_is_compared_with() -> None:
    sent = {"mode": "custom", "match_day_of_week": True, "date_range": ["2024-01-01", "2024-01-07"]}

    include = parse({**VISITORS, "include": {"comparisons": sent}}).include

    assert include.comparisons == ComparedWith("custom", True, ("2024-01-01", "2024-01-07"))


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "#/include/comparisons/mode: Invalid mode null"),
        ({"mode": "other"}, '#/include/comparisons/mode: Invalid mode "other"'),
        ({"mode": "custom"}, "#/include/comparisons: A custom comparison, and no other, needs a date_range"),
        ({"mode": "year_over_year", "date_range": ["a", "b"]}, "#/include/comparisons: A custom comparison"),
        ({"mode": "custom", "date_range": "7d"}, '#/include/comparisons/date_range: Invalid date range "7d"'),
        ({"mode": "year_over_year", "x": 1}, "#/include/comparisons/x: Schema does not allow additional properties."),
    ],
)
def test_it_points_at_what_is_wrong_with_a_comparison(sent: dict[str, Any], message: str) -> None:
    assert refusal(include={"comparisons": sent}).startswith(message)


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
