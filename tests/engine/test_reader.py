import asyncio
import gc
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError

from footfall.errors import QueryTooHeavy, Unavailable
from footfall.store import Engine, Reader, Statement

ENDLESS = Statement("endless", "SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 3")
RUNNING = Statement("running", "SELECT count() FROM system.processes WHERE startsWith(query, '/* endless')")
QUICK = Statement("quick", "SELECT 1")
SLOW_SITE, OTHER_SITE, THIRD_SITE = 1, 2, 3


def wait_until_it_runs(reader: Reader, times: int = 1) -> None:
    while reader.run(RUNNING) != [(times,)]:
        pass


@asynccontextmanager
async def held_by_a_slow_caller(engine: Engine, reader: Reader, threads: int = 2) -> AsyncIterator[Reader]:
    """A reader whose threads are all taken by questions about one site, and as many wait."""
    held = Reader(engine, threads=threads, timeout_seconds=600, max_memory_bytes=100_000_000)
    asked = [asyncio.create_task(held.ask(replace(ENDLESS, site_id=SLOW_SITE))) for _ in range(2 * threads)]
    await asyncio.to_thread(wait_until_it_runs, reader, threads)
    yield held
    await asyncio.to_thread(held.close)
    await asyncio.gather(*asked, return_exceptions=True)


async def test_it_ends_running_queries_when_closed(engine: Engine, reader: Reader) -> None:
    closing = Reader(engine, threads=1, timeout_seconds=600, max_memory_bytes=100_000_000)
    query = asyncio.create_task(closing.ask(ENDLESS))
    await asyncio.to_thread(wait_until_it_runs, reader)

    await asyncio.to_thread(closing.close)

    with pytest.raises(Unavailable):
        await query


@pytest.mark.parametrize("threads", [1, 2])
async def test_it_answers_others_while_one_site_holds_every_thread(
    engine: Engine, reader: Reader, threads: int
) -> None:
    async with held_by_a_slow_caller(engine, reader, threads) as held:
        others = [held.ask(replace(QUICK, site_id=site)) for site in (OTHER_SITE, THIRD_SITE) for _ in range(3)]

        answers = await asyncio.gather(*others)

        assert answers == [[(1,)]] * len(others)
        assert reader.run(RUNNING) == [(threads,)]  # the slow ones still do


async def test_it_never_runs_what_was_cancelled_before_its_turn(engine: Engine, reader: Reader) -> None:
    async with held_by_a_slow_caller(engine, reader) as held:
        late = asyncio.create_task(held.ask(replace(ENDLESS, site_id=OTHER_SITE)))
        await asyncio.sleep(0)
        late.cancel()

        await held.ask(replace(QUICK, site_id=OTHER_SITE))  # asked later, of the same site

        assert late.cancelled()
        assert reader.run(RUNNING) == [(2,)]


async def test_it_refuses_answers_of_too_many_rows(reader: Reader) -> None:
    with pytest.raises(QueryTooHeavy):
        await reader.ask(Statement("rows", "SELECT number FROM numbers(1000000)"))


async def test_it_answers_nobody_with_what_is_left_of_an_answer_that_broke_off(reader: Reader) -> None:
    for failing in ("SELECT number FROM numbers(1000000)", "SELECT nothing_of_that_name"):
        with pytest.raises((QueryTooHeavy, DatabaseError)):
            await reader.ask(Statement("failing", failing))

    assert await reader.ask(QUICK) == [(1,)]


async def test_it_stops_at_its_limits(engine: Engine) -> None:
    small = Reader(engine, threads=1, timeout_seconds=0.2, max_memory_bytes=20_000_000)
    too_big = Statement("memory", "SELECT uniqExact(number) FROM numbers(10000000)")

    for statement in (ENDLESS, too_big):
        with pytest.raises(QueryTooHeavy):
            await small.ask(statement)
    small.close()


async def test_it_ends_a_query_whose_caller_has_left(engine: Engine, reader: Reader) -> None:
    left = Reader(engine, threads=1, timeout_seconds=600, max_memory_bytes=100_000_000)
    asked = asyncio.create_task(left.ask(ENDLESS))
    await asyncio.to_thread(wait_until_it_runs, reader)

    asked.cancel()

    assert await left.ask(QUICK) == [(1,)]  # by the only thread, which is free again; and nothing is refused
    assert asked.cancelled()
    await asyncio.to_thread(left.close)


async def test_it_says_nothing_of_a_failure_nobody_waits_for_any_more(reader: Reader) -> None:
    reported: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: reported.append(context))
    failing = Statement("test", "SELECT throwIf(sleep(0.3) = 0)", {})
    waiting = asyncio.create_task(reader.ask_shared(failing))
    await asyncio.sleep(0.05)

    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    with pytest.raises(DatabaseError):
        await reader.ask_shared(failing)  # by the only thread, when the first has failed
    assert await reader.ask(QUICK) == [(1,)]
    del waiting  # nobody holds the first any more
    gc.collect()

    assert reported == []


@pytest.mark.parametrize("engine_format", ["CSVWithNames", "Parquet"])
def test_it_streams_without_holding_the_answer(reader: Reader, engine_format: str) -> None:
    endless = replace(ENDLESS, sql="SELECT number FROM numbers(1000000000000)")
    with closing(reader.stream(endless, engine_format)) as rows:
        first = [next(rows) for _ in range(3)]

    assert all(first)
    assert reader.run(RUNNING) == [(0,)]


def test_it_tells_a_failure_before_the_first_bytes_of_a_small_answer(reader: Reader) -> None:
    failing = Statement("failing", "SELECT number, throwIf(number = 10) FROM numbers(11) SETTINGS max_block_size = 5")

    with pytest.raises(DatabaseError):
        next(reader.stream(failing, "CSVWithNames"))
