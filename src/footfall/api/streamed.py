"""Answers that a query is read for bit by bit: it ends with its response, however that ends."""

import asyncio
from collections.abc import AsyncGenerator, Iterator
from typing import Any

from fastapi.concurrency import run_in_threadpool
from fastapi.responses import StreamingResponse
from starlette.types import Receive, Scope, Send


class StreamedResponse(StreamingResponse):
    """Closes ``blocks`` at its end: left to the garbage collector, a query would wait for a reader for minutes."""

    def __init__(self, blocks: AsyncGenerator[bytes], **options: Any) -> None:
        super().__init__(blocks, **options)
        self._blocks = blocks

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await self._blocks.aclose()


async def passed_on(blocks: Iterator[bytes]) -> AsyncGenerator[bytes]:
    """The blocks, each fetched in a thread."""
    coming: asyncio.Future[bytes] | None = None
    try:
        while True:
            coming = asyncio.ensure_future(run_in_threadpool(next, blocks, b""))
            if not (block := await asyncio.shield(coming)):
                break
            yield block
    finally:
        await asyncio.shield(_closed(blocks, coming))


async def _closed(blocks: Iterator[bytes], coming: "asyncio.Future[bytes] | None") -> None:
    """End the query, too, where the caller has gone; a thread may be waiting for the next block."""
    if coming is not None and not coming.done():
        await run_in_threadpool(_call, blocks, "end")
        await asyncio.wait([coming])
    await run_in_threadpool(_call, blocks, "close")


def _call(blocks: Iterator[bytes], name: str) -> None:
    if method := getattr(blocks, name, None):
        method()
