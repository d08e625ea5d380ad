import asyncio

import pytest

from footfall.errors import Unavailable
from footfall.store import Engine, Reader, Statement

ENDLESS = Statement("endless", "SELECT count() FROM numbers(1000000000000) WHERE cityHash64(number) = 3")
RUNNING = Statement("running", "SELECT count() FROM system.processes WHERE startsWith(query, '/* endless')")


def wait_until_it_runs(reader: Reader) -> None:
    while reader.run(RUNNING) != [(1,)]:
        pass


async def test_it_ends_running_queries_when_closed(engine: Engine, reader: Reader) -> None:
    closing = Reader(engine, threads=1, timeout_seconds=600, max_memory_bytes=100_000_000)
    query = asyncio.create_task(closing.ask(ENDLESS))
    await asyncio.to_thread(wait_until_it_runs, reader)

    await asyncio.to_thread(closing.close)

    with pytest.raises(Unavailable):
        await query
