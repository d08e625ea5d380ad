from hypothesis import given
from hypothesis import strategies as st

from footfall.spool import SeenIds, seen

HOUR_MS = 3_600_000


@given(st.lists(st.lists(st.integers(1, 60), max_size=12), max_size=12))
def test_it_tells_new_ids_from_known_ones(groups: list[list[int]]) -> None:
    ids, expected = SeenIds(), set[int]()
    for group in groups:
        positions = ids.add(group)
        for at, event_id in enumerate(group):
            assert (at in positions) == (event_id in expected)
            expected.add(event_id)
        ids.settle(0)


def test_it_knows_ids_from_sorted_arrays_too() -> None:
    ids = SeenIds()
    ids.add(list(range(1, seen._RECENT_IDS + 2)))
    ids.settle(now_ms=0)

    assert ids.add([5, seen._RECENT_IDS + 1, 1 << 63]) == {0, 1}


def test_it_forgets_what_is_older_than_a_day() -> None:
    ids = SeenIds(keep_ms=24 * HOUR_MS)
    ids.remember([7], now_ms=0)

    ids.remember([8], now_ms=25 * HOUR_MS)

    assert ids.add([7, 8]) == {1}


def test_it_holds_no_more_than_its_limit() -> None:
    ids = SeenIds(limit=10)

    for start in range(0, 40, 5):
        ids.remember(list(range(start, start + 5)), now_ms=start)

    assert len(ids) == 10
    assert ids.add([0, 39]) == {1}


def test_it_takes_back_a_group_that_was_not_written() -> None:
    ids = SeenIds()
    ids.add([1, 2])

    ids.forget([1, 2])

    assert ids.add([1, 2]) == set()
