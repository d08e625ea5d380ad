"""Cursors lead through everything once, in both directions."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.api.paging import page_asked, page_of
from footfall.errors import InvalidInput

numbers = st.lists(st.integers(1, 10**12), unique=True).map(sorted)


@given(numbers, st.integers(1, 10))
def test_it_walks_forward_through_everything_once(items: list[int], limit: int) -> None:
    seen: list[int] = []
    page = page_of(items, int, page_asked(limit))
    seen.extend(page.items)
    while page.meta["after"]:
        page = page_of(items, int, page_asked(limit, after=page.meta["after"]))
        seen.extend(page.items)

    assert seen == items


@given(numbers.filter(len), st.integers(1, 10))
def test_it_walks_back_the_way_it_came(items: list[int], limit: int) -> None:
    first = page_of(items, int, page_asked(limit))
    if first.meta["after"]:
        second = page_of(items, int, page_asked(limit, after=first.meta["after"]))
        assert page_of(items, int, page_asked(limit, before=second.meta["before"])).items == first.items

    assert first.meta["before"] is None


@pytest.mark.parametrize("cursor", ["x", "!!!!", "YWJj", "é"])
def test_it_refuses_cursors_that_are_none(cursor: str) -> None:
    with pytest.raises(InvalidInput):
        page_asked(10, after=cursor)
