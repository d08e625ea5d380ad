"""A site is given another zone: from that moment every figure is that of the new days, rolled up or not."""

import asyncio
import itertools
from datetime import UTC, date, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.engine.oracle import Hit, Oracle, Visit, applied, visits_of
from tests.engine.test_query_against_oracle import GOALS, Data, data, insert_in_pieces, questions
from tests.engine.test_rollups_against_oracle import in_ms, lasting_of, range_of, rollable

from footfall.domain import Site
from footfall.query import ask
from footfall.query.vocabulary import Vocabulary
from footfall.store import AppliedEvent, Finaliser, Reader, Writer

NOW = datetime(2025, 1, 1, tzinfo=UTC)
EARLIER = ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Etc/UTC", "Europe/Berlin"]
HOUR_MS = 3_600_000
_site_ids = itertools.count(8_000_000)


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    data=data(),
    earlier=st.sampled_from(EARLIER),
    changes_after=st.sampled_from([-1, 0, 1, 3]),
    is_rolled_up=st.tuples(st.booleans(), st.booleans()),
    late_share=st.sampled_from([0, 2, 5]),
    span=st.sampled_from(["days", "days", "month", "year"]),
    questions=st.lists(rollable() | rollable() | questions(), min_size=12, max_size=12),
)
def test_it_answers_in_the_new_zone_whatever_zone_events_came_in(
    writer: Writer,
    reader: Reader,
    finaliser: Finaliser,
    *,
    data: Data,
    earlier: str,
    changes_after: int,
    is_rolled_up: tuple[bool, bool],
    late_share: int,
    span: str,
    questions: list[dict[str, Any]],
) -> None:
    before = Site(id=next(_site_ids), public_id="p", domain="example.com", timezone=earlier)
    changed_ms = in_ms(data.day + timedelta(days=changes_after))
    site = replace(before, timezone=data.zone, zone_changed_ms=changed_ms)
    visits = visits_of(data.hits)
    events = stored_as_they_came(visits, before, site)
    late = events[::late_share] if late_share else []
    insert_in_pieces(writer, [event for event in events if event not in late])
    if is_rolled_up[0]:
        finaliser.run([before], in_ms(data.day + timedelta(days=200)))
    if is_rolled_up[1]:
        finaliser.run([site], in_ms(data.day + timedelta(days=5)))
    insert_in_pieces(writer, late)
    if is_rolled_up[0]:
        finaliser.run([site], in_ms(data.day + timedelta(days=200)))
    first, last = range_of(data.day, span)
    oracle = Oracle(visits, site.zone, first, last, GOALS)

    for question in questions:
        asked = {**question, "date_range": [first.isoformat(), last.isoformat()]}
        answer = asyncio.run(ask(reader, site, asked, NOW, Vocabulary(GOALS)))
        rows = [(row.dimensions, row.metrics) for row in answer.rows]
        assert rows == oracle.answer(asked), (asked, answer.tables)

    everything = asyncio.run(ask(reader, site, {"metrics": ["events"], "date_range": "all"}, NOW))
    assert everything.rows[0].metrics == (sum(hit.is_activity for visit in visits for hit in visit.hits),)


def stored_as_they_came(visits: list[Visit], before: Site, after: Site) -> list[AppliedEvent]:
    """Each event under its day in the zone of its time, each visit under that of its first event.

    Ids of one day are those of one day of the earlier zone, so they may stand on two days of the other.
    """
    lasting = lasting_of(visits, before)
    both = (applied(visits, site.id, site.zone, lasting=lasting) for site in (before, after))
    return [_one_of(old, new, after.zone_changed_ms) for old, new in zip(*both, strict=True)]


def _one_of(old: AppliedEvent, new: AppliedEvent, changed_ms: int) -> AppliedEvent:
    opened_in, came_in = (
        old if at_ms <= changed_ms else new for at_ms in (old.visit.opened_ms, old.event.timestamp_ms)
    )
    return AppliedEvent(new.event, opened_in.visit, came_in.local_day)


def test_it_keeps_a_visitor_apart_whose_id_lasted_into_the_next_day(
    writer: Writer, reader: Reader, finaliser: Finaliser, site_id: int
) -> None:
    # One day in UTC, two days in Auckland, no visit over midnight.
    before = Site(id=site_id, public_id="p", domain="example.com")
    after = replace(before, timezone="Pacific/Auckland", zone_changed_ms=in_ms(date(2024, 3, 20)))
    noon_ms = in_ms(date(2024, 3, 5))
    visits = visits_of([Hit(7, noon_ms - 4 * HOUR_MS), Hit(7, noon_ms + HOUR_MS), Hit(8, noon_ms)])
    insert_in_pieces(writer, applied(visits, site_id, before.zone))
    finaliser.run([before], in_ms(date(2024, 3, 19)))

    assert finaliser.run([after], in_ms(date(2024, 3, 21))) >= 2

    question = {"metrics": ["visitors", "visits"], "date_range": ["2024-03-01", "2024-03-10"]}
    found = asyncio.run(ask(reader, after, question, NOW))
    assert found.rows[0].metrics == (2, 3)
    assert "daily_visits" in found.tables
    by_day = asyncio.run(ask(reader, after, {**question, "dimensions": ["time:day"]}, NOW))
    assert [(*row.dimensions, *row.metrics) for row in by_day.rows] == [("2024-03-05", 1, 1), ("2024-03-06", 2, 2)]
