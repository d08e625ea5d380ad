"""One hit as both of GoatCounter's ways of sending tell it, and the wire event it stands for."""

from urllib.parse import quote, urlsplit

import msgspec

from footfall.collect.wire import WireEvent
from footfall.domain import DropReason
from footfall.errors import InvalidInput

MAX_PATH_CHARS = 2_048

_FIRST_BOT_HINT = 150
_REFERRER_CHARS = 2_000


class Hit(msgspec.Struct, frozen=True):
    """A view of ``path``, or an event of that name."""

    path: str
    is_event: bool
    referrer: str  # an address, or the name of a source
    query: str  # holds the campaign
    bot: int  # what the client found out: 0, or a reason from 150 on
    width: float | None


def judge_hit(hit: Hit) -> DropReason | None:
    """The client's own finding; raises InvalidInput for a hit that makes no sense."""
    if not hit.path.strip():
        raise InvalidInput("path must be set.", field="path")
    if len(hit.path) > MAX_PATH_CHARS:
        raise InvalidInput(f"path has at most {MAX_PATH_CHARS:,} characters.", field="path")
    if hit.bot and hit.bot < _FIRST_BOT_HINT:
        raise InvalidInput("bot must be 0 or at least 150.", field="bot")
    return DropReason.BOT if hit.bot else None


def wire_event(hit: Hit, host: str, page: str) -> WireEvent:
    """The hit on ``host``; an event happened at the address ``page``, for its path is its name."""
    is_address = "://" in hit.referrer
    url = page if hit.is_event else f"https://{host}/{hit.path.lstrip('/')}"
    return WireEvent(
        name=hit.path if hit.is_event else "pageview",
        url=_with_query(url, hit.query, "" if is_address else hit.referrer),
        referrer=hit.referrer[:_REFERRER_CHARS] if is_address else None,
        screen_width=hit.width,
    )


def host_of(address: str) -> str:
    """The host of an address, empty where it has none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def _with_query(url: str, query: str, source: str) -> str:
    """The campaign goes where intake reads it; so does a source that is no address."""
    named = f"ref={quote(source, safe='')}" if source else ""
    extra = "&".join(part for part in (query.lstrip("?"), named) if part)
    if not extra:
        return url
    address, sign, fragment = url.partition("#")
    return f"{address}{'&' if '?' in address else '?'}{extra}{sign}{fragment}"
