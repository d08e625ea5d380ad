"""GoatCounter's `POST /api/v0/count`: up to 500 hits from whoever holds a key."""

import binascii
import re
import secrets
from base64 import b64decode
from datetime import UTC, datetime
from urllib.parse import parse_qsl

import msgspec
from msgspec.structs import replace

from footfall.collect import http
from footfall.collect.desk import Desk
from footfall.collect.doors import Caller, dropped_header
from footfall.collect.draft import Sender
from footfall.collect.goatcounter.hit import Hit, judge_hit, wire_event
from footfall.collect.goatcounter.rate import Allowance, RequestRate
from footfall.collect.goatcounter.site_of_request import SITE_PARAMETER, SiteOfRequest
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Judged, Receipt
from footfall.collect.refusals import TooFast, refusal_headers
from footfall.collect.routes import Route, in_shape
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Site
from footfall.errors import FootfallError, InvalidInput, NotAllowed, NotFound, NotSignedIn, TooManyRequests

MAX_HITS = 500
MAX_BYTES = 5_000_000

_FILTERS = frozenset({"ip"})
_LOCATION = re.compile(r"[A-Z]{2}(-[A-Z0-9]{1,3})?")
_UNKNOWN_FIELD = re.compile(r"unknown field `([^`]*)`")


class SentHit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One hit as sent."""

    path: str = ""
    title: str = ""
    event: bool = False
    ref: str = ""
    size: list[float] | None = None
    query: str = ""
    bot: int = 0
    user_agent: str = ""
    location: str = ""
    language: str = ""
    ip: str = ""
    created_at: str | None = None
    session: str = ""


class SentHits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The body. ``filter`` changes nothing: the owner's settings decide who is filtered."""

    hits: list[SentHit] | None = None
    no_sessions: bool = False
    filter: list[str] | None = None


_decode = msgspec.json.Decoder(SentHits).decode


class GoatCounterApi:
    """What a server sends."""

    def __init__(self, desk: Desk, rate: RequestRate) -> None:
        self._desk = desk
        self._sites = SiteOfRequest(desk.sites)
        self._rate = rate

    def routes(self) -> tuple[Route, ...]:
        """The one path of the API that is there."""
        return (Route("/api/v0/count", {"POST": in_shape(self.count, _refusal)}),)

    async def count(self, scope: Scope, receive: Receive) -> Response:
        """`POST /api/v0/count`."""
        headers = http.headers_of(scope)
        key = _key(headers)
        caller = await self._caller(key)
        allowance = self._rate.spend(key)
        try:
            answer = _answer(await self._take(scope, receive, headers, caller))
        except FootfallError as error:
            answer = _refusal(error)
        return replace(answer, headers=(*answer.headers, *allowance.headers()))

    async def _take(self, scope: Scope, receive: Receive, headers: Headers, caller: Caller) -> Receipt:
        parameters = _parameters(scope["query_string"])
        sent = _read(await http.read_body(receive, MAX_BYTES))
        site = self._sites.find(scope, headers, lambda site: caller.may_use(site.id))
        if site is None and SITE_PARAMETER in parameters:
            raise NotFound("not found")
        if site is None:
            raise InvalidInput("cannot tell which site this is; add ?site=DOMAIN to the address")
        now_ms = self._desk.intake.clock_ms()
        events = [_event(hit, site, sent.no_sessions, now_ms) for hit in sent.hits or ()]
        return await self._desk.intake.take(site, events, Sender(is_keyed=True))

    async def _caller(self, key: str) -> Caller:
        try:
            return await self._desk.holder(key)
        except NotSignedIn as error:
            raise NotSignedIn("unknown token") from error
        except NotAllowed as error:
            raise NotAllowed("requires 'count' permission") from error


def _key(headers: Headers) -> str:
    """A Bearer token, or the password of Basic without a user."""
    scheme, _, given = http.text(headers, b"authorization").partition(" ")
    if scheme.lower() == "bearer" and given.strip():
        return given.strip()
    if scheme.lower() == "basic":
        return _password(given)
    raise NotSignedIn("no Authorization header")


def _password(basic: str) -> str:
    try:
        user, _, password = b64decode(basic, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError, ValueError) as error:
        raise NotSignedIn("unknown token") from error
    if user or not password:
        raise NotSignedIn("unknown token")
    return password


def _parameters(query_string: bytes) -> set[str]:
    """The names of the address's parameters; raises InvalidInput for one that is not known."""
    names = {name for name, _ in parse_qsl(query_string.decode("latin-1"), keep_blank_values=True)}
    for name in sorted(names - {SITE_PARAMETER}):
        raise _unknown(name)
    return names


def _unknown(name: str) -> InvalidInput:
    return InvalidInput(f'unknown parameter: "{name}"')


def _read(body: bytes) -> SentHits:
    try:
        sent = _decode(body)
    except msgspec.ValidationError as error:
        unknown = _UNKNOWN_FIELD.search(str(error))
        raise (_unknown(unknown[1]) if unknown else InvalidInput(str(error))) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise InvalidInput("the body is not valid JSON") from error
    unknown_filters = set(sent.filter or ()) - _FILTERS
    if unknown_filters:
        raise InvalidInput(f"unknown value in filter: {', '.join(sorted(unknown_filters))}")
    if not sent.hits:
        raise InvalidInput("no hits")
    if len(sent.hits) > MAX_HITS:
        raise InvalidInput(f"maximum amount of pageviews in one batch is {MAX_HITS}")
    return sent


def _event(sent: SentHit, site: Site, no_sessions: bool, now_ms: int) -> WireEvent | Judged:
    try:
        hit = _hit(sent)
        reason: DropReason | None = judge_hit(hit)
        _check_visitor(sent, no_sessions)
        _check_location(sent.location)
        _check_time(sent, now_ms)
    except InvalidInput as error:
        return error
    return reason or replace(
        wire_event(hit, site.domain, f"https://{site.domain}/"),
        timestamp=sent.created_at,
        visitor=_visitor(sent, no_sessions),
        ip=sent.ip or None,
        user_agent=sent.user_agent or None,
        language=sent.language or None,
        country=sent.location[:2] or None,
        region=sent.location if len(sent.location) > 2 else None,
    )


def _hit(sent: SentHit) -> Hit:
    width = sent.size[0] if sent.size else None
    return Hit(sent.path, sent.event, sent.ref, sent.query, sent.bot, width)


def _visitor(sent: SentHit, no_sessions: bool) -> str | None:
    """The session's name; without any sign of who it is, and where that is wanted, a visitor of its own."""
    is_nobody = no_sessions and not (sent.user_agent and sent.ip)
    return sent.session or (secrets.token_hex(8) if is_nobody else None)


def _check_visitor(sent: SentHit, no_sessions: bool) -> None:
    if not (no_sessions or sent.session or (sent.user_agent and sent.ip)):
        raise InvalidInput("set session, or user_agent and ip; or no_sessions where visitors are not to be told apart.")


def _check_location(location: str) -> None:
    if location and not _LOCATION.fullmatch(location):
        raise InvalidInput("location must be a code of ISO 3166, such as NL or NL-NB.", field="location")


def _check_time(sent: SentHit, now_ms: int) -> None:
    """Only the past can be counted; what is no time at all, intake tells."""
    if sent.created_at is None:
        return
    try:
        at = datetime.fromisoformat(sent.created_at)
    except ValueError:
        return
    if (at if at.tzinfo else at.replace(tzinfo=UTC)) > datetime.fromtimestamp(now_ms / 1000, UTC):
        raise InvalidInput("created_at must lie in the past.", field="created_at")


def _answer(receipt: Receipt) -> Response:
    indexes = ", ".join(str(index) for index, _ in receipt.dropped)
    filtered = (b"x-goatcounter-filter", indexes.encode())
    headers = (filtered, dropped_header(receipt.dropped[0][1])) if receipt.dropped else ()
    if receipt.errors:
        return http.json(400, {"errors": {str(index): error.message for index, error in receipt.errors}}, *headers)
    return http.json(202, {"status": "ok"}, *headers)


def _refusal(error: FootfallError) -> Response:
    return http.json(error.status, {"error": error.message}, *_hints(error))


def _hints(error: FootfallError) -> tuple[tuple[bytes, bytes], ...]:
    """What a client is told besides, so that it can do better next time."""
    headers = refusal_headers(error)
    if isinstance(error, NotSignedIn):
        return (*headers, (b"www-authenticate", b'Basic realm="Footfall"'))
    if isinstance(error, TooManyRequests) and not isinstance(error, TooFast):
        return (*headers, *Allowance(0).headers())
    return headers
