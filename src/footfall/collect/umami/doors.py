"""Umami's paths: one request, a batch of them, and the script."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec.structs import replace

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.doors import Caller, bearer, dropped_header
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Intake, Judged
from footfall.collect.javascript import javascript
from footfall.collect.routes import Route, in_shape
from footfall.collect.sender import sender_behind
from footfall.collect.umami.answers import IS_BOT, NoSuchWebsite, error_body, error_response
from footfall.collect.umami.payload import Payload, Request, decode_batch, decode_request, wire_event
from footfall.collect.umami.tokens import CacheTokens
from footfall.collect.umami.websites import Websites
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Site
from footfall.enrich import find_bot
from footfall.errors import FootfallError, NotAllowed
from footfall.identity import Identity

MAX_REQUEST_BYTES = 64_000
MAX_BATCH_BYTES = 5_000_000
MAX_BATCH_REQUESTS = 1_000
_LIBRARY = "Mozilla/5.0 Umami/"
"""How Umami's own client for servers calls itself."""


@dataclass(frozen=True)
class _Client:
    """Who sends a request, read off it once."""

    sender: Sender
    token: str
    caller: Caller | None  # holds a key


class _Answer(msgspec.Struct, frozen=True):
    """The body of an answer, and why the event was dropped if it was."""

    body: dict[str, Any]
    dropped: DropReason | None = None


class UmamiDoors:
    """What each of Umami's paths does."""

    def __init__(
        self,
        intake: Intake,
        websites: Websites,
        identity: Identity,
        tokens: CacheTokens,
        *,
        check_key: Callable[[str, str], Caller],
        proxies: TrustedProxies,
    ) -> None:
        self._intake = intake
        self._websites = websites
        self._identity = identity
        self._tokens = tokens
        self._check_key = check_key
        self._proxies = proxies

    def routes(self) -> tuple[Route, ...]:
        """Umami's paths."""
        return (
            Route("/api/send", {"POST": in_shape(self.send, error_response)}),
            Route("/api/batch", {"POST": in_shape(self.batch, error_response)}),
            Route("/script.js", {"GET": self.script, "HEAD": self.script}),
        )

    async def send(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/send`: one request."""
        client = self._client(scope)
        answer = await self._take(client, await http.read_body(receive, MAX_REQUEST_BYTES))
        return http.json(200, answer.body, *((dropped_header(answer.dropped),) if answer.dropped else ()))

    async def batch(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/batch`: many requests of one client."""
        client = self._client(scope)
        entries = decode_batch(await http.read_body(receive, MAX_BATCH_BYTES), MAX_BATCH_REQUESTS)
        # Side by side, so that they share one write to the disk; each starts in its turn, which keeps their order.
        bodies = await asyncio.gather(*(self._body(client, entry) for entry in entries))
        failed = [{"index": index, "response": body} for index, body in enumerate(bodies) if "error" in body]
        token = next((body["cache"] for body in reversed(bodies) if "cache" in body), None)
        done = {"size": len(bodies), "processed": len(bodies) - len(failed), "errors": len(failed), "details": failed}
        return http.json(200, done if token is None else {**done, "cache": token})

    async def script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /script.js`: a tracker with the attributes and globals of Umami's."""
        return javascript(http.headers_of(scope), _script())

    def _client(self, scope: Scope) -> _Client:
        headers = http.headers_of(scope)
        sender = sender_behind(self._proxies, scope, headers)
        sender.is_library = sender.user_agent.startswith(_LIBRARY)
        return _Client(sender, http.text(headers, b"x-umami-cache"), self._caller(headers))

    def _caller(self, headers: Headers) -> Caller | None:
        return self._check_key(bearer(headers), "events:write") if b"authorization" in headers else None

    async def _body(self, client: _Client, entry: msgspec.Raw) -> dict[str, Any]:
        try:
            return (await self._take(client, entry)).body
        except FootfallError as error:
            return error_body(error)

    async def _take(self, client: _Client, body: bytes | msgspec.Raw) -> _Answer:
        request = decode_request(body)
        site = self._site(request.payload, client.caller)
        sender = self._sender(client, request.payload)
        receipt = await self._intake.take(site, (_event(request, sender),), replace(sender))
        if receipt.errors:
            raise receipt.errors[0][1]
        reason = receipt.dropped[0][1] if receipt.dropped else None
        if reason is DropReason.BOT:
            return _Answer(IS_BOT, reason)
        return _Answer(self._identified(site, sender, client.token), reason)

    def _site(self, payload: Payload, caller: Caller | None) -> Site:
        site = self._websites.find(payload.website or "")
        if site is None:
            self._intake.refuse(DropReason.UNKNOWN_SITE)
            kind = "Website" if payload.website else "Link" if payload.link else "Pixel"
            raise NoSuchWebsite(f"{kind} not found.")
        if caller and not caller.may_use(site.id):
            raise NotAllowed("The key does not reach this website.")
        return site

    def _sender(self, client: _Client, payload: Payload) -> Sender:
        """With a key the payload's word counts, else the request alone does."""
        if client.caller is None:
            return client.sender
        return replace(
            client.sender,
            address=payload.ip or client.sender.address,
            user_agent=payload.user_agent or client.sender.user_agent,
            is_library=client.sender.is_library and not payload.user_agent,
            is_keyed=True,
        )

    def _identified(self, site: Site, sender: Sender, echoed: str) -> dict[str, Any]:
        now_ms = self._intake.clock_ms()
        visitor = self._identity.of_day(site, sender.address, sender.user_agent, at_ms=now_ms, now_ms=now_ms)
        claims = self._tokens.claims(site, visitor.current, echoed, now_ms)
        return {"cache": self._tokens.sign(claims), "sessionId": claims.session_id, "visitId": claims.visit_id}


def _event(request: Request, sender: Sender) -> WireEvent | Judged:
    if request.type != "event":
        is_bot = not sender.is_library and find_bot(sender.user_agent)
        return DropReason.BOT if is_bot else DropReason.UNSUPPORTED
    if not sender.is_keyed:
        return wire_event(request.payload)
    # Intake takes both from a keyed caller's event; a caller that leaves them out means itself.
    return replace(wire_event(request.payload), ip=sender.address, user_agent=sender.user_agent)


@cache
def _script() -> bytes:
    return resources.files("footfall.collect").joinpath("static", "umami.js").read_bytes()
