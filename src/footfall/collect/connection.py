"""One client's connection, as far as it speaks to intake: HTTP/1.1 parsed by llhttp, answered without ASGI between.

A server for any application spends more on a request than intake needs for the event in it
(docs/decisions/0006). Whatever is not intake's goes, connection and all, to the server of the pages.
"""

import asyncio
import logging
from abc import ABC, abstractmethod
from collections import deque
from collections.abc import Callable
from email.utils import formatdate
from functools import lru_cache
from http import HTTPStatus
from typing import Any, Protocol, cast
from urllib.parse import unquote

import httptools

from footfall.collect import http
from footfall.collect.asgi import CollectApp
from footfall.collect.http import Message, Response, Scope
from footfall.collect.routes import Methods
from footfall.errors import FootfallError, InvalidInput, TimedOut, TooLarge, Unavailable

log = logging.getLogger(__name__)

MAX_REQUEST_BYTES = 5_100_000
"""Body of the largest batch with its headers; what one door takes may be less."""

REQUEST_SECONDS = 10
"""How long a request may take to arrive."""

IDLE_SECONDS = 75
"""How long a connection may wait for its next request: longer than the proxies in front keep theirs."""

MAX_UNDER_WAY = 256
"""Requests worked on at a time, over all connections: what they need stays in the processor's cache, and one commit of
the spool still serves many."""

MAX_WAITING_BYTES = 16_000_000
"""What else has arrived waits as it came, a second's worth of it; what is more is refused at once. Refusing costs half
as much as taking, and whoever is refused comes back: a crowd is served sooner by letting it wait."""

_BUSY = "Too many events at once; send again later."
_TOO_BUSY = http.error_response(Unavailable(_BUSY))
_PEEKED_BYTES = 2_048
_CONTINUE = b"HTTP/1.1 100 Continue\r\n\r\n"


class TimedConnection(ABC):
    """A connection that does not wait for ever."""

    @abstractmethod
    def check_time(self, seconds: int) -> None:
        """Close when the client takes too long; ``seconds`` is the lane's clock."""


class OtherConnection(Protocol):
    """A connection of the server of the pages."""

    def connection_made(self, transport: asyncio.Transport) -> None:
        """Take the connection."""

    def data_received(self, data: bytes) -> None:
        """Take what came first."""


class Lane:
    """What all connections share: the table of routes, who serves the rest, and the clock of their time limits."""

    def __init__(self, app: CollectApp, connections: set[Any], hand_over: Callable[[], OtherConnection]) -> None:
        self.app = app
        self.connections = connections
        self.hand_over = hand_over
        self.seconds = 0
        self.under_way = 0
        self.waiting: deque[tuple[IntakeConnection, bytes]] = deque()
        self.waiting_bytes = 0
        self.date = _date()

    def tick(self) -> None:
        """Call each second: closes what has waited too long."""
        self.seconds += 1
        self.date = _date()
        for connection in [one for one in self.connections if isinstance(one, TimedConnection)]:
            connection.check_time(self.seconds)

    @property
    def is_busy(self) -> bool:
        """Whether what arrives should wait."""
        return self.under_way >= MAX_UNDER_WAY

    def let_in(self) -> None:
        """Call when a request is answered: those that wait come next."""
        while self.waiting and not self.is_busy:
            connection, data = self.waiting.popleft()
            self.waiting_bytes -= len(data)
            connection.go_on(data)

    def let_wait(self, connection: "IntakeConnection", data: bytes) -> bool:
        """Keep bytes until others are answered; false where there is no room."""
        if self.waiting_bytes + len(data) > MAX_WAITING_BYTES:
            return False
        self.waiting.append((connection, data))
        self.waiting_bytes += len(data)
        return True

    def take_back(self, connection: "IntakeConnection") -> list[bytes]:
        """The bytes of a connection that wait here, in their order, for whoever it is handed over to."""
        pieces = [data for one, data in self.waiting if one is connection]
        self.waiting = deque(item for item in self.waiting if item[0] is not connection)
        self.waiting_bytes -= sum(map(len, pieces))
        return pieces


class _Request:
    """A request as it arrives."""

    __slots__ = ("body", "headers", "is_kept_alive", "is_whole", "method", "target")

    def __init__(self) -> None:
        self.target = b""
        self.headers: list[tuple[bytes, bytes]] = []
        self.body = b""
        self.method = ""
        self.is_kept_alive = True
        self.is_whole = False


class IntakeConnection(asyncio.Protocol, TimedConnection):
    """Reads requests one after the other; requests that were sent ahead wait until the one before is answered."""

    def __init__(self, lane: Lane) -> None:
        self._lane = lane
        self._parser = httptools.HttpRequestParser(self)
        self._client = ("", 0)
        self._request: _Request | None = None  # the one that is arriving
        self._waiting: list[_Request] = []  # arrived, not yet answered; the first is being answered
        self._task: asyncio.Task[None] | None = None
        self._received_bytes = 0
        self._is_closing = False
        self._is_ahead = False  # the client has sent more than it has been answered
        self._pieces_waiting = 0  # in the lane
        self._since = lane.seconds

    # --- the connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        self._loop = asyncio.get_running_loop()
        self._transport = cast(asyncio.Transport, transport)
        peer = transport.get_extra_info("peername")
        self._client = (str(peer[0]), int(peer[1])) if peer else ("", 0)
        self._lane.connections.add(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """End; events already handed to the spool are stored whether or not anyone waits for the answer."""
        self._is_closing = True
        self._lane.connections.discard(self)
        self._let_go_of_parser()

    def pause_writing(self) -> None:
        """Take no more requests of a client that does not read its answers."""
        self._transport.pause_reading()

    def resume_writing(self) -> None:
        """Go on."""
        self._transport.resume_reading()

    @property
    def is_receiving(self) -> bool:
        """Whether part of a request has arrived."""
        return self._request is not None

    def shutdown(self) -> None:
        """Close once what has arrived is answered; called by the server that ends."""
        self._is_closing = True
        if not self._waiting:
            self._transport.close()

    def check_time(self, seconds: int) -> None:
        """Close when the client takes too long over a request, or does not come back."""
        waited = seconds - self._since
        if self.is_receiving and waited > REQUEST_SECONDS:
            self._refuse(TimedOut(f"The request did not arrive within {REQUEST_SECONDS} seconds."))
        elif not self._waiting and waited > IDLE_SECONDS:
            self._transport.close()

    # --- reading

    def data_received(self, data: bytes) -> None:
        """Take the next bytes, or let them wait."""
        lane = self._lane
        if not (self._pieces_waiting or lane.is_busy):
            self._take(data)
        elif lane.let_wait(self, data):
            self._pieces_waiting += 1
        elif self._pieces_waiting:  # taken now, it would come before what waits
            self._refuse(Unavailable(_BUSY))
        else:
            self._take(data)

    def go_on(self, data: bytes) -> None:
        """Take bytes that have waited."""
        self._pieces_waiting -= 1
        self._take(data)

    def _take(self, data: bytes) -> None:
        if self._is_closing:
            return
        if self._request is None:
            if not self._waiting and not self._lane.app.is_taken(_path_of(data), data):
                self._hand_over(data)
                return
            self._received_bytes = 0
            self._since = self._lane.seconds
        self._received_bytes += len(data)
        if self._received_bytes > MAX_REQUEST_BYTES:
            self._refuse(TooLarge(f"A request may have {MAX_REQUEST_BYTES:,} bytes; send fewer events at once."))
            return
        try:
            self._parser.feed_data(data)
        except httptools.HttpParserCallbackError as error:
            log.error("a request could not be taken: %s", type(error.__context__).__name__)
            self._refuse(FootfallError("Something went wrong here; send the event again later."))
        except (httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._refuse(InvalidInput("This is no valid HTTP/1.1 request."))

    def _hand_over(self, data: bytes) -> None:
        """The connection speaks to the pages: from here on it is their server's."""
        self._lane.connections.discard(self)
        other = self._lane.hand_over()
        other.connection_made(self._transport)
        self._transport.set_protocol(cast(asyncio.BaseProtocol, other))
        waiting = self._lane.take_back(self) if self._pieces_waiting else ()
        for piece in (data, *waiting):
            other.data_received(piece)
        self._let_go_of_parser()

    def _let_go_of_parser(self) -> None:
        """Call once at the end: it holds this connection in turn, and the collector of such circles comes rarely."""
        del self._parser

    def on_message_begin(self) -> None:
        """Called by the parser."""
        self._request = _Request()

    def on_url(self, url: bytes) -> None:
        """Called by the parser, perhaps in parts."""
        if self._request:
            self._request.target += url

    def on_header(self, name: bytes, value: bytes) -> None:
        """Called by the parser."""
        if self._request:
            self._request.headers.append((name.lower(), value))

    def on_headers_complete(self) -> None:
        """Called by the parser."""
        request = self._request
        if request and (b"expect", b"100-continue") in request.headers and not self._waiting:
            self._transport.write(_CONTINUE)

    def on_body(self, body: bytes) -> None:
        """Called by the parser, perhaps in parts."""
        if self._request:
            self._request.body += body

    def on_message_complete(self) -> None:
        """Called by the parser."""
        request, self._request = self._request, None
        if request is None:
            return
        request.method = self._parser.get_method().decode("latin-1")
        request.is_kept_alive = self._parser.should_keep_alive()
        self._waiting.append(request)
        if len(self._waiting) == 1:
            self._proceed()
        else:
            self._is_ahead = True
            self._transport.pause_reading()

    # --- answering

    def _proceed(self) -> None:
        """Begin with the request whose turn it is; each that is refused makes it the next one's."""
        while self._waiting:
            if self._begin(self._waiting[0]):
                return
        if self._is_ahead:
            self._is_ahead = False
            self._transport.resume_reading()

    def _begin(self, request: _Request) -> bool:
        """Whether nothing else is to be begun for now: it is being answered, or the connection ends with it."""
        lane = self._lane
        path, _, query = request.target.partition(b"?")
        scope: Scope = {
            "type": "http",
            "method": request.method,
            "path": _text(path),
            "query_string": query,
            "headers": request.headers,
            "client": self._client,
        }
        methods = lane.app.methods_of(scope)
        if methods is None:  # sent ahead on this connection, but for the pages: the client asks again on a new one
            self._transport.close()
        elif lane.is_busy:
            return not self._write(request, _TOO_BUSY)
        else:
            lane.under_way += 1
            self._task = self._loop.create_task(self._answer(request, methods, scope))
        return True

    async def _answer(self, request: _Request, methods: Methods, scope: Scope) -> None:
        async def receive() -> Message:
            return {"type": "http.request", "body": request.body, "more_body": False}

        response = await self._lane.app.answer(methods, scope, receive)
        self._lane.under_way -= 1
        try:
            if self._write(request, response):
                self._proceed()
        finally:
            self._lane.let_in()

    def _write(self, request: _Request, response: Response) -> bool:
        """Answer; whether the connection goes on."""
        is_last = self._is_closing or not request.is_kept_alive
        if not self._transport.is_closing():
            self._send(response, is_last, request.method)
        if is_last:
            self._transport.close()
            return False
        self._waiting.pop(0)
        self._since = self._lane.seconds
        return True

    def _refuse(self, error: FootfallError) -> None:
        """Answer what cannot be answered in order, and close."""
        self._is_closing = True
        self._send(http.error_response(error), is_last=True)
        self._transport.close()

    def _send(self, response: Response, is_last: bool, method: str = "") -> None:
        head = _head(response.status, response.headers, len(response.body), is_last)
        self._transport.write(b"".join((head, self._lane.date, b"" if method == "HEAD" else response.body)))


def _path_of(data: bytes) -> str:
    """The path a request begins with; what is no whole request line is left to the server of the pages."""
    line = data[:_PEEKED_BYTES].split(b" ", 2)
    return _text(line[1].partition(b"?")[0]) if len(line) > 1 else ""


def _text(path: bytes) -> str:
    text = path.decode("latin-1")
    return unquote(text) if "%" in text else text


@lru_cache(maxsize=512)
def _head(status: int, headers: tuple[tuple[bytes, bytes], ...], length: int, is_last: bool) -> bytes:
    """All but the date."""
    lines = [b"HTTP/1.1 %d %b" % (status, HTTPStatus(status).phrase.encode())]
    lines += [b"%b: %b" % header for header in (*headers, *http.CORS)]
    if status != HTTPStatus.NO_CONTENT:
        lines.append(b"content-length: %d" % length)
    if is_last:
        lines.append(b"connection: close")
    return b"\r\n".join((*lines, b""))


def _date() -> bytes:
    """The line every answer ends its head with."""
    return b"date: %b\r\n\r\n" % formatdate(usegmt=True).encode()
