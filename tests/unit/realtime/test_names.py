from hypothesis import given
from hypothesis import strategies as st

from footfall.realtime import FriendlyNames


@given(st.integers(0, 2**64 - 1))
def test_it_gives_every_visitor_two_words(visitor_id: int) -> None:
    names = FriendlyNames(b"key")

    assert len(names.of(visitor_id).split()) == 2
    assert names.of(visitor_id) == FriendlyNames(b"key").of(visitor_id)


def test_it_names_visitors_otherwise_with_another_key() -> None:
    ours, theirs = FriendlyNames(b"ours"), FriendlyNames(b"theirs")

    assert [ours.of(number) for number in range(20)] != [theirs.of(number) for number in range(20)]


def test_it_has_names_enough() -> None:
    names = FriendlyNames(b"key")

    assert len({names.of(number) for number in range(2_000)}) > 1_400
