"""Clients that send a byte now and then hold nobody up, and are sent away."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.serving import FootfallServer

SLOW = 100  # of each kind
_PAUSE_SECONDS = 0.5
_PATIENCE_SECONDS = 60

_LINE = b"POST /api/v1/event HTTP/1.1\r\nHost: stats.example\r\n"
_EVENT = json.dumps({"site": "nobody", "name": "pageview", "url": "https://alice.example/"}).encode()
_WHOLE = _LINE + b"Connection: close\r\nContent-Length: %d\r\n\r\n%b" % (len(_EVENT), _EVENT)
_BEGINNINGS = (_LINE + b"X-Slow: ", _LINE + b"Content-Length: 5000\r\n\r\n{")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FootfallServer]:
    folder: Path = tmp_path_factory.mktemp("slow") / "data"
    with FootfallServer(folder) as server:
        yield server


async def test_it_answers_others_while_two_hundred_clients_dribble_and_then_408(server: FootfallServer) -> None:
    slow = [asyncio.create_task(_dribble(server.port, start)) for start in _BEGINNINGS for _ in range(SLOW)]
    await asyncio.sleep(0)

    quick = await asyncio.gather(*(_ask(server.port) for _ in range(50)))
    were_waiting = sum(not task.done() for task in slow)
    answers = await asyncio.wait_for(asyncio.gather(*slow), _PATIENCE_SECONDS)

    assert {answer[9:12] for answer in quick} == {b"202"}
    assert were_waiting == 2 * SLOW
    assert {answer[9:12] for answer in answers} == {b"408"}
    assert {json.loads(answer.partition(b"\r\n\r\n")[2])["error"]["code"] for answer in answers} == {"timed_out"}


async def _ask(port: int) -> bytes:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(_WHOLE)
    answer = await reader.read()
    writer.close()
    return answer


async def _dribble(port: int, start: bytes) -> bytes:
    """Send a byte at a time until there is an answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(start)
    answer = asyncio.create_task(reader.read())
    while not (await asyncio.wait([answer], timeout=_PAUSE_SECONDS))[0]:
        writer.write(b"a")
    writer.close()
    return answer.result()
