"""GoatCounter's `/count`, asked for as a picture or a beacon, and the script that does so."""

from functools import cache
from importlib import resources
from urllib.parse import parse_qs

from footfall.collect import http
from footfall.collect.address import TrustedProxies
from footfall.collect.doors import dropped_header
from footfall.collect.goatcounter.hit import Hit, host_of, judge_hit, wire_event
from footfall.collect.goatcounter.site_of_request import SiteOfRequest
from footfall.collect.http import Headers, Receive, Response, Scope
from footfall.collect.intake import Intake, Receipt
from footfall.collect.javascript import javascript
from footfall.collect.refusals import refusal_headers
from footfall.collect.routes import Route, in_shape
from footfall.collect.sender import sender_behind
from footfall.domain import DropReason, Site
from footfall.errors import FootfallError, InvalidInput

_MAX_PARAMETERS = 50
_TRUE = frozenset({"1", "t", "true", "on", "yes"})


class GoatCounterDoors:
    """What a page asks for; nobody needs a key here."""

    def __init__(self, intake: Intake, sites: SiteOfRequest, *, proxies: TrustedProxies) -> None:
        self._intake = intake
        self._sites = sites
        self._proxies = proxies

    def routes(self) -> tuple[Route, ...]:
        """The paths pages use."""
        count = in_shape(self.count, _refusal)
        return (
            Route("/count", {"GET": count, "POST": count}),
            Route("/count.js", {"GET": self.script, "HEAD": self.script}),
        )

    async def count(self, scope: Scope, receive: Receive) -> Response:
        """`GET|POST /count`: one hit, all of it in the query string."""
        headers = http.headers_of(scope)
        site = self._sites.find(scope, headers)
        if site is None:
            self._intake.refuse(DropReason.UNKNOWN_SITE)
            raise InvalidInput("cannot tell which site this is; add ?site=PUBLIC_ID to the address of /count")
        hit = _read_hit(scope["query_string"])
        event = judge_hit(hit) or wire_event(hit, *_page(headers, site))
        receipt = await self._intake.take(site, (event,), sender_behind(self._proxies, scope, headers))
        return _answer(receipt)

    async def script(self, scope: Scope, receive: Receive) -> Response:
        """`GET /count.js`: a tracker with the attributes and globals of GoatCounter's."""
        return javascript(http.headers_of(scope), _script())


def _read_hit(query_string: bytes) -> Hit:
    try:
        query = parse_qs(query_string.decode("latin-1"), keep_blank_values=True, max_num_fields=_MAX_PARAMETERS)
    except ValueError as error:
        raise InvalidInput(f"a hit has at most {_MAX_PARAMETERS} parameters") from error
    given = {name: values[0] for name, values in query.items()}
    return Hit(
        path=given.get("p", ""),
        is_event=given.get("e", "").lower() in _TRUE,
        referrer=given.get("r", ""),
        query=given.get("q", ""),
        bot=_bot_hint(given.get("b", "")),
        width=_width(given.get("s", "")),
    )


def _bot_hint(text: str) -> int:
    if not text:
        return 0
    if not (text.isascii() and text.isdigit() and len(text) < 6):
        raise InvalidInput("b must be a number", field="b")
    return int(text)


def _width(size: str) -> int | None:
    width = size.partition(",")[0].partition(".")[0]
    return int(width) if width.isascii() and width.isdigit() and len(width) < 6 else None


def _page(headers: Headers, site: Site) -> tuple[str, str]:
    """Host and address of the page that asks, as far as the browser tells."""
    referer = http.text(headers, b"referer")
    host = host_of(referer)
    return (host, referer) if host else (site.domain, f"https://{site.domain}/")


def _answer(receipt: Receipt) -> Response:
    if receipt.errors:
        raise receipt.errors[0][1]
    return http.pixel(200, *(dropped_header(reason) for _, reason in receipt.dropped))


def _refusal(error: FootfallError) -> Response:
    """The picture all the same, with the reason in a header."""
    reason = (b"x-goatcounter", error.message.encode("latin-1", "replace"))
    return http.pixel(error.status, reason, *refusal_headers(error))


@cache
def _script() -> bytes:
    return resources.files("footfall.collect").joinpath("static", "goatcounter.js").read_bytes()
