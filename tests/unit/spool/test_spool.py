import asyncio
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from footfall.domain import Event, VisitAttributes
from footfall.errors import Unavailable
from footfall.spool import SeenIds, Spool, give_new_identity

DAY_MS = 86_400_000


def event(event_id: int, *, at_ms: int = 1_700_000_000_000, path: str = "/") -> Event:
    return Event(1, event_id, "pageview", at_ms, at_ms, 5, 0, False, "example.com", path, VisitAttributes())


def open_spool(path: Path, *, max_bytes: int = 10_000_000) -> Spool:
    return Spool(path, max_bytes=max_bytes, clock_ms=lambda: 0, seen=SeenIds())


def bytes_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.iterdir())


async def append_until_refused(spool: Spool) -> int:
    for number in range(1, 1000):
        try:
            await spool.append([event(number, path="/" + "x" * 1500)])
        except Unavailable:
            return number
    raise AssertionError("the budget was never reached")


@pytest.fixture
def spool(tmp_path: Path) -> Iterator[Spool]:
    spool = open_spool(tmp_path / "spool.db")
    yield spool
    spool.close()


async def test_it_gives_back_what_was_appended_in_order(spool: Spool) -> None:
    await spool.append([event(1), event(2)])
    await spool.append([event(3)])

    batch = spool.take(100)

    assert batch is not None
    assert [event.event_id for event in batch.events] == [1, 2, 3]


async def test_it_keeps_rows_until_a_batch_is_finished(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool.db")
    await spool.append([event(1)])
    taken = spool.take(100)
    spool.close()

    again = open_spool(tmp_path / "spool.db")
    assert again.pending() == taken
    assert taken is not None
    again.finish(taken)

    assert again.pending() is None
    assert again.take(100) is None
    again.close()


async def test_it_gives_every_attempt_its_own_token(spool: Spool) -> None:
    await spool.append([event(1)])
    first = spool.take(100)
    assert first is not None

    second = spool.retry(first)

    assert second.batch_id == first.batch_id
    assert second.token != first.token
    assert spool.pending() == second


async def test_it_answers_which_events_are_duplicates(spool: Spool) -> None:
    await spool.append([event(1), event(2)])

    appended = await spool.append([event(2), event(3), event(3)])

    assert appended.duplicates == {0, 2}
    batch = spool.take(100)
    assert batch is not None
    assert [event.event_id for event in batch.events] == [1, 2, 3]


async def test_it_commits_many_requests_at_once(spool: Spool) -> None:
    await asyncio.gather(*(spool.append([event(number)]) for number in range(1, 501)))

    waiting, _ = spool.depth()
    assert waiting < 250
    batch = spool.take(1000)
    assert batch is not None
    assert [event.event_id for event in batch.events] == list(range(1, 501))


async def test_it_bounds_a_batch_by_events_and_months(spool: Spool) -> None:
    await spool.append([event(number) for number in range(1, 11)])
    await spool.append([event(number) for number in range(11, 21)])
    await spool.append([event(100 + month, at_ms=1_000_000_000_000 + month * 31 * DAY_MS) for month in range(120)])

    taken = []
    while (batch := spool.take(15)) is not None:
        taken.append([event.event_id for event in batch.events])
        months = {event.timestamp_ms // (28 * DAY_MS) for event in batch.events}
        assert len(months) <= 45
        spool.finish(batch)

    assert taken[:2] == [list(range(1, 11)), list(range(11, 21))]
    assert sorted(number for part in taken[2:] for number in part) == list(range(100, 220))


async def test_it_refuses_past_its_budget_and_goes_on_after(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool.db", max_bytes=200_000)
    refused = await append_until_refused(spool)

    while (batch := spool.take(1000)) is not None:
        spool.finish(batch)
    appended = await spool.append([event(refused)])

    assert appended.duplicates == frozenset()
    spool.close()


async def test_it_sets_a_damaged_row_aside_and_keeps_the_rest(tmp_path: Path) -> None:
    spool = open_spool(tmp_path / "spool.db")
    for number in (1, 2, 3):
        await spool.append([event(number)])
    spool.close()
    with sqlite3.connect(tmp_path / "spool.db") as database:
        database.execute("UPDATE groups SET payload = zeroblob(20) WHERE seq = 2")
    database.close()

    spool = open_spool(tmp_path / "spool.db")
    batch = spool.take(100)

    assert batch is not None
    assert [event.event_id for event in batch.events] == [1, 3]
    assert spool.depth() == (2, 1)
    spool.close()


async def test_it_knows_ids_it_was_told_of(spool: Spool) -> None:
    spool.remember([1, 2])

    appended = await spool.append([event(1), event(3)])

    assert appended.duplicates == {0}
    assert spool.event_ids() == [3]


async def test_it_numbers_the_batches_of_a_copy_anew(tmp_path: Path, spool: Spool) -> None:
    await spool.append([event(1)])
    taken = spool.take(100)
    spool.copy_to(tmp_path / "copy.db")

    give_new_identity(tmp_path / "copy.db")

    copy = open_spool(tmp_path / "copy.db")
    pending, again = copy.pending(), copy.take(100)
    copy.close()
    assert pending is None
    assert taken is not None
    assert again is not None
    assert again.batch_id >> 32 != taken.batch_id >> 32
    assert again.events == taken.events


async def test_it_leaves_no_byte_of_what_was_stored_once_its_journal_is_wiped(tmp_path: Path, spool: Spool) -> None:
    await spool.append([event(1, path="/told-by-alice")])
    batch = spool.take(100)
    assert batch is not None
    spool.finish(batch)
    kept = bytes_in(tmp_path)

    spool.wipe_journal()

    assert b"/told-by-alice" in kept
    assert b"/told-by-alice" not in bytes_in(tmp_path)


async def test_it_says_when_more_waits_than_a_batch_holds(spool: Spool) -> None:
    await spool.append([event(1), event(2)])
    await spool.append([event(3)])

    first = spool.take(2)
    assert first is not None
    spool.finish(first)
    second = spool.take(2)

    assert second is not None
    assert (first.is_cut, second.is_cut) == (True, False)
