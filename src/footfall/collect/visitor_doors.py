"""The doors of lasting visitors: what they agree to, what the site says of them, and their switch to opt out."""

import asyncio
import secrets
from collections.abc import Callable
from typing import Any

import msgspec

from footfall.accounts import Attempts
from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.doors import Caller, Sites, dropped_header, is_at_home
from footfall.collect.draft import Sender
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.javascript import javascript
from footfall.collect.opt_out import opt_out_script, words_of_visitor
from footfall.collect.routes import Route
from footfall.collect.script import piece
from footfall.collect.sender import sender_behind
from footfall.collect.wire import MAX_VISITOR_CHARS, bounded, invalid
from footfall.domain import DropReason, IdentityMode, Site
from footfall.errors import InvalidInput, NotAllowed
from footfall.profiles import MAX_RENEWALS, MAX_TEXT_CHARS, Consents, LastingIds, Profiles

MAX_BYTES = 200_000
MAX_REPORTS = 300
REPORT_SECONDS = 600
"""So often may one address report in so many seconds, for each report is written to a database."""
_ACCEPTED = http.json(202, {"accepted": 1})


class WireIdentify(msgspec.Struct, frozen=True):
    """Who a visitor is, as the site says."""

    site: str
    user: str
    traits: dict[str, Any] = {}


class WireConsent(msgspec.Struct, frozen=True):
    """That a visitor agreed, or does not any more; ``text`` names the words agreed to."""

    site: str
    visitor: str
    given: bool
    text: str = ""


_decode_identify = msgspec.json.Decoder(WireIdentify).decode
_decode_consent = msgspec.json.Decoder(WireConsent).decode


class VisitorDoors:
    """Answers browsers, and servers that show a key."""

    def __init__(
        self,
        sites: Sites,
        lasting_ids: LastingIds,
        profiles: Profiles,
        consents: Consents,
        *,
        check_key: Callable[[str, str], Caller],
        proxies: TrustedProxies,
        attempts: Attempts,
    ) -> None:
        self._sites = sites
        self._lasting_ids = lasting_ids
        self._profiles = profiles
        self._consents = consents
        self._check_key = check_key
        self._proxies = proxies
        self._attempts = attempts
        self._attempts_key = secrets.token_hex(16)  # what is counted under a hash with it cannot be told from outside

    def routes(self) -> tuple[Route, ...]:
        """The paths of lasting visitors."""
        return (
            Route("/api/v1/identify", {"POST": self.identify}),
            Route("/api/v1/consent", {"POST": self.consent}),
            Route("/js/opt-out.js", {"GET": self.opt_out_script, "HEAD": self.opt_out_script}),
            Route("/js/embed.host.js", {"GET": self.embed_script, "HEAD": self.embed_script}),
        )

    async def identify(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/v1/identify`: the site says who its visitor is."""
        headers = http.headers_of(scope)
        wire = _read(_decode_identify, await http.read_body(receive, MAX_BYTES))
        user = _name(wire.user, "user")
        sender = self._sender(scope, headers)
        site, is_keyed = await self._site(headers, wire.site)
        if site is None or not is_at_home(scope, site):
            return _dropped(DropReason.UNKNOWN_SITE)
        if site.identity_mode is not IdentityMode.IDENTIFIED:
            raise NotAllowed("This site does not identify visitors; its settings can switch that on.")
        if not is_keyed and _objects(site, sender):
            return _dropped(DropReason.OPTED_OUT)
        ids = self._lasting_ids.of(site, user, is_keyed=is_keyed)
        if ids is None:
            raise NotAllowed("This visitor has withdrawn; ask again, and report the consent before you identify.")
        await asyncio.to_thread(self._profiles.put, site.id, ids.current, wire.traits)
        return _ACCEPTED

    async def consent(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/v1/consent`: a visitor agreed, or withdraws."""
        headers = http.headers_of(scope)
        wire = _read(_decode_consent, await http.read_body(receive, MAX_BYTES))
        name, text = _name(wire.visitor, "visitor"), bounded(wire.text, MAX_TEXT_CHARS, "text")
        sender = self._sender(scope, headers)
        site, is_keyed = await self._site(headers, wire.site)
        if site is None or not is_at_home(scope, site):
            return _dropped(DropReason.UNKNOWN_SITE)
        if not wire.given:
            return await self._withdraw(site, name)
        if not is_keyed and _objects(site, sender):
            return _dropped(DropReason.OPTED_OUT)
        return await self._give(site, name, text)

    async def opt_out_script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /js/opt-out.js`: draws the visitor's switch on the site's own page."""
        headers = http.headers_of(scope)
        words = words_of_visitor(scope, headers)
        return javascript(headers, opt_out_script(words), words.tag)

    async def embed_script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /js/embed.host.js`: makes the frame of a shared dashboard as tall as what is in it."""
        return javascript(http.headers_of(scope), piece("embed_host").encode())

    async def _give(self, site: Site, name: str, text: str) -> Response:
        if site.identity_mode is IdentityMode.COOKIELESS:
            raise NotAllowed("This site remembers no visitors; its settings can switch that on.")
        ids, renewal = self._lasting_ids.newest(site, name)
        if renewal == MAX_RENEWALS:
            raise NotAllowed("This visitor has withdrawn too often to be remembered again.")
        await asyncio.to_thread(self._consents.give, site.id, ids.current, renewal, text)
        return _ACCEPTED

    async def _withdraw(self, site: Site, name: str) -> Response:
        """In every mode: what was agreed to before the site changed its mode ends as well."""
        ids, renewal = self._lasting_ids.newest(site, name)
        if renewal == 0 or self._consents.is_renewed(ids.current):
            await asyncio.to_thread(self._consents.withdraw, site.id, ids.current, renewal)
        return _ACCEPTED

    def _sender(self, scope: Scope, headers: Headers) -> Sender:
        """Who reports; raises TooManyRequests where a browser does so too often."""
        sender = sender_behind(self._proxies, scope, headers)
        if http.bearer_key(headers) is None:
            self._attempts.spend(self._attempts_key + sender.address)
        return sender

    async def _site(self, headers: Headers, named: str) -> tuple[Site | None, bool]:
        """The site meant, and whether a key speaks for it."""
        site = self._sites.by_public_id(named)
        key = http.bearer_key(headers)
        if key is None:
            return site, False
        site = site or self._sites.by_domain(named)
        caller = await asyncio.to_thread(self._check_key, key, "events:write")
        if site is None or not caller.may_use(site.id):
            raise NotAllowed("The key does not reach this site.", field="site")
        return site, True


def _read(decode: Callable[[bytes], Any], body: bytes) -> Any:
    try:
        return decode(body)
    except msgspec.ValidationError as error:
        raise invalid(error) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("The body is not valid JSON; send one JSON object in UTF-8.") from error


def _name(text: str, field: str) -> str:
    name = bounded(text, MAX_VISITOR_CHARS, field)
    if not name:
        raise InvalidInput(f"{field} must not be empty.", field=field)
    return name


def _objects(site: Site, sender: Sender) -> bool:
    """Whether the browser asks to be left alone."""
    return sender.has_opted_out or (sender.asks_not_to_track and site.tracker.respect_dnt)


def _dropped(reason: DropReason) -> Response:
    return http.json(202, {"accepted": 0}, dropped_header(reason))
