from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from footfall.domain import DropReason, Event, VisitAttributes
from footfall.visits import VISIT_GAP_MS, OpenVisits

MINUTE_MS = 60_000
START_MS = 1_750_000_000_000
UTC = ZoneInfo("Etc/UTC")


def event(minutes: float, *, name: str = "pageview", visitor: int = 5, previous: int = 0, source: str = "") -> Event:
    at_ms = START_MS + int(minutes * MINUTE_MS)
    attributes = VisitAttributes(source=source)
    return Event(1, at_ms, name, at_ms, at_ms, visitor, previous, False, "example.com", "/", attributes)


def fresh() -> OpenVisits:
    return OpenVisits(lambda site_id: UTC)


def test_it_joins_events_up_to_thirty_minutes_apart() -> None:
    assignment = fresh().assign([event(0), event(30), event(60.001)])

    first, second, third = (applied.visit.visit_id for applied in assignment.applied)
    assert first == second != third


def test_it_puts_events_of_a_batch_in_order_first() -> None:
    assignment = fresh().assign([event(50), event(0), event(25)])

    assert len({applied.visit.visit_id for applied in assignment.applied}) == 1
    assert assignment.applied[0].visit.opened_ms == START_MS


def test_it_freezes_the_attributes_of_the_first_event() -> None:
    assignment = fresh().assign([event(0, source="Google"), event(5, source="Bing")])

    assert [applied.visit.attributes.source for applied in assignment.applied] == ["Google", "Google"]


def test_it_prolongs_a_visit_by_engagement_but_opens_none() -> None:
    visits = fresh()

    assignment = visits.assign([event(0), event(25, name="engagement"), event(50), event(200, name="engagement")])

    assert len({applied.visit.visit_id for applied in assignment.applied}) == 1
    assert [dropped.timestamp_ms for dropped, _ in assignment.dropped] == [START_MS + 200 * MINUTE_MS]


def test_it_keeps_yesterdays_id_only_while_its_visit_is_open() -> None:
    visits = fresh()
    visits.keep(visits.assign([event(0, visitor=1)]), START_MS)

    assignment = visits.assign([event(20, visitor=2, previous=1), event(90, visitor=2, previous=1)])

    assert [applied.visit.visitor_id for applied in assignment.applied] == [1, 2]


def test_it_changes_nothing_until_the_batch_is_kept() -> None:
    visits = fresh()
    first = visits.assign([event(0)])
    again = visits.assign([event(0)])

    visits.keep(first, START_MS)

    assert again.applied == first.applied
    assert visits.assign([event(10)]).applied[0].visit.visit_id == first.applied[0].visit.visit_id


def test_it_takes_visits_of_the_store_into_account() -> None:
    stored = fresh().assign([event(0)]).applied[0].visit

    assignment = fresh().assign([event(15)], known=[stored])

    assert assignment.applied[0].visit.visit_id == stored.visit_id


def test_it_drops_events_of_a_deleted_site() -> None:
    assignment = OpenVisits(lambda site_id: None).assign([event(0)])

    assert [reason for _, reason in assignment.dropped] == [DropReason.UNKNOWN_SITE]


def test_it_forgets_visits_nothing_can_reach() -> None:
    visits = fresh()
    visits.keep(visits.assign([event(0)]), START_MS)

    visits.forget_old(START_MS + 2 * VISIT_GAP_MS + 1)

    assert len(visits) == 0


@given(st.lists(st.tuples(st.integers(0, 300), st.integers(1, 3)), max_size=30), st.randoms())
def test_it_gives_the_same_visits_in_whatever_order_a_batch_comes(
    moments: list[tuple[int, int]], random: object
) -> None:
    events = [event(minute, visitor=visitor) for minute, visitor in moments]
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    one, other = fresh().assign(events), fresh().assign(shuffled)

    assert sorted((a.event.timestamp_ms, a.visit.visit_id) for a in one.applied) == sorted(
        (a.event.timestamp_ms, a.visit.visit_id) for a in other.applied
    )
    assert one.applied == [] or min(a.visit.first_ms for a in one.applied) >= START_MS
