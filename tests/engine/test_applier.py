"""The applier over a real spool and a real store, with the faults that tear a batch made by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from footfall.domain import Crawler, DropReason, Event, VisitAttributes, Vitals
from footfall.domain.calendar import DAY_MS
from footfall.spool import SeenIds, Spool
from footfall.store import Engine, Reader, Statement, Writer
from footfall.visits import Applier, OpenVisits

NOW_MS = 1_790_000_000_000
UTC = ZoneInfo("Etc/UTC")


@dataclass
class Pipeline:
    spool: Spool
    writer: Writer
    applier: Applier
    reader: Reader
    site_id: int

    def totals(self) -> tuple[int, ...]:
        """Events, distinct event ids, events by visits, visits."""
        sql = (
            "SELECT (SELECT count() FROM events WHERE site_id = {site:UInt32}),"
            " (SELECT uniqExact(event_id) FROM events WHERE site_id = {site:UInt32}),"
            " (SELECT sum(events) FROM visits FINAL WHERE site_id = {site:UInt32}),"
            " (SELECT count() FROM visits FINAL WHERE site_id = {site:UInt32})"
        )
        return tuple(int(value) for value in self.reader.run(Statement("test", sql, {"site": self.site_id}))[0])

    def event(self, number: int, visitor: int = 1) -> Event:
        at_ms = NOW_MS - 60_000 + number
        return Event(
            self.site_id, self.site_id * 1000 + number, "pageview", at_ms, at_ms, visitor, 0, False,
            "example.com", f"/{number}", VisitAttributes(source=f"source {number}"),
        )  # fmt: skip

    def crawler_view(self, number: int) -> Event:
        return replace(self.event(number, visitor=0), crawler=Crawler("GPTBot", "ai-training", "OpenAI"))

    def crawled(self) -> list[tuple[object, ...]]:
        """Name and path of each view by a machine."""
        sql = "SELECT name, path FROM crawler_views WHERE site_id = {site:UInt32} ORDER BY path"
        return self.reader.run(Statement("test", sql, {"site": self.site_id}))


def open_pipeline(folder: Path, engine: Engine, writer: Writer, reader: Reader, site_id: int) -> Pipeline:
    spool = Spool(folder / "spool.db", max_bytes=10_000_000, clock_ms=lambda: NOW_MS, seen=SeenIds())
    applier = Applier(spool, writer, OpenVisits(lambda site: UTC), clock_ms=lambda: NOW_MS, interval_ms=10)
    return Pipeline(spool, writer, applier, reader, site_id)


def run(applier: Applier) -> None:
    """Let it mend what a crash left, however long that takes, and store what waits."""
    applier.start()
    applier.await_store(20)
    applier.stop()


@pytest.fixture
def pipeline(tmp_path: Path, engine: Engine, writer: Writer, reader: Reader, site_id: int) -> Iterator[Pipeline]:
    pipeline = open_pipeline(tmp_path, engine, writer, reader, site_id)
    yield pipeline
    pipeline.spool.close()


async def test_it_stores_what_was_appended_and_empties_the_spool(pipeline: Pipeline) -> None:
    pipeline.applier.start()
    appended = await pipeline.spool.append([pipeline.event(number) for number in range(5)])
    pipeline.applier.when_applied(appended.last_seq).result(timeout=20)
    pipeline.applier.stop()

    assert pipeline.totals() == (5, 5, 5, 1)
    assert pipeline.spool.depth() == (0, 0)


async def test_it_takes_up_a_batch_that_was_journalled_but_not_inserted(pipeline: Pipeline) -> None:
    await pipeline.spool.append([pipeline.event(1), pipeline.event(2)])
    assert pipeline.spool.take(100) is not None

    run(pipeline.applier)

    assert pipeline.totals() == (2, 2, 2, 1)
    assert pipeline.spool.pending() is None


async def test_it_does_not_double_a_batch_that_was_inserted_but_not_finished(pipeline: Pipeline) -> None:
    await pipeline.spool.append([pipeline.event(1), pipeline.event(2)])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)

    run(pipeline.applier)

    assert pipeline.totals() == (2, 2, 2, 1)


async def test_it_heals_a_batch_whose_token_swallows_the_retry(pipeline: Pipeline) -> None:
    """The engine noted the token, then died before the rows were there."""
    await pipeline.spool.append([pipeline.event(1), pipeline.event(2, visitor=2)])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)
    pipeline.writer.delete(batch.batch_id)

    run(pipeline.applier)

    assert pipeline.totals() == (2, 2, 2, 2)


async def test_it_heals_events_that_are_there_without_their_visits(pipeline: Pipeline) -> None:
    await pipeline.spool.append([pipeline.event(1), pipeline.event(2, visitor=2)])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)
    delete = "ALTER TABLE visits DELETE WHERE site_id = {site:UInt32} SETTINGS mutations_sync = 2"
    pipeline.writer._command(delete, site=pipeline.site_id)

    run(pipeline.applier)

    assert pipeline.totals() == (2, 2, 2, 2)


async def test_it_keeps_views_by_machines_apart(pipeline: Pipeline) -> None:
    pipeline.applier.start()
    appended = await pipeline.spool.append([pipeline.event(1), pipeline.crawler_view(2), pipeline.crawler_view(3)])
    pipeline.applier.when_applied(appended.last_seq).result(timeout=20)
    pipeline.applier.stop()

    assert pipeline.totals() == (1, 1, 1, 1)
    assert pipeline.crawled() == [("GPTBot", "/2"), ("GPTBot", "/3")]
    assert pipeline.applier.stored == 1


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "stored"])
async def test_it_heals_views_by_machines(pipeline: Pipeline, is_lost: bool) -> None:
    await pipeline.spool.append([pipeline.event(1), pipeline.crawler_view(2)])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)
    if not is_lost:
        pipeline.writer.insert_crawler_views(batch.batch_id, batch.token, assignment.crawler_views)

    run(pipeline.applier)

    assert pipeline.totals() == (1, 1, 1, 1)
    assert pipeline.crawled() == [("GPTBot", "/2")]


@pytest.mark.parametrize("is_lost", [True, False], ids=["lost", "stored"])
async def test_it_heals_what_is_kept_beside_events(pipeline: Pipeline, is_lost: bool) -> None:
    vitals = replace(pipeline.event(2), vitals=Vitals(lcp=1200))
    identity = replace(pipeline.event(3), is_identity=True, props={"plan": "pro"})
    await pipeline.spool.append([pipeline.event(1), vitals, identity])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)
    if not is_lost:
        pipeline.writer.insert_asides(batch.batch_id, batch.token, assignment.asides)

    run(pipeline.applier)

    assert pipeline.totals() == (1, 1, 1, 1)
    sql = "SELECT kind, visitor_id, lcp, props FROM asides WHERE site_id = {site:UInt32} ORDER BY kind"
    assert pipeline.reader.run(Statement("test", sql, {"site": pipeline.site_id})) == [
        ("identity", 1, None, {"plan": "pro"}),
        ("vitals", 0, 1200, {}),
    ]
    assert pipeline.applier.stored == 3


async def test_it_lets_views_by_machines_go_with_their_site(pipeline: Pipeline, tmp_path: Path) -> None:
    applier = Applier(
        pipeline.spool, pipeline.writer, OpenVisits(lambda site: None), clock_ms=lambda: NOW_MS, interval_ms=10
    )
    await pipeline.spool.append([pipeline.crawler_view(1)])
    assert pipeline.spool.take(100) is not None

    run(applier)

    assert pipeline.crawled() == []
    assert not applier.dropped


async def test_it_heals_spans_that_were_cut_off(pipeline: Pipeline) -> None:
    """A visit over midnight whose span is missing would be left out of its second day."""
    midnight_ms = NOW_MS // DAY_MS * DAY_MS
    times = (midnight_ms - 60_000, midnight_ms + 60_000)
    await pipeline.spool.append([replace(pipeline.event(at), timestamp_ms=at_ms) for at, at_ms in enumerate(times)])
    batch = pipeline.spool.take(100)
    assert batch is not None
    assignment = OpenVisits(lambda site: UTC).assign(batch.events)
    pipeline.writer.insert(batch.batch_id, batch.token, assignment.applied)
    delete = "ALTER TABLE visit_spans DELETE WHERE site_id = {site:UInt32} SETTINGS mutations_sync = 2"
    pipeline.writer._command(delete, site=pipeline.site_id)

    run(pipeline.applier)

    spans = Statement("test", "SELECT days FROM visit_spans WHERE site_id = {site:UInt32}", {"site": pipeline.site_id})
    assert pipeline.reader.run(spans) == [(1,)]


async def test_it_stores_rows_from_before_a_restart_without_waiting_for_more(
    pipeline: Pipeline, tmp_path: Path
) -> None:
    appended = await pipeline.spool.append([pipeline.event(1)])
    pipeline.spool.waiting.clear()  # a fresh process has not seen the row arrive

    pipeline.applier.start()
    pipeline.applier.when_applied(appended.last_seq).result(timeout=20)
    pipeline.applier.stop()

    assert pipeline.totals() == (1, 1, 1, 1)


async def test_it_joins_visits_that_were_open_before_a_restart(
    pipeline: Pipeline, tmp_path: Path, engine: Engine
) -> None:
    await pipeline.spool.append([pipeline.event(1)])
    run(pipeline.applier)
    pipeline.spool.close()

    again = open_pipeline(tmp_path, engine, pipeline.writer, pipeline.reader, pipeline.site_id)
    await again.spool.append([again.event(2)])
    run(again.applier)
    pipeline.spool = again.spool

    assert again.totals() == (2, 2, 2, 1)
    sources = again.reader.run(
        Statement("test", "SELECT DISTINCT source FROM events WHERE site_id = {site:UInt32}", {"site": again.site_id})
    )
    assert sources == [("source 1",)]


async def test_it_stores_no_event_again_that_came_before_anybody_knew_it(
    pipeline: Pipeline, tmp_path: Path, engine: Engine
) -> None:
    await pipeline.spool.append([pipeline.event(1), pipeline.event(2)])
    run(pipeline.applier)
    (tmp_path / "other").mkdir()
    other = open_pipeline(tmp_path / "other", engine, pipeline.writer, pipeline.reader, pipeline.site_id)

    appended = await other.spool.append([pipeline.event(2), pipeline.event(3)])
    other.applier.start()
    other.applier.await_store(20)
    late = await other.spool.append([pipeline.event(1)])
    other.applier.stop()
    other.spool.close()

    assert appended.duplicates == frozenset()
    assert late.duplicates == {0}
    assert pipeline.totals() == (3, 3, 3, 1)
    assert other.applier.dropped == {(pipeline.site_id, DropReason.DUPLICATE): 1}
