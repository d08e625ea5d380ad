"""The native front doors: browser event, pixel, keyed batch, script. Each decodes into the same wire event."""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any, Protocol
from urllib.parse import parse_qs, quote

import msgspec

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Intake, Receipt
from footfall.collect.javascript import javascript
from footfall.collect.routes import Route
from footfall.collect.script import tracker_script
from footfall.collect.sender import sender_behind
from footfall.collect.wire import WireEvent, decode_event, invalid
from footfall.domain import DropReason, Site
from footfall.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, Unavailable
from footfall.visits import Applier

MAX_EVENT_BYTES = 64_000
MAX_BATCH_BYTES = 5_000_000
MAX_BATCH_EVENTS = 1_000
_MAX_PARAMETERS = 20
_WAIT_SECONDS = 30.0
ONLY_SITE = "footfall.only_site"
"""Under this name a request at a site's own host carries the number of that site."""
_ACCEPTED = msgspec.json.encode({"accepted": 1})


class Caller(Protocol):
    """Whoever holds a key."""

    def may_use(self, site_id: int) -> bool:
        """Whether the key reaches this site."""


class Sites(Protocol):
    """Look-ups of sites, from memory."""

    def by_public_id(self, public_id: str) -> Site | None:
        """The site with this public id."""

    def by_domain(self, domain: str) -> Site | None:
        """The site with this domain."""


class WireBatch(msgspec.Struct, frozen=True):
    """The body of a keyed batch; events are decoded one by one, so that a wrong one does not sink the others."""

    site: str
    events: list[msgspec.Raw]


_decode_batch = msgspec.json.Decoder(WireBatch).decode


class Doors:
    """What each path does."""

    def __init__(
        self,
        intake: Intake,
        sites: Sites,
        applier: Applier,
        *,
        check_key: Callable[[str, str], Caller],
        proxies: TrustedProxies,
    ) -> None:
        self._intake = intake
        self._sites = sites
        self._applier = applier
        self._check_key = check_key
        self._proxies = proxies

    def routes(self) -> tuple[Route, ...]:
        """The native paths."""
        return (
            Route("/api/v1/event", {"POST": self.event}),
            Route("/api/v1/events", {"POST": self.batch}),
            Route("/js/*.js", {"GET": self.script, "HEAD": self.script}),
            Route("/px/*.gif", {"GET": self.pixel}),
        )

    async def event(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/v1/event`: one event of a browser."""
        headers = http.headers_of(scope)
        wire = decode_event(await http.read_body(receive, MAX_EVENT_BYTES))
        site = self._sites.by_public_id(wire.site or "")
        if site is None or not is_at_home(scope, site):
            return _answer_one(self._intake.refuse(DropReason.UNKNOWN_SITE))
        receipt = await self._intake.take(site, (wire,), sender_behind(self._proxies, scope, headers))
        return _answer_one(receipt)

    async def batch(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/v1/events`: up to 1,000 events from whoever holds a key."""
        headers = http.headers_of(scope)
        caller = await asyncio.to_thread(self._check_key, bearer(headers), "events:write")
        body = await http.read_body(receive, MAX_BATCH_BYTES)
        if http.text(headers, b"content-encoding").lower() == "gzip":
            body = http.unzip(body, MAX_BATCH_BYTES)
        batch = _read_batch(body)
        site = self._site_of_key(caller, batch.site)
        sender = Sender(is_keyed=True, import_id=http.text(headers, b"x-footfall-import"))
        receipt = await self._intake.take(site, [_read_event(raw) for raw in batch.events], sender)
        if b"wait=true" in scope["query_string"].split(b"&"):
            await self._until_applied(receipt.last_seq)
        return http.json(202, _receipt_json(receipt))

    async def pixel(self, scope: Scope, receive: Receive) -> Response:
        """`GET /px/PUBLIC_ID.gif`: a view without a script; the page is the one that embeds the picture."""
        public_id = str(scope["path"]).removeprefix("/px/").removesuffix(".gif")
        return await self.view_of_picture(self._sites.by_public_id(public_id), scope)

    async def view_of_picture(self, site: Site | None, scope: Scope) -> Response:
        """The picture, be its view counted or not."""
        headers = http.headers_of(scope)
        query = _read_query(scope["query_string"])
        url = query.get("url", [http.text(headers, b"referer")])[0]
        gif = http.pixel()
        if site is None:
            return msgspec.structs.replace(gif, headers=(*gif.headers, dropped_header(DropReason.UNKNOWN_SITE)))
        wire = WireEvent(name="pageview", url=url, referrer=query.get("referrer", [None])[0])
        receipt = await self._intake.take(site, (wire,), sender_behind(self._proxies, scope, headers))
        extra = tuple(dropped_header(reason) for _, reason in receipt.dropped)
        return msgspec.structs.replace(gif, headers=(*gif.headers, *extra))

    async def script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /js/PUBLIC_ID.js`: the tracker with this site's options."""
        site = self._sites.by_public_id(str(scope["path"]).removeprefix("/js/").removesuffix(".js"))
        if site is None:
            raise NotFound("No site has this script; copy the snippet from the site's settings again.")
        return javascript(http.headers_of(scope), tracker_script(site))

    def _site_of_key(self, caller: Caller, name: str) -> Site:
        site = self._sites.by_domain(name) or self._sites.by_public_id(name)
        if site is None or not caller.may_use(site.id):
            raise NotAllowed(f"The key does not reach a site named {quote(name[:100])}.", field="site")
        return site

    async def _until_applied(self, seq: int) -> None:
        try:
            await asyncio.wait_for(asyncio.wrap_future(self._applier.when_applied(seq)), _WAIT_SECONDS)
        except TimeoutError as error:
            message = "The events are safe but cannot be queried yet; the store is slow or failing."
            raise Unavailable(message) from error


def is_at_home(scope: Scope, site: Site) -> bool:
    """Whether a request may speak for the site: at the host of another it may not."""
    return bool(scope.get(ONLY_SITE, site.id) == site.id)


def bearer(headers: Headers) -> str:
    """The text of the key that came with a request; raises NotSignedIn without one."""
    key = http.bearer_key(headers)
    if not key:
        raise NotSignedIn("Send an API key with the scope events:write as a Bearer token.")
    return key


def _read_query(query_string: bytes) -> dict[str, list[str]]:
    try:
        return parse_qs(query_string.decode("latin-1"), max_num_fields=_MAX_PARAMETERS)
    except ValueError as error:
        raise InvalidInput(f"The picture's address has at most {_MAX_PARAMETERS} parameters.") from error


def _read_batch(body: bytes) -> WireBatch:
    try:
        batch = _decode_batch(body)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput('The body must be JSON such as {"site": "example.com", "events": [...]}.') from error
    if len(batch.events) > MAX_BATCH_EVENTS:
        raise InvalidInput(f"A request may hold {MAX_BATCH_EVENTS} events; send the rest in another.", field="events")
    return batch


def _read_event(raw: msgspec.Raw) -> WireEvent | InvalidInput:
    try:
        return decode_event(raw)
    except InvalidInput as error:
        return error


def _answer_one(receipt: Receipt) -> Response:
    if receipt.accepted:
        return Response(202, _ACCEPTED, ((b"content-type", b"application/json"),))
    if receipt.errors:
        return http.error_response(receipt.errors[0][1])
    reasons: Sequence[DropReason] = [reason for _, reason in receipt.dropped] or [DropReason.DUPLICATE]
    return http.json(202, _receipt_json(receipt), dropped_header(reasons[0]))


def dropped_header(reason: DropReason) -> tuple[bytes, bytes]:
    """Tells the sender why its event is not kept."""
    return (b"x-footfall-dropped", reason.value.encode())


def _receipt_json(receipt: Receipt) -> dict[str, Any]:
    return {
        "accepted": receipt.accepted,
        "duplicates": receipt.duplicates,
        "dropped": [{"index": index, "reason": reason} for index, reason in receipt.dropped],
        "errors": [
            {"index": index, "field": error.field or "", "message": error.message} for index, error in receipt.errors
        ],
    }
