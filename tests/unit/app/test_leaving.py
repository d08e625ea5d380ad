"""A server that callers leave, over a real connection."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
import uvicorn
from tests.faults.waiting import wait_until

from footfall.app.leaving import ending_with_callers
from footfall.collect.http import Receive, Scope, Send


class Slow:
    """Reads the body, and never answers but at /quick, after which it still has something to do."""

    def __init__(self) -> None:
        self.began, self.ended, self.finished = asyncio.Event(), asyncio.Event(), asyncio.Event()
        self.body = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_whole = False
        while not is_whole:
            message = await receive()
            self.body += message["body"]
            is_whole = not message.get("more_body", False)
        self.began.set()
        if scope["path"] == "/quick":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
            await send({"type": "http.response.body", "body": b"ok"})
            await asyncio.sleep(0.05)
            self.finished.set()
            return
        try:
            await asyncio.sleep(0.2 if scope["method"] == "DELETE" else 60)
            self.finished.set()
        except asyncio.CancelledError:
            self.ended.set()
            raise


@asynccontextmanager
async def served(app: Slow) -> AsyncIterator[int]:
    config = uvicorn.Config(ending_with_callers(app), port=0, lifespan="off", log_config=None, interface="asgi3")
    server = uvicorn.Server(config)
    task = asyncio.create_task(server.serve())
    await asyncio.to_thread(wait_until, lambda: server.started, 5, "the server started")
    yield server.servers[0].sockets[0].getsockname()[1]
    server.should_exit = True
    await task


async def ask(port: int, request: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(request)
    return reader, writer


@pytest.mark.parametrize(
    "request_line", [b"GET / HTTP/1.1\r\n", b"POST /api/v2/query HTTP/1.1\r\ncontent-length: 2\r\n"]
)
async def test_it_ends_what_nobody_waits_for(request_line: bytes) -> None:
    app = Slow()
    async with served(app) as port:
        _, writer = await ask(port, request_line + b"host: a.example\r\n\r\n" + b"{}" * (b"POST" in request_line))
        await app.began.wait()

        writer.close()

        await asyncio.wait_for(app.ended.wait(), 5)
    assert app.body == b"{}" * (b"POST" in request_line)


async def test_it_lets_changes_and_what_follows_an_answer_go_on() -> None:
    deleting, quick = Slow(), Slow()
    async with served(deleting) as port:
        _, writer = await ask(port, b"DELETE / HTTP/1.1\r\nhost: a.example\r\n\r\n")
        await deleting.began.wait()
        writer.close()
        await asyncio.wait_for(deleting.finished.wait(), 5)
    async with served(quick) as port:
        reader, writer = await ask(port, b"GET /quick HTTP/1.1\r\nhost: a.example\r\n\r\n")

        answer = await reader.readuntil(b"ok")
        writer.close()

        await asyncio.wait_for(quick.finished.wait(), 5)
    assert answer.startswith(b"HTTP/1.1 200")
    assert not deleting.ended.is_set()
