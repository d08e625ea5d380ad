"""Routes of intake, as one table; everything else goes to the next application."""

import logging
import traceback
from collections.abc import Awaitable, Callable, Iterable

from footfall.collect import http
from footfall.collect.custom_domain import NO_HOSTS, Hosts
from footfall.collect.http import Receive, Response, Scope, Send
from footfall.collect.routes import Methods, Route, RouteTable
from footfall.errors import FootfallError

log = logging.getLogger(__name__)

App = Callable[[Scope, Receive, Send], Awaitable[None]]

_PREFLIGHT = Response(
    204,
    b"",
    (
        (b"access-control-allow-methods", b"POST, GET, OPTIONS"),
        (b"access-control-allow-headers", b"content-type, content-encoding, authorization, x-umami-cache"),
        (b"access-control-max-age", b"86400"),
    ),
)


class CollectApp:
    """Answers intake's paths itself and passes all other requests on."""

    def __init__(self, routes: Iterable[Route], following: App, hosts: Hosts = NO_HOSTS) -> None:
        self._table = RouteTable(routes)
        self._following = following
        self._hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI entry."""
        if scope["type"] == "websocket" and self._hosts.of_headers(scope["headers"]):
            await send({"type": "websocket.close", "code": 1000})  # before it was accepted: answered 403
            return
        methods = self.methods_of(scope) if scope["type"] == "http" else None
        if methods is None:
            await self._following(scope, receive, send)
            return
        await http.respond(send, await self.answer(methods, scope, receive))

    def methods_of(self, scope: Scope) -> Methods | None:
        """What may be done by a request; None where it is not intake's. A site's own host has nothing but intake."""
        site = self._hosts.of_headers(scope["headers"])
        return self._table.methods(scope["path"]) if site is None else self._hosts.methods(site, scope["path"])

    def is_taken(self, path: str, data: bytes) -> bool:
        """Whether a request is intake's, as far as what has arrived of it shows its host."""
        return self._table.methods(path) is not None or self._hosts.of_start(data) is not None

    async def answer(self, methods: Methods, scope: Scope, receive: Receive) -> Response:
        """Let the door of a path answer a request."""
        door = methods.get(scope["method"])
        if door is None:
            return _PREFLIGHT if scope["method"] == "OPTIONS" else Response(405, b"", _allow(methods))
        try:
            return await door(scope, receive)
        except FootfallError as error:
            return http.error_response(error)
        except Exception as error:
            log.error("intake failed: %s at %s", type(error).__name__, _place(error))
            return http.error_response(FootfallError("Something went wrong here; send the event again later."))


def _place(error: Exception) -> str:
    """Where it happened. Never the message or the values: they may hold what was sent, and that's nobody's business."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "an unknown place"


def _allow(methods: Methods) -> tuple[tuple[bytes, bytes], ...]:
    return ((b"allow", ", ".join(methods).encode()),)
