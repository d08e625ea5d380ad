"""Umami's paths: one request, a batch of them, and the script."""

import asyncio
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from msgspec.structs import replace

from footfall.collect import http
from footfall.collect.desk import Desk
from footfall.collect.doors import Caller, dropped_header
from footfall.collect.draft import Sender
from footfall.collect.http import Receive, Response, Scope
from footfall.collect.intake import Judged
from footfall.collect.javascript import javascript
from footfall.collect.routes import Route, in_shape, read_by
from footfall.collect.umami.answers import OF_DROPS, NoSuchWebsite, error_body, error_response
from footfall.collect.umami.payload import Payload, Request, decode_batch, decode_request, wire_aside, wire_event
from footfall.collect.umami.tokens import CacheTokens
from footfall.collect.umami.websites import Websites
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Site
from footfall.enrich import find_bot
from footfall.errors import FootfallError, NotAllowed
from footfall.identity import Identity, VisitorIds
from footfall.profiles import LastingIds

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
    """The body of an answer, why the event was dropped if it was, and the status where it stands alone."""

    body: dict[str, Any]
    dropped: DropReason | None = None
    status: int = 200


class UmamiDoors:
    """What each of Umami's paths does."""

    def __init__(self, desk: Desk, identity: Identity, lasting_ids: LastingIds, tokens: CacheTokens) -> None:
        self._desk = desk
        self._websites = Websites(desk.sites)
        self._identity = identity
        self._lasting_ids = lasting_ids
        self._tokens = tokens

    def routes(self) -> tuple[Route, ...]:
        """Umami's paths."""
        return (
            Route("/api/send", {"POST": in_shape(self.send, error_response)}),
            Route("/api/batch", {"POST": in_shape(self.batch, error_response)}),
            Route("/script.js", read_by(self.script)),
        )

    async def send(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/send`: one request."""
        client = await self._client(scope)
        answer = await self._take(client, await http.read_body(receive, MAX_REQUEST_BYTES))
        return _response(answer)

    async def batch(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/batch`: many requests of one client."""
        client = await self._client(scope)
        entries = decode_batch(await http.read_body(receive, MAX_BATCH_BYTES), MAX_BATCH_REQUESTS)
        # Side by side, so that they share one write to the disk; each starts in its turn, which keeps their order.
        answers = await asyncio.gather(*(self._answer(client, entry) for entry in entries))
        bodies = [answer.body for answer in answers]
        failed = [{"index": index, "response": body} for index, body in enumerate(bodies) if "error" in body]
        token = next((body["cache"] for body in reversed(bodies) if "cache" in body), None)
        done = {"size": len(bodies), "processed": len(bodies) - len(failed), "errors": len(failed), "details": failed}
        dropped = next((answer.dropped for answer in answers if answer.dropped), None)
        return _response(_Answer(done if token is None else {**done, "cache": token}, dropped))

    async def script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /script.js`: a tracker with the attributes and globals of Umami's."""
        return javascript(http.headers_of(scope), _script())

    async def _client(self, scope: Scope) -> _Client:
        headers = http.headers_of(scope)
        sender = self._desk.sender(scope, headers)
        sender.is_library = sender.user_agent.startswith(_LIBRARY)
        return _Client(sender, http.text(headers, b"x-umami-cache"), await self._desk.caller(headers))

    async def _answer(self, client: _Client, entry: msgspec.Raw) -> _Answer:
        try:
            return await self._take(client, entry)
        except FootfallError as error:
            return _Answer(error_body(error))

    async def _take(self, client: _Client, body: bytes | msgspec.Raw) -> _Answer:
        request = decode_request(body)
        site = self._site(request.payload, client.caller)
        sender = _sender(client, request.payload)
        named = self._named(site, sender, request.payload.id)
        reason = await self._dropped(site, sender, _event(request, sender, is_named=named is not None))
        if reason in OF_DROPS:
            status, told = OF_DROPS[reason]
            return _Answer(told, reason, status)
        now_ms = self._desk.intake.clock_ms()
        visitor = named or self._identity.of_day(site, sender.address, sender.user_agent, at_ms=now_ms, now_ms=now_ms)
        return _Answer(self._session(site, visitor, client.token, now_ms), reason)

    def _site(self, payload: Payload, caller: Caller | None) -> Site:
        site = self._websites.find(payload.website or "", payload.hostname or "")
        if site is None:
            self._desk.intake.refuse(DropReason.UNKNOWN_SITE)
            kind = "Website" if payload.website else "Link" if payload.link else "Pixel"
            raise NoSuchWebsite(f"{kind} not found.")
        if caller and not caller.may_use(site.id):
            raise NotAllowed("The key does not reach this website.")
        return site

    async def _dropped(self, site: Site, sender: Sender, event: WireEvent | Judged | None) -> DropReason | None:
        """Hand the event to intake, if there is one; tells why it was not kept."""
        if event is None:
            return None
        receipt = await self._desk.intake.take(site, (event,), replace(sender))
        if receipt.errors:
            raise receipt.errors[0][1]
        return receipt.dropped[0][1] if receipt.dropped else None

    def _session(self, site: Site, visitor: VisitorIds, echoed: str, now_ms: int) -> dict[str, Any]:
        """What Umami answers; the ids in it are stored nowhere."""
        claims = self._tokens.claims(site, visitor, echoed, now_ms)
        return {"cache": self._tokens.sign(claims), "sessionId": claims.session_id, "visitId": claims.visit_id}

    def _named(self, site: Site, sender: Sender, distinct_id: str | None) -> VisitorIds | None:
        """Who bears this name, where intake takes a name from this sender; nobody on a cookieless site's pages."""
        return self._lasting_ids.of(site, distinct_id, is_keyed=sender.is_keyed) if distinct_id else None


def _response(answer: _Answer) -> Response:
    return http.json(answer.status, answer.body, *((dropped_header(answer.dropped),) if answer.dropped else ()))


def _sender(client: _Client, payload: Payload) -> Sender:
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


def _event(request: Request, sender: Sender, *, is_named: bool) -> WireEvent | Judged | None:
    """What is to be stored of a request; None where there is nothing to store, nor to drop."""
    told = wire_event(request.payload) if request.type == "event" else wire_aside(request)
    if told is None:
        return _judged(request, sender, is_named=is_named)
    if not sender.is_keyed:
        return told
    # Intake takes both from a keyed caller's event; a caller that leaves them out means itself.
    return replace(told, ip=sender.address, user_agent=sender.user_agent)


def _judged(request: Request, sender: Sender, *, is_named: bool) -> DropReason | None:
    """A visitor that is merely named is kept by every event that bears the name; what reports nothing is not."""
    if not sender.is_library and find_bot(sender.user_agent):
        return DropReason.BOT
    is_mere_name = request.type == "identify" and is_named
    return None if is_mere_name else DropReason.UNSUPPORTED


@cache
def _script() -> bytes:
    return resources.files("footfall.collect").joinpath("static", "umami.js").read_bytes()
