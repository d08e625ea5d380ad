"""Closed days are rolled up, changed ones again; whatever is not, or no longer, is read live."""

import asyncio
import itertools
import threading
from datetime import UTC, date, datetime, timedelta

import pytest
from tests.engine.oracle import Hit, applied, visits_of
from tests.engine.test_query_against_oracle import insert_in_pieces

from footfall.domain import Site
from footfall.query import Answer, ask
from footfall.store import Engine, Finaliser, Reader, Statement, Writer

HOUR_MS = 3_600_000
IN_APRIL = 31 * 24 + 1
MARCH_1 = 1_709_251_200_000  # 2024, UTC
APRIL_2 = datetime(2024, 4, 2, 12, tzinfo=UTC)
ROLLUPS = ("daily_events", "daily_visits", "monthly_events", "monthly_visits")
_visitors = itertools.count(10_000)


@pytest.fixture
def site(site_id: int) -> Site:
    return Site(id=site_id, public_id="p", domain="example.com")


def view(hours: float, path: str = "/", visitor: int = 0) -> Hit:
    return Hit(visitor or next(_visitors), MARCH_1 + int(hours * HOUR_MS), path=path)


def store(writer: Writer, site: Site, *hits: Hit) -> None:
    insert_in_pieces(writer, applied(visits_of(hits), site.id, site.zone))


def finalise(finaliser: Finaliser, site: Site, now: datetime = APRIL_2) -> int:
    return finaliser.run([site], int(now.timestamp() * 1000))


def visitors(reader: Reader, site: Site, first: str = "2024-03-01", last: str = "2024-03-31") -> Answer:
    question = {"metrics": ["visitors", "visits", "pageviews", "bounce_rate"], "date_range": [first, last]}
    return asyncio.run(ask(reader, site, question, APRIL_2))


def test_it_answers_closed_days_from_their_rollups(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    store(writer, site, view(1), view(30))

    assert finalise(finaliser, site, datetime(2024, 3, 2, 2, tzinfo=UTC)) == 1

    answer = visitors(reader, site)
    assert answer.rows[0].metrics[:3] == (2, 2, 2)
    assert answer.tables == ("daily_events", "daily_visits", "events", "visits")


def test_it_waits_an_hour_after_the_end_of_a_day(writer: Writer, finaliser: Finaliser, site: Site) -> None:
    store(writer, site, view(1))

    assert finalise(finaliser, site, datetime(2024, 3, 2, 0, 59, tzinfo=UTC)) == 0
    assert finalise(finaliser, site, datetime(2024, 3, 2, 1, 0, tzinfo=UTC)) == 1


def test_it_answers_whole_months_from_theirs(writer: Writer, reader: Reader, finaliser: Finaliser, site: Site) -> None:
    store(writer, site, view(1), view(30), view(IN_APRIL))

    assert finalise(finaliser, site) == 4

    answer = visitors(reader, site)
    assert answer.rows[0].metrics[:3] == (2, 2, 2)
    assert answer.tables == ("monthly_events", "monthly_visits", "visits")


def test_it_does_nothing_twice(writer: Writer, finaliser: Finaliser, site: Site) -> None:
    store(writer, site, view(1))
    finalise(finaliser, site)

    assert finalise(finaliser, site) == 0


def test_it_counts_a_visit_over_midnight_and_its_visitor_once(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    store(writer, site, view(23.8, visitor=5), view(24.1, visitor=5), view(23.9), view(24.2))

    finalise(finaliser, site)

    assert visitors(reader, site).rows[0].metrics == (3, 3, 4, 67)
    assert visitors(reader, site, "2024-03-01", "2024-03-01").rows[0].metrics[:3] == (2, 2, 2)
    assert visitors(reader, site, "2024-03-01", "2024-03-02").rows[0].metrics[:3] == (3, 3, 4)


def test_it_reads_a_day_with_late_events_live_until_it_is_rolled_up_again(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    store(writer, site, view(1), view(30), view(IN_APRIL))
    finalise(finaliser, site)

    store(writer, site, view(2))
    dirty = visitors(reader, site)
    rolled_up = finalise(finaliser, site)
    clean = visitors(reader, site)

    assert dirty.rows == clean.rows
    assert clean.rows[0].metrics[:3] == (3, 3, 3)
    assert "events" in dirty.tables
    assert "events" not in clean.tables
    assert rolled_up == 2  # the day and its month


def test_it_reads_the_day_live_on_which_a_visit_ended_that_had_a_late_event_the_day_before(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    hits = [view(23.8, visitor=5), view(23.9, visitor=5), view(24.1, visitor=5)]
    first, late, last = applied(visits_of(hits), site.id, site.zone)
    insert_in_pieces(writer, [first, last])
    finalise(finaliser, site)

    insert_in_pieces(writer, [late])

    question = {"metrics": ["views_per_visit"], "date_range": ["2024-03-02", "2024-03-02"]}
    dirty = asyncio.run(ask(reader, site, question, APRIL_2))
    assert dirty.rows[0].metrics == (3,)
    assert dirty.tables == ("visits",)
    assert finalise(finaliser, site) == 2


def test_it_deletes_what_no_longer_holds_a_run_later(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    store(writer, site, view(1), view(IN_APRIL))
    finalise(finaliser, site)
    store(writer, site, view(2))
    finalise(finaliser, site)
    both = {generations(reader, table, site) for table in ROLLUPS}

    finalise(finaliser, site)

    assert both == {(1, 2)}
    assert {generations(reader, table, site) for table in ROLLUPS} == {(2,)}


def test_it_bears_a_crash_before_the_rows_were_said_to_hold(
    engine: Engine, writer: Writer, reader: Reader, site: Site
) -> None:
    store(writer, site, view(1))
    client = engine.client()
    for table in ROLLUPS:
        columns = "(site_id, day, generation, confined_visitors)"
        client.command(f"INSERT INTO {table} {columns} VALUES ({site.id}, '2024-03-01', 1, 7)")
    before = visitors(reader, site)
    restarted = Finaliser(engine, threading.Lock)

    finalise(restarted, site)

    assert visitors(reader, site).rows == before.rows
    assert before.rows[0].metrics[:3] == (1, 1, 1)
    client.close()
    restarted.close()


def test_it_forgets_days_and_those_a_visit_reaches_into(
    writer: Writer, reader: Reader, finaliser: Finaliser, site: Site
) -> None:
    store(writer, site, view(1), view(23.9, visitor=5), view(24.1, visitor=5), view(50), view(IN_APRIL))
    finalise(finaliser, site)
    before = visitors(reader, site)

    finaliser.forget_days(site.id, [day_number(2024, 3, 1)])

    assert days_of(reader, "daily_events", site) == [date(2024, 3, 3), date(2024, 4, 1)]
    assert days_of(reader, "monthly_visits", site) == []
    assert visitors(reader, site).rows == before.rows


def test_it_forgets_all_of_a_site(writer: Writer, reader: Reader, finaliser: Finaliser, site: Site) -> None:
    store(writer, site, view(1))
    finalise(finaliser, site)

    finaliser.forget_days(site.id)

    assert [days_of(reader, table, site) for table in (*ROLLUPS, "finalised")] == [[]] * 5


def test_it_reads_days_of_another_zone_live(writer: Writer, reader: Reader, finaliser: Finaliser, site: Site) -> None:
    store(writer, site, view(1))
    finalise(finaliser, site)

    moved = Site(id=site.id, public_id="p", domain="example.com", timezone="Europe/Berlin")

    assert visitors(reader, moved).tables == ("events", "visits")


def generations(reader: Reader, table: str, site: Site) -> tuple[int, ...]:
    sql = f"SELECT DISTINCT generation FROM {table} WHERE site_id = {site.id} AND day < '2024-04-01' ORDER BY 1"
    return tuple(row[0] for row in reader.run(Statement("test", sql)))


def days_of(reader: Reader, table: str, site: Site) -> list[date]:
    sql = f"SELECT DISTINCT day FROM {table} WHERE site_id = {site.id} ORDER BY day"
    return [row[0] for row in reader.run(Statement("test", sql))]


def day_number(year: int, month: int, day: int) -> int:
    return (date(year, month, day) - date(1970, 1, 1)) // timedelta(days=1)
