"""GoatCounter's `/count`, asked for as a picture or a beacon, and the script that does so."""

from collections.abc import Callable, Mapping
from functools import cache
from importlib import resources
from typing import Any
from urllib.parse import parse_qs

from footfall.collect import http
from footfall.collect.desk import Desk
from footfall.collect.doors import dropped_header
from footfall.collect.goatcounter.hit import Hit, host_of, judge_hit, wire_event
from footfall.collect.goatcounter.site_of_request import SiteOfRequest
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Receipt
from footfall.collect.javascript import javascript
from footfall.collect.refusals import refusal_headers
from footfall.collect.routes import Route, in_shape, read_by
from footfall.domain import DropReason, Site
from footfall.errors import FootfallError, InvalidInput

_MAX_PARAMETERS = 50
_TRUE = frozenset({"1", "t", "true", "on", "yes"})
_COUNTED_ELSEWHERE = frozenset({DropReason.BOT, DropReason.PREFETCH})
"""Drops that GoatCounter answers like any other hit; of the rest it says why."""


class GoatCounterDoors:
    """What a page asks for; nobody needs a key here."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._sites = SiteOfRequest(desk.sites)

    def routes(self) -> tuple[Route, ...]:
        """The paths pages use."""
        count = in_shape(self.count, _refusal)
        return (
            Route("/count", {"GET": count, "POST": count}),
            Route("/count.js", read_by(self.script)),
        )

    async def count(self, scope: Scope, receive: Receive) -> Response:
        """`GET|POST /count`: one hit, all of it in the query string."""
        headers = http.headers_of(scope)
        site = self._sites.find(scope, headers)
        if site is None:
            self._desk.intake.refuse(DropReason.UNKNOWN_SITE)
            raise InvalidInput("cannot tell which site this is; add ?site=PUBLIC_ID to the address of /count")
        hit = _read_hit(scope["query_string"])
        event = judge_hit(hit) or wire_event(hit, *_page(headers, site))
        receipt = await self._desk.intake.take(site, (event,), self._desk.sender(scope, headers))
        return _answer(receipt)

    async def script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /count.js`: a tracker with the attributes and globals of GoatCounter's."""
        return javascript(http.headers_of(scope), _script())


def _read_hit(query_string: bytes) -> Hit:
    try:
        query = parse_qs(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError as error:
        raise InvalidInput(f"a hit has at most {_MAX_PARAMETERS} parameters") from error
    given = {field: read(query.get(name, [""])[0]) for name, (field, read) in PARAMETERS.items()}
    return Hit(**given)


def _is_true(text: str) -> bool:
    return text.lower() in _TRUE


def _bot_hint(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise InvalidInput("b must be a number", field="b")
    return int(text)


def _width(size: str) -> int | None:
    width = size.partition(",")[0].partition(".")[0]
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else None


PARAMETERS: Mapping[str, tuple[str, Callable[[str], Any]]] = {  # of the address → field of a hit, and how it is read
    "p": ("path", str),
    "e": ("is_event", _is_true),
    "r": ("referrer", str),
    "q": ("query", str),
    "b": ("bot", _bot_hint),
    "s": ("width", _width),
}


def _page(headers: Headers, site: Site) -> tuple[str, str]:
    """Host and address of the page that asks, as far as the browser tells."""
    referer = http.text(headers, b"referer")
    host = host_of(referer)
    return (host, referer) if host else (site.domain, f"https://{site.domain}/")


def _answer(receipt: Receipt) -> Response:
    if receipt.errors:
        raise receipt.errors[0][1]
    if not receipt.dropped:
        return http.pixel()
    _, reason = receipt.dropped[0]
    if reason in _COUNTED_ELSEWHERE:
        return http.pixel(200, dropped_header(reason))
    return http.pixel(202, dropped_header(reason), (b"x-goatcounter", f"ignored because of {reason}".encode()))


def _refusal(error: FootfallError) -> Response:
    """The picture all the same, with the reason in a header."""
    reason = (b"x-goatcounter", error.message.encode("latin-1", "replace"))
    return http.pixel(error.status, reason, *refusal_headers(error))


@cache
def _script() -> bytes:
    return resources.files("footfall.collect").joinpath("static", "goatcounter.js").read_bytes()
