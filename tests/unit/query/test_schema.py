"""The schema and the parser agree on every query; the examples of the reference are queries."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from footfall.domain import Goal, GoalKind
from footfall.errors import InvalidInput
from footfall.query.dimensions import DIMENSIONS
from footfall.query.metrics import METRICS
from footfall.query.operators import OPERATORS
from footfall.query.parse import read
from footfall.query.schema import query_schema
from footfall.query.vocabulary import Vocabulary

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "stats-api.md").read_text()
EXAMPLES = [json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)]
QUERIES = [one for one in EXAMPLES if "metrics" in one]
VALIDATOR = Draft202012Validator(query_schema())
NAMED = Vocabulary((Goal(1, 1, GoalKind.EVENT, "Signup", "Signup"),), {1: [["is", "visit:country", ["EE"]]]})
# What only the site knows: to the schema these are texts and numbers like others.
UNKNOWN_TO_SITE = ("is not configured for this site", "does not exist, or is not yours")


def _flat(parts: tuple[Any, ...]) -> list[Any]:
    word, name, among, options = parts
    return [word, name, among, *options]


names = st.sampled_from([*METRICS, *DIMENSIONS, *OPERATORS, "event:props:plan", "event:props:", "segment", "desc", "1"])
texts = st.text(max_size=4) | names | st.sampled_from(["7d", "7d\n", "0d", "5001d", "100mo", "all", "2024-01-01"])
numbers = st.integers(-1, 3) | st.sampled_from([10_000, 10_001, 1.0, 1.5])
words = st.sampled_from(["is", "contains", "matches_not", "and", "or", "not", "has_done", "is_not"])
values = st.lists(texts | numbers, max_size=3)
option = st.sampled_from([[], [], [{"case_sensitive": True}], [{"case_sensitive": 1}], [{}]])
comparisons = st.tuples(words, names, values, option).map(_flat)
goals = st.tuples(words, st.just("event:goal"), st.lists(st.just("Signup"), max_size=2)).map(list)
filters: st.SearchStrategy[Any] = st.recursive(
    comparisons | goals,
    lambda inner: st.tuples(words, inner | st.lists(inner, max_size=2)).map(list),
    max_leaves=12,
)
anything = st.recursive(
    st.none() | st.booleans() | numbers | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=5,
)
compared = st.fixed_dictionaries(
    {},
    optional={
        "mode": st.sampled_from(["previous_period", "year_over_year", "custom", "match"]),
        "match_day_of_week": anything | st.booleans(),
        "date_range": st.lists(texts, max_size=3),
        "more": st.just(1),
    },
)
includes = st.fixed_dictionaries(
    {}, optional={"imports": st.booleans(), "time_labels": anything, "comparisons": compared, "x": st.just(True)}
)
queries = st.fixed_dictionaries(
    {
        "metrics": st.lists(st.sampled_from(list(METRICS)), max_size=3),
        "date_range": texts | st.lists(texts, max_size=3),
    },
    optional={
        "dimensions": st.lists(names, max_size=10),
        "filters": st.lists(filters, max_size=2),
        "order_by": st.lists(st.lists(texts, min_size=1, max_size=3), max_size=2),
        "include": includes,
        "pagination": st.fixed_dictionaries({}, optional={"limit": numbers, "offset": numbers, "page": numbers}),
    },
)


def is_read(query: dict[str, Any]) -> bool:
    try:
        read(copy.deepcopy(query), NAMED)
    except InvalidInput as refused:
        return any(text in refused.message for text in UNKNOWN_TO_SITE)
    return True


def is_valid(query: dict[str, Any]) -> bool:
    return VALIDATOR.is_valid({"site_id": "example.com", **query})


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(query_schema())


@pytest.mark.parametrize("query", QUERIES)
def test_it_knows_every_example_of_the_reference(query: dict[str, Any]) -> None:
    VALIDATOR.validate(query)


def test_it_finds_examples() -> None:
    assert len(QUERIES) >= 2


@settings(max_examples=200, deadline=None)
@given(query=queries)
def test_it_refuses_what_the_parser_refuses(query: dict[str, Any]) -> None:
    assert is_read(query) == is_valid(query), query


@settings(max_examples=200, deadline=None)
@given(one=filters, depth=st.integers(0, 9))
def test_it_reads_filters_as_the_parser_does(one: Any, depth: int) -> None:
    for _ in range(depth):
        one = ["not", one]
    query = {"metrics": ["visitors"], "date_range": "7d", "filters": [one]}

    assert is_read(query) == is_valid(query), query


@settings(max_examples=200, deadline=None)
@given(
    key=st.sampled_from(["metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination", "x"]),
    value=anything,
)
def test_it_reads_any_json_as_the_parser_does(key: str, value: Any) -> None:
    query = {"metrics": ["visitors"], "date_range": "7d", key: value}

    assert is_read(query) == is_valid(query), query
