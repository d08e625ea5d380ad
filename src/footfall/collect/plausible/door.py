"""Plausible's paths: events, scripts, health. Its order of address headers is believed from whom we trust only."""

import asyncio
from collections.abc import Callable, Mapping, Sequence

from footfall.collect import http
from footfall.collect.desk import Desk
from footfall.collect.doors import Caller
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Receipt
from footfall.collect.javascript import javascript
from footfall.collect.plausible.decode import PlausibleEvent, RefusedEvent, decode
from footfall.collect.plausible.script import legacy_script, site_script
from footfall.collect.refusals import TooFast, refusal_headers
from footfall.collect.routes import Route, read_by
from footfall.collect.sender import sender_of
from footfall.domain import DropReason, Site
from footfall.errors import FootfallError, NotAllowed, NotFound

MAX_BODY_BYTES = 1_000_000
ADDRESS_HEADERS = (
    b"x-plausible-ip",
    b"cf-connecting-ip",
    b"b-forwarded-for",
    b"x-forwarded-for",
    b"forwarded",
)
_KEYS = {"name": "event_name", "url": "url", "props": "props"}
"""Field of a wire event → key of Plausible's errors."""

_TEXT = (b"content-type", b"text/plain; charset=utf-8")
_DROPPED = b"x-plausible-dropped"


class PlausibleDoor:
    """What each path does."""

    def __init__(self, desk: Desk, *, is_store_failing: Callable[[], bool]) -> None:
        self._desk = desk
        self._is_store_failing = is_store_failing

    def routes(self) -> tuple[Route, ...]:
        """Plausible's paths."""
        return (
            Route("/api/event", {"POST": self.event}),
            Route("/js/script.js", read_by(self.legacy_script)),
            Route("/js/plausible.js", read_by(self.legacy_script)),
            Route("/js/script.*.js", read_by(self.legacy_script)),
            Route("/js/plausible.*.js", read_by(self.legacy_script)),
            Route("/js/pa-*.js", read_by(self.site_script)),
            Route("/api/health", read_by(self.health)),
            Route("/api/system/health/ready", read_by(self.health)),
            Route("/api/system/health/live", read_by(self.live)),
            Route("/api/error", read_by(self.error)),
        )

    async def event(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/event`: one event for each site it names."""
        headers = http.headers_of(scope)
        try:
            caller = await self._desk.caller(headers)
            sender = sender_of(headers, self._address(scope, headers, caller))
            if headers.get(b"x-debug-request") == b"true":
                return Response(200, sender.address.encode(), (_TEXT,))
            event = decode(await http.read_body(receive, MAX_BODY_BYTES))
            is_bot = headers.get(b"x-plausible-ip-type") == b"dc_ip"
            return answer_of(await self._take(event, sender, caller, is_bot=is_bot))
        except RefusedEvent as error:
            return failure(error, error.errors)
        except FootfallError as error:
            return failure(error, {error.field or "request": [error.message]})

    async def legacy_script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /js/script.hash.local.js` and its like: options in the name, the site in the snippet."""
        body = legacy_script(str(scope["path"]).removeprefix("/js/"))
        if body is None:
            raise NotFound("No script has this name; take the one your snippet had before.")
        return javascript(http.headers_of(scope), body)

    async def site_script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /js/pa-ID.js`: the script of the site with this public id, to be started by `plausible.init()`.

        An id that is Plausible's own gets a script that takes the page's host for the site.
        """
        public_id = str(scope["path"]).removeprefix("/js/pa-").removesuffix(".js")
        return javascript(http.headers_of(scope), site_script(self._desk.sites.by_public_id(public_id)))

    async def health(self, scope: Scope, receive: Receive) -> Response:
        """`GET /api/health`, in the names of the stores Plausible has."""
        is_failing = self._is_store_failing()
        stores = {"postgres": "ok", "clickhouse": "error" if is_failing else "ok", "sites_cache": "ok"}
        return http.json(500 if is_failing else 200, stores)

    async def live(self, scope: Scope, receive: Receive) -> Response:
        """`GET /api/system/health/live`: the process lives."""
        return http.json(200, {"ok": True})

    async def error(self, scope: Scope, receive: Receive) -> Response:
        """`GET /api/error`: old snippets tell here that they failed; nothing is kept of it."""
        return Response(200)

    def _address(self, scope: Scope, headers: Headers, caller: Caller | None) -> str:
        """A trusted proxy's word counts, and that of whoever holds a key; nobody else's."""
        peer = scope.get("client") or ("", 0)
        is_keyed = caller is not None
        return self._desk.proxies.client_by_headers(str(peer[0]), headers, ADDRESS_HEADERS, is_believed=is_keyed)

    async def _take(
        self, event: PlausibleEvent, sender: Sender, caller: Caller | None, *, is_bot: bool
    ) -> Sequence[Receipt]:
        """One receipt for each site, all events at the same moment."""
        sites = [self._site(domain, caller) for domain in event.domains]
        sender.routes_by_hash = event.routes_by_hash
        now_ms = self._desk.intake.clock_ms()

        async def take(site: Site | None) -> Receipt:
            if site is None:
                return self._desk.intake.refuse(DropReason.UNKNOWN_SITE)
            if is_bot:
                return self._desk.intake.refuse(DropReason.BOT, site)
            try:
                return await self._desk.intake.take(site, (event.wire,), sender, now_ms=now_ms)
            except TooFast:
                if len(sites) == 1:
                    raise
                # Told to try again, the sender would have the event counted twice on the other sites.
                return Receipt(dropped=[(0, TooFast.reason)])

        return await asyncio.gather(*map(take, sites))

    def _site(self, domain: str, caller: Caller | None) -> Site | None:
        site = self._desk.sites.by_domain(domain)
        if site and caller and not caller.may_use(site.id):
            raise NotAllowed(f"The key does not reach {site.domain}.", field="domain")
        return site


def answer_of(receipts: Sequence[Receipt]) -> Response:
    """A drop looks like success but for the headers: how many were dropped, and why the first one was."""
    reasons = [reason for receipt in receipts for _, reason in receipt.dropped]
    errors = [error for receipt in receipts for _, error in receipt.errors]
    if errors:
        key = _KEYS.get(errors[0].field or "", "request")
        return failure(errors[0], {key: [errors[0].message]}, (_DROPPED, b"%d" % (len(reasons) + len(errors))))
    return Response(202, b"ok", (_TEXT, *_dropped(reasons)))


def _dropped(reasons: Sequence[DropReason]) -> tuple[tuple[bytes, bytes], ...]:
    if not reasons:
        return ()
    return (_DROPPED, b"%d" % len(reasons)), (b"x-footfall-dropped", reasons[0].value.encode())


def failure(error: FootfallError, errors: Mapping[str, Sequence[str]], *headers: tuple[bytes, bytes]) -> Response:
    """What is wrong, by field, in Plausible's one shape."""
    return http.json(error.status, {"errors": errors}, *headers, *refusal_headers(error))
