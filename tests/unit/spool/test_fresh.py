import msgspec

from footfall.domain import Event, VisitAttributes
from footfall.spool.fresh import FreshRows

EVENT = Event(
    site_id=1,
    event_id=1,
    name="pageview",
    timestamp_ms=0,
    received_ms=0,
    visitor_id=1,
    previous_visitor_id=0,
    is_lasting=False,
    hostname="alice.example",
    path="/",
    attributes=VisitAttributes(),
)


def row(event_id: int, count: int = 1) -> tuple[Event, ...]:
    return tuple(msgspec.structs.replace(EVENT, event_id=event_id) for _ in range(count))


def test_it_gives_the_rows_from_a_place_on() -> None:
    fresh = FreshRows(limit=10)
    for seq in (4, 5, 6):
        fresh.add(seq, row(seq))

    assert list(fresh.following(5)) == [(5, row(5)), (6, row(6))]


def test_it_gives_nothing_where_the_row_asked_for_is_not_here() -> None:
    fresh = FreshRows(limit=10)
    fresh.add(4, row(4))

    assert list(fresh.following(3)) == []
    assert list(fresh.following(5)) == []


def test_it_stops_at_a_gap() -> None:
    fresh = FreshRows(limit=2)
    fresh.add(1, row(1, count=2))
    fresh.add(2, row(2))  # no room
    fresh.forget(0)
    assert [seq for seq, _ in fresh.following(1)] == [1]

    fresh.forget(1)
    fresh.add(3, row(3))

    assert list(fresh.following(2)) == []
    assert [seq for seq, _ in fresh.following(3)] == [3]


def test_it_has_room_again_for_what_was_forgotten() -> None:
    fresh = FreshRows(limit=2)
    fresh.add(1, row(1, count=2))
    fresh.forget(1)
    fresh.add(2, row(2, count=2))

    assert [seq for seq, _ in fresh.following(2)] == [2]
