"""docs/reference/umami-api.md names every column that Umami's clients may ask for."""

import pytest
from tests.docs.pages import page, rows, section

from footfall.api.umami.columns import COLUMNS

DOCUMENTED = {
    name.strip(" `")
    for row in rows(section(page("reference/umami-api.md"), "## Columns"))
    for name in row[0].split(",")
}


@pytest.mark.parametrize("column", COLUMNS)
def test_it_names_every_column(column: str) -> None:
    assert column in DOCUMENTED
