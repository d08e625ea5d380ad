"""Erasure in the store: the rows go, what derives from them is right, and no byte of them is left in any file."""

import itertools
from collections.abc import Iterator

import pytest
from tests.column_files import files_holding

from footfall.domain import Event, Site, VisitAttributes
from footfall.domain.calendar import DAY_MS
from footfall.store import AppliedEvent, EmbeddedEngine, Erasure, Reader, Statement, StoredVisit, Writer

DAY = 20_000  # 2024-10-04
_numbers = itertools.count(5_000_000)


@pytest.fixture
def erasure(engine: EmbeddedEngine, writer: Writer) -> Iterator[Erasure]:
    erasure = Erasure(engine, writer)
    yield erasure
    erasure.close()


def view(site_id: int, visitor_id: int, day: int, word: str, *, opened_day: int = 0) -> AppliedEvent:
    """A view of the last minute of its day, or of the first of the day after its visit opened."""
    opened_day = opened_day or day
    opened_ms = (opened_day + 1) * DAY_MS - 60_000
    at_ms = opened_ms if day == opened_day else day * DAY_MS + 60_000
    attributes = VisitAttributes(source=f"{word}-source")
    event = Event(
        site_id, next(_numbers), "pageview", at_ms, at_ms, visitor_id, 0, False, "example.com", f"/{word}-path",
        attributes, props={f"{word}-key": f"{word}-value"},
    )  # fmt: skip
    visit_id = visitor_id % 1_000_003
    visit = StoredVisit(site_id, visitor_id, visit_id, opened_ms, opened_day, opened_ms, at_ms, attributes)
    return AppliedEvent(event, visit, day)


def insert(writer: Writer, *events: AppliedEvent) -> None:
    number = next(_numbers)
    writer.insert(number, f"erasure-{number}", events)


def totals(reader: Reader, site_id: int) -> tuple[int, ...]:
    """Events, events by visits, visits."""
    sql = (
        "SELECT (SELECT count() FROM events WHERE site_id = {site:UInt32}),"
        " (SELECT sum(events) FROM visits FINAL WHERE site_id = {site:UInt32}),"
        " (SELECT count() FROM visits FINAL WHERE site_id = {site:UInt32})"
    )
    return tuple(int(value) for value in reader.run(Statement("test", sql, {"site": site_id}))[0])


def files_with(engine: EmbeddedEngine, word: str) -> list[str]:
    return files_holding(engine.path, word.encode())


def test_it_erases_a_visitor_and_nobody_else(
    writer: Writer, reader: Reader, erasure: Erasure, engine: EmbeddedEngine, site_id: int
) -> None:
    word, other = f"alice{site_id}", f"bob{site_id}"
    visitor = 9_000_000_000_000_000_000 + site_id
    insert(writer, view(site_id, visitor, DAY, word), view(site_id, 2, DAY, other))
    insert(writer, view(site_id, visitor, DAY + 40, word))
    before = files_with(engine, word)

    erased = erasure.visitors(site_id, [visitor])

    assert erased == 2
    assert before
    assert files_with(engine, word) == []
    assert files_with(engine, str(visitor)) == []
    assert files_with(engine, other)
    assert totals(reader, site_id) == (1, 1, 1)


def test_it_erases_days_and_keeps_the_rest_of_visits_that_reach_out(
    writer: Writer, reader: Reader, erasure: Erasure, engine: EmbeddedEngine, site_id: int
) -> None:
    erased, kept = f"within{site_id}", f"without{site_id}"
    insert(
        writer,
        view(site_id, 1, DAY - 1, kept),
        view(site_id, 1, DAY, erased, opened_day=DAY - 1),
        view(site_id, 2, DAY, erased),
        view(site_id, 2, DAY + 1, kept, opened_day=DAY),
        view(site_id, 3, DAY, erased),
        view(site_id, 4, DAY + 1, kept),
    )
    before = totals(reader, site_id)

    count = erasure.days(Site(id=site_id, public_id="p", domain="example.com"), DAY, DAY)

    assert before == (6, 6, 4)
    assert count == 3
    assert totals(reader, site_id) == (3, 3, 3)
    assert files_with(engine, f"{erased}-path") == []
    assert files_with(engine, f"{kept}-path")


def test_it_erases_a_site(
    writer: Writer, reader: Reader, erasure: Erasure, engine: EmbeddedEngine, site_id: int
) -> None:
    word = f"charlie{site_id}"
    insert(writer, view(site_id, 1, DAY, word), view(site_id, 2, DAY + 1, word, opened_day=DAY))

    assert erasure.site(site_id) == 2
    assert totals(reader, site_id) == (0, 0, 0)
    assert files_with(engine, word) == []


def test_it_does_again_what_was_cut_off(writer: Writer, reader: Reader, erasure: Erasure, site_id: int) -> None:
    insert(writer, view(site_id, 1, DAY, "again"), view(site_id, 1, DAY + 1, "again", opened_day=DAY))
    delete = "ALTER TABLE events DELETE WHERE site_id = {site:UInt32} AND local_day = toDate(20000)"
    writer._command(f"{delete} SETTINGS mutations_sync = 2", site=site_id)

    erasure.days(Site(id=site_id, public_id="p", domain="example.com"), DAY, DAY)

    assert totals(reader, site_id) == (1, 1, 1)


def test_it_leaves_the_tables_as_they_were(erasure: Erasure, reader: Reader, site_id: int) -> None:
    tables = Statement("test", "SELECT create_table_query FROM system.tables WHERE name IN ('events', 'visits')")
    before = reader.run(tables)

    erasure.visitors(site_id, [1])

    assert reader.run(tables) == before
