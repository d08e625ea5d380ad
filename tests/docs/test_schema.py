"""docs/reference/schema.md explains every column of the store, and no other."""

import re
from importlib import resources

import pytest
from tests.docs.pages import page, rows, section

PAGE = page("reference/schema.md")
FILES = [file.read_text() for file in resources.files("footfall.store.schema").iterdir() if file.name.endswith(".sql")]
_TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS (\w+)\n\((.*?)\n\)", re.DOTALL)


def columns() -> dict[str, list[str]]:
    """The columns of each table, read from its statement: one a line."""
    found = [match for text in FILES for match in _TABLE.findall(text)]
    return {table: re.findall(r"^ +([a-z]\w*) ", body, re.MULTILINE) for table, body in found}


def documented(table: str) -> list[str]:
    cells = [row[0] for row in rows(section(PAGE, f"## {table}"))[2:]]
    return [name.strip("` ") for cell in cells for name in cell.split(",")]


@pytest.mark.parametrize("table", columns())
def test_it_documents_every_column_in_order(table: str) -> None:
    assert documented(table) == columns()[table]


def test_it_finds_the_tables_of_the_schema() -> None:
    assert {"events", "visits", "visit_spans", "crawler_views"} <= columns().keys()
