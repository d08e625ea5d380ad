"""Intake's own connections over a real socket: order, time limits, bad requests, and handing over to the pages."""

import asyncio
import gc
import sys
import weakref
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from typing import Any

import pytest

from footfall.collect import connection, http
from footfall.collect.asgi import CollectApp
from footfall.collect.connection import IDLE_SECONDS, REQUEST_SECONDS, IntakeConnection, Lane
from footfall.collect.http import Receive, Response, Scope
from footfall.collect.routes import Methods, Route
from footfall.domain import Site

POST = b"POST /event HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%b"


class Echo:
    """A door that answers with what it was sent, once it may."""

    def __init__(self) -> None:
        self.may_answer = asyncio.Event()
        self.may_answer.set()
        self.scopes: list[Scope] = []

    async def event(self, scope: Scope, receive: Receive) -> Response:
        self.scopes.append(scope)
        body = await http.read_body(receive, 1_000)
        await self.may_answer.wait()
        return Response(202, body, ((b"x-echo", b"yes"),))


class Pages(asyncio.Protocol):
    """The server of everything else: tells for each piece what the first one asked for."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport: Any = transport
        self.path = b""

    def data_received(self, data: bytes) -> None:
        self.path = self.path or data.split(b" ")[1]
        self.transport.write(b"page for " + self.path + b"\n")


class Client:
    """One connection."""

    def __init__(self, lane: Lane, echo: Echo, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.lane = lane
        self.echo = echo
        self._reader = reader
        self._writer = writer

    def send(self, data: bytes) -> None:
        self._writer.write(data)

    async def send_held(self, data: bytes) -> None:
        """Send requests, the first of which is being answered until the echo may."""
        self.echo.may_answer.clear()
        self.send(data)
        await until(lambda: len(self.echo.scopes) == 1)

    async def send_to_wait(self, data: bytes) -> None:
        """Send what then waits in the lane."""
        waiting = len(self.lane.waiting) + 1
        self.send(data)
        await until(lambda: len(self.lane.waiting) == waiting)

    async def answer(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body of the next answer."""
        head = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
        headers = dict(line.split(": ", 1) for line in head[1:] if line)
        body = await self._reader.readexactly(int(headers.get("content-length", 0)))
        return int(head[0].split(" ")[1]), headers, body

    async def line(self) -> bytes:
        return await self._reader.readline()

    async def another(self) -> "Client":
        """A second connection to the same server."""
        return Client(self.lane, self.echo, *await asyncio.open_connection(*self._writer.get_extra_info("peername")))

    def close(self) -> None:
        self._writer.close()

    async def rest(self) -> bytes:
        """Everything until the server closes."""
        return await self._reader.read()


class OwnHost:
    """One site has a host of its own, where events go to another path."""

    name = "own.example"
    site = Site(id=1, public_id="site", domain="example.com", custom_domain=name)

    def __init__(self, echo: Echo) -> None:
        self._echo = echo

    def of_headers(self, headers: Iterable[tuple[bytes, bytes]]) -> Site | None:
        return self.site if (b"host", self.name.encode()) in headers else None

    def of_start(self, data: bytes) -> Site | None:
        return self.site if b"Host: own.example\r\n" in data else None

    def methods(self, site: Site, path: str) -> Methods:
        return {"POST": self._echo.event} if path == "/seen" else {"GET": _not_there}


async def _not_there(scope: Scope, receive: Receive) -> Response:
    return Response(404)


@asynccontextmanager
async def connected() -> AsyncIterator[Client]:
    echo = Echo()
    app = CollectApp([Route("/event", {"POST": echo.event})], _no_following, OwnHost(echo))
    lane = Lane(app, set(), Pages)
    server = await asyncio.get_running_loop().create_server(lambda: IntakeConnection(lane), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield Client(lane, echo, reader, writer)
    finally:
        writer.close()
        server.close()
        await server.wait_closed()


async def _no_following(*_: Any) -> None:
    raise AssertionError("the connection should have been handed over")


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110 - a state of ours sets no event
            await asyncio.sleep(0)


async def test_it_answers_one_request_after_the_other_on_a_connection() -> None:
    async with connected() as client:
        client.send(POST % (2, b"hi"))
        first = await client.answer()
        client.send(POST % (3, b"you"))
        second = await client.answer()

    assert (first[0], first[2], second[2]) == (202, b"hi", b"you")
    assert first[1]["x-echo"] == "yes"
    assert first[1]["access-control-allow-origin"] == "*"
    assert first[1]["date"].endswith("GMT")


async def test_it_tells_the_door_what_asgi_would() -> None:
    async with connected() as client:
        client.send(b"POST /%65vent?a=1&b HTTP/1.1\r\nHost: x\r\nX-Two: b\r\nContent-Length: 0\r\n\r\n")
        await client.answer()

    scope = client.echo.scopes[0]
    assert (scope["method"], scope["path"], scope["query_string"]) == ("POST", "/event", b"a=1&b")
    assert (b"x-two", b"b") in scope["headers"]
    assert scope["client"][0] == "127.0.0.1"


async def test_it_answers_at_the_host_of_a_site_what_is_there_alone() -> None:
    async with connected() as client:
        client.send(b"POST /seen HTTP/1.1\r\nHost: own.example\r\nContent-Length: 2\r\n\r\nhi")
        taken = await client.answer()
        client.send(b"GET /event HTTP/1.1\r\nHost: own.example\r\n\r\n")
        intake_of_all = await client.answer()
        client.send(b"GET /sign-in HTTP/1.1\r\nHost: own.example\r\n\r\n")
        page = await client.answer()
        client.send(b"GET /sign-in HTTP/1.1\r\nHost: x\r\n\r\n")
        handed_over = await client.line()

    assert (taken[0], taken[2]) == (202, b"hi")
    assert (intake_of_all[0], page[0], handed_over) == (404, 404, b"page for /sign-in\n")


async def test_it_goes_by_the_host_that_came_with_the_whole_request() -> None:
    async with connected() as client:
        client.send(b"POST /event HTTP/1.1\r\n")
        await until(lambda: bool(client.lane.connections))
        client.send(b"Host: own.example\r\nContent-Length: 0\r\n\r\n")
        status, *_ = await client.answer()

    assert (status, client.echo.scopes) == (405, [])


async def test_it_puts_together_what_arrives_in_pieces() -> None:
    whole = POST % (10, b"0123456789")
    async with connected() as client:
        client.send(whole[:-9])
        await until(lambda: bool(client.lane.connections))
        client.send(whole[-9:])
        answer = await client.answer()

    assert answer[2] == b"0123456789"


async def test_it_answers_requests_sent_ahead_in_their_order() -> None:
    async with connected() as client:
        await client.send_held(POST % (1, b"a") + POST % (1, b"b") + POST % (1, b"c"))
        client.echo.may_answer.set()
        bodies = [(await client.answer())[2] for _ in range(3)]

    assert bodies == [b"a", b"b", b"c"]


@pytest.mark.parametrize("room", [1, 256])
async def test_it_answers_very_many_sent_ahead(monkeypatch: pytest.MonkeyPatch, room: int) -> None:
    many = 3 * sys.getrecursionlimit()
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", room)
    async with connected() as client:
        await client.send_held(POST % (1, b"a") * many)
        client.echo.may_answer.set()
        statuses = [(await client.answer())[0] for _ in range(many)]

    assert set(statuses) == {202}


async def test_it_refuses_very_many_sent_ahead_while_others_take_all_room(monkeypatch: pytest.MonkeyPatch) -> None:
    many = sys.getrecursionlimit() * 2 // 3  # as much as arrives at once
    async with connected() as client:
        await client.send_held(POST % (1, b"a") * many)
        monkeypatch.setattr(connection, "MAX_UNDER_WAY", 0)
        client.echo.may_answer.set()
        statuses = [(await client.answer())[0] for _ in range(many)]

    assert statuses == [202] + [503] * (many - 1)


async def test_it_lets_in_one_after_the_other_what_waits_while_others_are_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", 1)
    async with connected() as client:
        await client.send_held(POST % (1, b"a"))
        for body in (b"b", b"c", b"d"):
            await client.send_to_wait(POST % (1, body))
        client.echo.may_answer.set()
        bodies = [(await client.answer())[2] for _ in range(4)]

    assert bodies == [b"a", b"b", b"c", b"d"]
    assert (client.lane.under_way, client.lane.waiting_bytes) == (0, 0)


async def test_it_hands_a_connection_that_asks_for_a_page_over() -> None:
    async with connected() as client:
        client.send(POST % (1, b"a"))
        await client.answer()
        client.send(b"GET /sites HTTP/1.1\r\nHost: x\r\n\r\n")
        line = await client.line()

    assert line == b"page for /sites\n"
    assert client.lane.connections == set()


async def test_it_hands_over_all_of_a_page_request_that_waited_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", 1)
    async with connected() as client:
        await client.send_held(POST % (1, b"a"))
        for piece in (b"POST /sites HTTP/1.1\r\n\r\n", b"rest of-it"):
            await client.send_to_wait(piece)
        client.echo.may_answer.set()
        await client.answer()
        lines = [await client.line(), await client.line()]

    assert lines == [b"page for /sites\n"] * 2


async def test_it_hands_over_what_waited_before_what_comes_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", 1)
    async with connected() as client:
        await client.send_held(POST % (1, b"a"))
        page, event = await client.another(), await client.another()
        await page.send_to_wait(b"POST /sites HTTP/1.1\r\n\r\n")
        await event.send_to_wait(POST % (1, b"b"))
        await page.send_to_wait(b"rest")
        client.lane.under_way -= 1  # one is let in, and begins to be answered, which leaves no room for the next
        client.lane.let_in()
        await until(lambda: len(client.echo.scopes) == 2)
        await until(lambda: not client.lane.waiting)
        lines = [await page.line(), await page.line()]
        page.close()
        event.close()

    assert lines == [b"page for /sites\n"] * 2
    assert client.lane.waiting_bytes == 0


@pytest.mark.parametrize(
    "request_bytes",
    [
        b"POST /event HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"POST /event HTTP/9.9\r\n\r\n",
        b"POST /event HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"POST /event HTTP/1.1\r\nbad header\r\n\r\n",
    ],
)
async def test_it_refuses_what_is_no_http_and_closes(request_bytes: bytes) -> None:
    async with connected() as client:
        client.send(request_bytes)
        status, headers, body = await client.answer()
        rest = await client.rest()

    assert (status, headers["connection"], rest) == (400, "close", b"")
    assert b'"invalid_input"' in body


async def test_it_closes_after_the_answer_when_the_client_asks_for_that() -> None:
    async with connected() as client:
        client.send(b"POST /event HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n")
        status, headers, _ = await client.answer()
        rest = await client.rest()

    assert (status, headers["connection"], rest) == (202, "close", b"")


async def test_it_invites_a_body_that_waits_to_be_invited() -> None:
    async with connected() as client:
        client.send(b"POST /event HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
        invitation = (await client.answer())[0]
        client.send(b"hi")
        answer = await client.answer()

    assert (invitation, answer[2]) == (100, b"hi")


async def test_it_gives_up_on_a_request_that_dribbles_in() -> None:
    async with connected() as client:
        client.send((POST % (10, b"0123456789"))[:-3])
        await until(lambda: any(one.is_receiving for one in client.lane.connections))
        for _ in range(REQUEST_SECONDS + 1):
            client.lane.tick()
        status, _, body = await client.answer()
        rest = await client.rest()

    assert (status, rest) == (408, b"")
    assert b'"timed_out"' in body


async def test_it_closes_connections_nobody_uses_but_not_one_that_waits_for_its_answer() -> None:
    async with connected() as client:
        await client.send_held(POST % (1, b"a"))
        for _ in range(IDLE_SECONDS + 1):
            client.lane.tick()
        client.echo.may_answer.set()
        answered = (await client.answer())[0]
        for _ in range(IDLE_SECONDS + 1):
            client.lane.tick()
        rest = await client.rest()

    assert (answered, rest) == (202, b"")


async def test_it_refuses_a_body_no_door_would_take() -> None:
    async with connected() as client:
        client.send(b"POST /event HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
        for _ in range(90):
            client.send(b"x" * 100_000)
        status, _, _ = await client.answer()

    assert status == 413


async def test_it_refuses_at_once_what_is_more_than_it_can_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", 0)
    monkeypatch.setattr(connection, "MAX_WAITING_BYTES", 0)
    async with connected() as client:
        client.send(POST % (1, b"a"))
        status, headers, body = await client.answer()

    assert (status, headers["retry-after"]) == (503, "5")
    assert b'"unavailable"' in body


async def test_it_takes_no_part_of_a_request_before_the_part_that_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = POST % (4, b"abcd")
    monkeypatch.setattr(connection, "MAX_UNDER_WAY", 0)
    monkeypatch.setattr(connection, "MAX_WAITING_BYTES", len(whole) - 1)
    async with connected() as client:
        client.send(whole[:-2])
        await until(lambda: len(client.lane.waiting) == 1)
        client.send(whole[-2:])
        status, headers, _ = await client.answer()
        rest = await client.rest()

    assert (status, headers["connection"], rest) == (503, "close", b"")


async def test_it_closes_at_the_end_once_what_has_arrived_is_answered() -> None:
    async with connected() as client:
        await client.send_held(POST % (1, b"a"))
        for one in list(client.lane.connections):
            one.shutdown()
        client.echo.may_answer.set()
        status, headers, _ = await client.answer()
        rest = await client.rest()

    assert (status, headers["connection"], rest) == (202, "close", b"")


@pytest.mark.parametrize("is_answered", [True, False])
async def test_nothing_of_a_closed_connection_stays_behind_for_the_collector(*, is_answered: bool) -> None:
    gc.disable()
    try:
        async with connected() as client:
            if not is_answered:
                client.echo.may_answer.clear()
            client.send(POST % (1, b"a"))
            await until(lambda: len(client.echo.scopes) == 1)
            if is_answered:
                await client.answer()
            watched = [weakref.ref(one) for one in client.lane.connections]
            client.close()
            await until(lambda: not client.lane.connections)
            client.echo.may_answer.set()
            await until(lambda: not client.lane.under_way)
            await until(lambda: all(one() is None for one in watched))
    finally:
        gc.enable()

    assert len(watched) == 1
