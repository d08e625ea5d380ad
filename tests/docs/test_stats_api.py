"""docs/reference/stats-api.md names every metric, dimension and operator that may be asked."""

import pytest
from tests.docs.pages import page

from footfall.query import DIMENSIONS, METRICS, OPERATORS

PAGE = page("reference/stats-api.md")


@pytest.mark.parametrize("name", [*METRICS, *OPERATORS])
def test_it_names_every_metric_and_operator(name: str) -> None:
    assert f"`{name}`" in PAGE


@pytest.mark.parametrize("name", DIMENSIONS)
def test_it_names_every_dimension(name: str) -> None:
    assert f"`{name}`" in PAGE
