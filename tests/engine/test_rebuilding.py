"""Channels told again after other rules, cut off at each step; rollups after another zone."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text
from tests.engine.oracle import Hit, applied, visits_of
from tests.engine.test_query_against_oracle import insert_in_pieces
from tests.engine.test_rollups_against_oracle import in_ms

from footfall.app.rebuilding import Rebuilder
from footfall.domain import Site, VisitAttributes
from footfall.enrich import channel_rules
from footfall.metadata import Database, sqlite_url
from footfall.query import ask
from footfall.sites import ChannelRebuilds, SiteDirectory
from footfall.spool import SeenIds, Spool
from footfall.store import Channels, EmbeddedEngine, Finaliser, Reader, Statement, Writer
from footfall.visits import Applier, OpenVisits

NOW = datetime(2024, 4, 2, 12, tzinfo=UTC)
HOUR_MS = 3_600_000
NOW_MS = int(NOW.timestamp() * 1000)
STEPS = (
    "channels of a month noted",
    "days with other channels marked",
    "channels told",
    "channels of a month finished",
    "channel rules noted",
)
NASTY = "it's {p0:String} \\ \n 'cross-network'"


class Killed(Exception):
    """The process ended here."""


class Bench:
    """A site whose events were stored by other rules, and what it takes to tell their channels again."""

    def __init__(
        self, folder: Path, engine: EmbeddedEngine, writer: Writer, reader: Reader, rollups: Finaliser
    ) -> None:
        self.database = Database(sqlite_url(folder))
        self.database.migrate()
        self.sites = SiteDirectory(self.database, lambda: NOW_MS)
        self.engine, self.reader, self.rollups = engine, reader, rollups
        self.spool = Spool(folder / "spool.db", max_bytes=10_000_000, clock_ms=lambda: NOW_MS, seen=SeenIds())
        self.applier = Applier(self.spool, writer, OpenVisits(self._zone_of), clock_ms=lambda: NOW_MS, interval_ms=10)

    def site(self) -> Site:
        (site,) = self.sites.all()
        return site

    def _zone_of(self, _: int) -> ZoneInfo:
        return self.site().zone

    def rebuilder(self, after_step: Callable[[str], None] = lambda _: None) -> Rebuilder:
        return Rebuilder(
            sites=self.sites,
            journal=ChannelRebuilds(self.database),
            channels=Channels(self.engine),
            rollups=self.rollups,
            reader=self.reader,
            applier=self.applier,
            settle=lambda: None,
            clock=lambda: NOW_MS,
            after_step=after_step,
        )

    def stored(self, table: str) -> set[tuple[str, str]]:
        sql = f"SELECT DISTINCT toString(source), toString(channel) FROM {table} WHERE site_id = {{site:UInt32}}"
        return {
            (source, channel) for source, channel in self.reader.run(Statement("test", sql, {"site": self.site().id}))
        }

    def channels(self, *, reads_rollups: bool = True) -> dict[str, float]:
        question = {
            "metrics": ["visits"],
            "dimensions": ["visit:channel"],
            "date_range": ["2024-02-01", "2024-04-02"],
        }
        found = asyncio.run(ask(self.reader, self.site(), question, NOW, reads_rollups=reads_rollups))
        return {row.dimensions[0]: row.metrics[0] for row in found.rows}  # type: ignore[misc]


@pytest.fixture
def bench(
    tmp_path: Path, engine: EmbeddedEngine, writer: Writer, reader: Reader, finaliser: Finaliser, site_id: int
) -> Iterator[Bench]:
    bench = Bench(tmp_path, engine, writer, reader, finaliser)
    bench.sites.create("example.com")
    with bench.database.session() as session:  # the store is shared by all tests of this file
        session.execute(text("UPDATE sites SET id = :id"), {"id": site_id})
    bench.sites.note_channel_rules(site_id, "older ones")
    yield bench
    bench.spool.close()
    bench.database.close()


def came(writer: Writer, site: Site, visitor: int, day: date, hours: float, source: str, channel: str) -> None:
    attributes = VisitAttributes(source=source, channel=channel, utm_campaign=NASTY if source == "Nasty" else "")
    at_ms = in_ms(day) + int(hours * HOUR_MS)
    hits = [Hit(visitor, at_ms + minute * 60_000, path="/a", attributes=attributes) for minute in (0, 20)]
    insert_in_pieces(writer, applied(visits_of(hits), site.id, site.zone))


def fill(bench: Bench, writer: Writer) -> None:
    site = bench.site()
    came(writer, site, 1, date(2024, 2, 10), 0, "Google", "Referral")
    came(writer, site, 2, date(2024, 2, 29), 11.9, "Google", "Referral")  # into the next month
    came(writer, site, 3, date(2024, 3, 5), 0, "Nasty", "Referral")
    came(writer, site, 4, date(2024, 3, 6), 0, "", "Direct")
    came(writer, site, 5, date(2024, 4, 2), -1, "Google", "Referral")
    bench.rollups.run([site], NOW_MS)


def die_after(step: str, passed: str) -> None:
    if passed == step:
        raise Killed


EXPECTED = {"Organic Search": 3, "Cross-network": 1, "Direct": 1}


def test_it_tells_channels_again_and_goes_on_where_it_was_cut_off(bench: Bench, writer: Writer) -> None:
    fill(bench, writer)
    before = bench.channels()

    for step in STEPS:
        with pytest.raises(Killed):
            bench.rebuilder(partial(die_after, step)).run()
        assert sum(bench.channels().values()) == 5
        bench.rollups.run([bench.site()], NOW_MS)  # what runs in the background does not wait for it
        assert bench.channels() == bench.channels(reads_rollups=False)
    again = bench.rebuilder()
    again.run()

    assert before == {"Referral": 4, "Direct": 1}
    expected = {("Google", "Organic Search"), ("Nasty", "Cross-network"), ("", "Direct")}
    assert bench.stored("events") == bench.stored("visits") == expected
    assert bench.channels() == bench.channels(reads_rollups=False) == EXPECTED
    assert bench.site().channel_rules == channel_rules()
    state = again.state(bench.site())
    assert (state.is_done, state.channels.done, state.channels.of) == (True, 3, 3)
    assert again.run() == 0
    again.close()


def test_it_leaves_the_rollups_of_months_alone_in_which_nothing_changed(
    bench: Bench, writer: Writer, reader: Reader
) -> None:
    site = bench.site()
    came(writer, site, 1, date(2024, 2, 10), 0, "Google", "Organic Search")
    came(writer, site, 2, date(2024, 3, 10), 0, "Google", "Referral")
    bench.rollups.run([site], NOW_MS)

    bench.rebuilder().run()

    sql = (
        "SELECT toString(day), max(generation) FROM finalised"
        " WHERE site_id = {site:UInt32} AND span = 'day' GROUP BY day"
    )
    assert dict(reader.run(Statement("test", sql, {"site": site.id}))) == {"2024-02-10": 1, "2024-03-10": 2}


def test_it_gives_an_open_visit_its_new_channel_for_what_is_still_to_come(bench: Bench, writer: Writer) -> None:
    site = bench.site()
    attributes = VisitAttributes(source="Google", channel="Referral")
    first, second = applied(
        visits_of([Hit(1, NOW_MS - 60_000, attributes=attributes), Hit(1, NOW_MS, attributes=attributes)]),
        site.id,
        site.zone,
    )
    insert_in_pieces(writer, [first])
    bench.applier.start()
    bench.applier.await_store(20)

    bench.rebuilder().run()
    asyncio.run(bench.spool.append([second.event]))
    bench.applier.stop()

    assert bench.stored("events") == bench.stored("visits") == {("Google", "Organic Search")}


def test_it_tells_how_far_the_rollups_of_another_zone_are(bench: Bench, writer: Writer) -> None:
    fill(bench, writer)
    bench.sites.note_channel_rules(bench.site().id, channel_rules())
    rebuilder = bench.rebuilder()
    moved = bench.sites.update(bench.site().id, timezone="Pacific/Auckland")

    before = rebuilder.state(moved)
    due = rebuilder.run()
    after = rebuilder.state(moved)

    assert moved.zone_changed_ms == NOW_MS
    assert (before.is_done, before.rollups.done) == (False, 0)
    assert due == 1
    assert after.is_done
    assert after.rollups.done == after.rollups.of >= 4
    assert sum(bench.channels().values()) == 4  # the last visit is of the 3rd of April now


def test_it_keeps_when_the_zone_changed_only_where_it_did(bench: Bench) -> None:
    site_id = bench.site().id

    same = bench.sites.update(site_id, timezone="Etc/UTC", currency="USD")

    assert same.zone_changed_ms == 0
