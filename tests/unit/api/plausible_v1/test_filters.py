"""Filters of the v1 API: whatever values people choose come out as they were meant."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.api.plausible_v1.filters import filtered_properties, parse_filters
from footfall.errors import InvalidInput

VALUES = st.text(min_size=1).filter(lambda text: not set(text) & set(";*\\") and text == text.strip())


@given(st.lists(VALUES, min_size=1, max_size=5), st.sampled_from([("==", "is"), ("!=", "is_not")]))
def test_it_reads_values_as_they_were_meant(values: list[str], operator: tuple[str, str]) -> None:
    sign, name = operator
    text = "|".join(value.replace("|", "\\|") for value in values)

    assert parse_filters(f"event:page{sign}{text}") == [[name, "event:page", values]]


@given(VALUES, VALUES, VALUES)
def test_it_lets_a_star_stand_for_any_text(start: str, between: str, end: str) -> None:
    written = f"{start}*{end}".replace("|", "\\|")

    [[operator, _, [pattern]]] = parse_filters(f"event:page=={written}")

    assert operator == "matches"
    assert re.match(pattern, f"{start}{between}{end}")


@given(st.text(), st.text())
def test_it_reads_or_refuses_any_text(first: str, second: str) -> None:
    for text in (first, f"visit:source=={first};event:page!={second}", f'[["is", "{first}", ["{second}"]]]'):
        try:
            filters = parse_filters(text)
        except InvalidInput:
            continue
        assert isinstance(filters, list)


def test_it_finds_properties_however_deep() -> None:
    filters = [["and", [["not", ["is", "visit:source", ["a"]]], ["or", [["is", "event:page", ["b"]]]]]]]

    assert list(filtered_properties(filters)) == ["visit:source", "event:page"]


@pytest.mark.parametrize("text", ["", ";", "visit:source", "==x", "visit:country==Spain", "visit:source==a||b"])
def test_it_leaves_out_what_says_nothing(text: str) -> None:
    assert parse_filters(text) == []
