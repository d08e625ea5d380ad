"""`/api/v1/sites/PUBLIC_ID/live`: what happens right now: WebSocket, server-sent events, or an answer.

All three tell the same messages. Whoever watches is asked for the right to it again every minute.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import suppress
from time import monotonic
from typing import Any, NamedTuple

from fastapi import APIRouter, Request, WebSocket
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response, StreamingResponse
from starlette.requests import HTTPConnection

from footfall.api.errors import ShapedErrorRoute, json_error
from footfall.api.rate import KeyRate
from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.realtime import Hub, Mailbox

ASK_AGAIN_SECONDS = 60
SCOPE = "stats:read"
_QUIET_SECONDS = 15  # proxies close connections that stay silent for longer than they like
_HEADERS = {"cache-control": "no-store", "x-accel-buffering": "no"}
_REFUSED, _ENDED = 1008, 1001  # close codes of RFC 6455
EXAMPLE: dict[str, Any] = {
    "now": {
        "active_now": 2,
        "current_visitors": 7,
        "minutes": [*[0] * 27, 3, 5, 4],
        "pages": [{"name": "/pricing", "visitors": 4}, {"name": "/", "visitors": 3}],
        "sources": [{"name": "Google", "visitors": 5}, {"name": "Direct / None", "visitors": 2}],
        "countries": [{"name": "EE", "visitors": 6}],
    },
    "conversions": [{"at_ms": 1_790_000_000_000, "goal": "Signup"}],
    "events": [
        {
            "at_ms": 1_790_000_000_000,
            "name": "pageview",
            "page": "/pricing",
            "visitor": "Fluffy Panda",
            "source": "Google",
            "country": "EE",
            "city": "Tartu",
            "device": "Mobile",
            "browser": "Firefox",
            "os": "Android",
        }
    ],
    "is_whole": True,
}


class Watcher(NamedTuple):
    """Whoever may watch a site; members see the feed of events as well."""

    site: Site
    is_member: bool


Access = Callable[[HTTPConnection, str], Watcher]
"""Raises NotSignedIn, NotAllowed or NotFound; may block."""


def live_router(hub: Hub, access: Access, rate: KeyRate) -> APIRouter:
    """Make the three routes."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}", tags=["live"], route_class=ShapedErrorRoute)

    @router.websocket("/live")
    async def live(socket: WebSocket, public_id: str) -> None:
        right = _Right(access, socket, public_id)
        try:
            watcher = await run_in_threadpool(access, socket, public_id)
            async with hub.watch(watcher.site, is_member=watcher.is_member) as mailbox:
                await socket.accept()
                await _first_of(_send(socket, messages(mailbox, right.ask_again)), _gone(socket))
        except FootfallError as error:  # before the socket is accepted: what comes later closes it
            await socket.send_denial_response(json_error(error))

    @router.get("/live/events", response_class=StreamingResponse)
    async def live_events(request: Request, public_id: str) -> StreamingResponse:
        """Tell what happens right now as server-sent events; each has a message as its data."""
        watcher = await run_in_threadpool(access, request, public_id)
        rate.count(request)
        right = _Right(access, request, public_id)
        return StreamingResponse(_server_sent(hub, watcher, right), media_type="text/event-stream", headers=_HEADERS)

    @router.get("/realtime")
    async def realtime(request: Request, public_id: str) -> Response:
        """Tell what happens right now, once."""
        watcher = await run_in_threadpool(access, request, public_id)
        rate.count(request)
        return Response(
            await hub.look(watcher.site, is_member=watcher.is_member), media_type="application/json", headers=_HEADERS
        )

    return router


class _Right(NamedTuple):
    """The right to watch, asked for again."""

    access: Access
    connection: HTTPConnection
    public_id: str

    async def ask_again(self) -> None:
        await run_in_threadpool(self.access, self.connection, self.public_id)


async def messages(
    mailbox: Mailbox, ask_again: Callable[[], Awaitable[None]], seconds: Callable[[], float] = monotonic
) -> AsyncIterator[str]:
    """Messages while the right to them lasts; an empty one after each quiet while."""
    asked_at = seconds()
    while (message := await _next(mailbox)) is not None:
        if seconds() - asked_at > ASK_AGAIN_SECONDS:
            asked_at = seconds()
            await ask_again()
        yield message


async def _next(mailbox: Mailbox) -> str | None:
    try:
        return await asyncio.wait_for(mailbox.next(), _QUIET_SECONDS)
    except TimeoutError:
        return ""


async def _send(socket: WebSocket, messages: AsyncIterator[str]) -> None:
    code = _ENDED
    try:
        async for message in messages:
            if message:
                await socket.send_text(message)
    except FootfallError:
        code = _REFUSED
    await socket.close(code)


async def _gone(socket: WebSocket) -> None:
    """Read until the client has gone; it has nothing to say that matters."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


async def _first_of(*coroutines: Coroutine[Any, Any, None]) -> None:
    tasks = [asyncio.create_task(one) for one in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _server_sent(hub: Hub, watcher: Watcher, right: _Right) -> AsyncIterator[str]:
    """The stream of events; it ends with the right to it, and whoever asks again is told why."""
    with suppress(FootfallError):
        async with hub.watch(watcher.site, is_member=watcher.is_member) as mailbox:
            async for message in messages(mailbox, right.ask_again):
                yield f"data: {message}\n\n" if message else ":\n\n"
