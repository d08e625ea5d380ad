"""Umami's filters: each column, each operator, and whatever else stands in a query string."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.datastructures import QueryParams

from footfall.api.umami.columns import COLUMNS
from footfall.api.umami.filters import parse_filters
from footfall.errors import InvalidInput

KEPT = {column: dimension for column, dimension in COLUMNS.items() if dimension}


@pytest.mark.parametrize(("column", "dimension"), KEPT.items())
def test_it_filters_by_every_column(column: str, dimension: str) -> None:
    assert parse_filters(QueryParams({column: "x", f"{column}1": "neq.a,b"})) == [
        ["is", dimension, ["x"]],
        ["is_not", dimension, ["a", "b"]],
    ]


@pytest.mark.parametrize("column", sorted(COLUMNS.keys() - KEPT.keys()))
def test_it_refuses_columns_that_are_not_kept(column: str) -> None:
    with pytest.raises(InvalidInput):
        parse_filters(QueryParams({column: "x"}))


@given(st.dictionaries(st.text(), st.text()))
def test_it_reads_or_refuses_any_parameters(parameters: dict[str, str]) -> None:
    try:
        filters = parse_filters(QueryParams(parameters))
    except InvalidInput:
        return
    assert isinstance(filters, list)
