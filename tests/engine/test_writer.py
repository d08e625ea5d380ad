import gc
import itertools
import threading
import weakref

import pytest

from footfall.domain import Crawler, Event, VisitAttributes
from footfall.store import (
    AppliedEvent,
    CrawlerView,
    EmbeddedEngine,
    Engine,
    Reader,
    Statement,
    StoredVisit,
    Writer,
    known_event_ids,
)
from footfall.store.schema import named_sql

DAY = 20_000  # 2024-10-04
NOON_MS = DAY * 86_400_000 + 12 * 3_600_000
_batch_ids = itertools.count(1000)
_event_ids = itertools.count(1)


def applied(
    site_id: int, visit_id: int = 7, at_ms: int = NOON_MS, *, name: str = "pageview", path: str = "/"
) -> AppliedEvent:
    event = Event(site_id, next(_event_ids), name, at_ms, at_ms, 5, 0, False, "example.com", path, VisitAttributes())
    attributes = VisitAttributes(source="Google", country="EE")
    return AppliedEvent(event, StoredVisit(site_id, 5, visit_id, NOON_MS, DAY, NOON_MS, at_ms, attributes), DAY)


def visits(reader: Reader, site_id: int) -> list[tuple[object, ...]]:
    return reader.run(
        Statement(
            "test",
            "SELECT visit_id, pageviews, events, tupleElement(entry, 'path'), tupleElement(exit, 'path'),"
            " source, toUnixTimestamp64Milli(ended_at)"
            " FROM visits FINAL WHERE site_id = {site:UInt32} ORDER BY visit_id",
            {"site": site_id},
        )
    )


def test_it_derives_a_visit_from_events_of_several_batches(writer: Writer, reader: Reader, site_id: int) -> None:
    writer.insert(next(_batch_ids), "a1", [applied(site_id, at_ms=NOON_MS + 60_000, path="/b")])
    writer.insert(
        next(_batch_ids),
        "a2",
        [applied(site_id, path="/a"), applied(site_id, at_ms=NOON_MS + 90_000, name="engagement")],
    )

    assert visits(reader, site_id) == [(7, 2, 2, "/a", "/b", "Google", NOON_MS + 60_000)]


def test_it_inserts_a_token_once_in_events_and_visits(writer: Writer, reader: Reader, site_id: int) -> None:
    batch, events = next(_batch_ids), [applied(site_id), applied(site_id, at_ms=NOON_MS + 5)]

    writer.insert(batch, "same", events)
    writer.insert(batch, "same", events)

    assert writer.count(batch) == 2
    assert visits(reader, site_id)[0][1] == 2


class Text(str):
    """A string that can be watched."""


def test_nothing_of_a_batch_stays_behind_for_the_collector(writer: Writer, site_id: int) -> None:
    path = Text("/watched")
    watched = weakref.ref(path)
    gc.disable()
    try:
        writer.insert(next(_batch_ids), "w1", [applied(site_id, path=path)])
        del path
        left = watched()
    finally:
        gc.enable()

    assert left is None


def test_it_rebuilds_visits_to_what_the_events_say(writer: Writer, reader: Reader, site_id: int) -> None:
    batch = next(_batch_ids)
    writer.insert(batch, "r1", [applied(site_id), applied(site_id, visit_id=8)])
    before = visits(reader, site_id)

    writer.rebuild_visits(writer.days(batch))

    assert visits(reader, site_id) == before
    assert len(before) == 2


@pytest.mark.parametrize("how_often", [0, 2])
def test_it_rebuilds_visits_that_lack_a_part_or_have_it_twice(
    engine: Engine, writer: Writer, reader: Reader, site_id: int, how_often: int
) -> None:
    batch, events = next(_batch_ids), [applied(site_id), applied(site_id, visit_id=8)]
    writer.insert(batch, "torn", events)
    before = visits(reader, site_id)
    client = engine.writing_client()
    client.command(f"ALTER TABLE visits DELETE WHERE site_id = {site_id} AND visit_id = 8 SETTINGS mutations_sync = 2")
    for _ in range(how_often):
        client.command(
            f"INSERT INTO visits {named_sql('visits_of_events')} WHERE site_id = {site_id} AND visit_id = 8"
            " SETTINGS insert_deduplicate = 0"
        )
    client.close()

    writer.rebuild_visits(writer.days(batch))

    assert visits(reader, site_id) == before


def test_it_deletes_a_torn_batch(writer: Writer, site_id: int) -> None:
    batch = next(_batch_ids)
    writer.insert(batch, "d1", [applied(site_id)])

    writer.delete(batch)

    assert writer.count(batch) == 0


def test_it_finds_open_visits(writer: Writer, site_id: int) -> None:
    one = applied(site_id, visit_id=21, at_ms=NOON_MS + 1000)
    batch = next(_batch_ids)
    writer.insert(batch, "o1", [one])

    found = [visit for visit in writer.open_visits(NOON_MS) if visit.site_id == site_id]

    assert found == [StoredVisit(site_id, 5, 21, NOON_MS, DAY, NOON_MS + 1000, NOON_MS + 1000, one.visit.attributes)]
    assert writer.visits_of(site_id, DAY - 1, DAY, [5]) == found
    assert writer.visits_of(site_id, DAY - 1, DAY, [5], excluding_batch=batch) == []


def crawler_view(site_id: int, local_day: int = DAY) -> CrawlerView:
    event = applied(site_id).event
    return CrawlerView(event, Crawler("GPTBot", "ai-training", "OpenAI"), local_day)


async def test_it_knows_the_event_ids_of_views_by_machines(writer: Writer, reader: Reader, site_id: int) -> None:
    view = crawler_view(site_id)
    writer.insert_crawler_views(next(_batch_ids), "c1", [view])

    known = await known_event_ids(reader, site_id, DAY, DAY, [view.event.event_id])

    assert known == {view.event.event_id}
    assert view.event.event_id in writer.recent_event_ids(NOON_MS // 1000, 1_000_000)


def test_it_lets_views_by_machines_expire_on_their_own(writer: Writer, site_id: int) -> None:
    old, new = next(_batch_ids), next(_batch_ids)
    writer.insert_crawler_views(old, "e1", [crawler_view(site_id, DAY - 2)])
    writer.insert_crawler_views(new, "e2", [crawler_view(site_id)])

    assert writer.delete_before(site_id, DAY - 1)

    assert (writer.count_crawler_views(old), writer.count_crawler_views(new)) == (0, 1)
    assert not writer.delete_before(site_id, DAY - 1)


async def test_it_knows_stored_event_ids(writer: Writer, reader: Reader, site_id: int) -> None:
    one = applied(site_id)
    writer.insert(next(_batch_ids), "k1", [one])

    known = await known_event_ids(reader, site_id, DAY, DAY, [one.event.event_id, 99_999_999])

    assert known == {one.event.event_id}


def test_it_breaks_off_a_deletion_that_waits_for_room(engine: EmbeddedEngine, writer: Writer, site_id: int) -> None:
    """As on a full disk, where nothing that is deleted can be written anew."""
    batch = next(_batch_ids)
    writer.insert(batch, "waits", [applied(site_id)])
    client = engine.client()
    client.command("SYSTEM STOP MERGES events")
    failures: list[Exception] = []

    def delete() -> None:
        try:
            writer.delete(batch)
        except Exception as error:
            failures.append(error)

    thread = threading.Thread(target=delete)
    thread.start()
    thread.join(0.5)
    waited = thread.is_alive()
    engine.break_off_writing()
    thread.join(10)
    client.command("SYSTEM START MERGES events")
    client.close()

    assert waited
    assert not thread.is_alive()
    assert failures
    assert writer.count(batch) == 1
