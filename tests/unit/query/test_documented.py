from pathlib import Path

import pytest

from footfall.query import DIMENSIONS, METRICS, OPERATORS
from footfall.query.question import Include

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "stats-api.md").read_text()


@pytest.mark.parametrize("name", [*METRICS, *DIMENSIONS, *OPERATORS, *Include.__dataclass_fields__])
def test_it_has_a_line_in_the_reference(name: str) -> None:
    assert f"`{name}`" in PAGE
