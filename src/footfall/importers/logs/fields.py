"""From the named texts of a line to a request: which fields there are, and what each one's text means."""

import ipaddress
from functools import lru_cache
from urllib.parse import urlsplit

from footfall.importers.logs.request import LoggedRequest
from footfall.importers.logs.times import ReadTime, time_reader

Fields = dict[str, str]
"""The texts of one line by field name."""

NUMBERS = ("status", "size", "timing_sec", "timing_milli", "timing_micro")
"""Fields that hold a number: a log read in the wrong format shows there."""

FIELDS = (
    *("ignore", "date", "time", "datetime"),
    *("remote_addr", "xff", "user_agent", "referrer"),
    *("method", "url", "path", "query", "http", "request", "host"),
    *("content_type", *NUMBERS),
)
"""Every field a template may name. Sizes and timings are understood and not used."""


class Unreadable(ValueError):
    """A field says what it cannot mean; the message names the field and never quotes it."""


class Clock:
    """Reads the moment of a line from its datetime field, or from its date and time fields together."""

    def __init__(self, *, datetime: str = "", date: str = "", time: str = "") -> None:
        self._of_datetime = time_reader(datetime) if datetime else None
        self._of_parts = time_reader(f"{date} {time}".strip()) if date or time else None

    def read(self, fields: Fields) -> int:
        """UTC milliseconds; raises Unreadable."""
        try:
            if "datetime" in fields:
                return _with(self._of_datetime, fields["datetime"])
            return _with(self._of_parts, f"{fields.get('date', '')} {fields.get('time', '')}".strip())
        except (ValueError, OverflowError) as error:
            raise Unreadable("the time does not fit the layout") from error


def request_of(line_number: int, fields: Fields, clock: Clock) -> LoggedRequest:
    """Make the request of a line; a field of just `-` is empty. Raises Unreadable."""
    present = {name: text for name, text in fields.items() if text not in ("", "-")}
    method, target = _method_and_target(present)
    logged_host, path = _split_target(target)
    return LoggedRequest(
        line_number=line_number,
        at_ms=clock.read(present),
        method=method,
        host=_bare_host(present.get("host", "") or logged_host),
        path=_with_query(path, present.get("query", "")),
        status=_status(present.get("status", "200")),
        referrer=present.get("referrer", ""),
        content_type=present.get("content_type", ""),
        address=_forwarded(present.get("xff", "")) or _address(present.get("remote_addr", "")),
        user_agent=present.get("user_agent", "") if "user_agent" in fields else None,
    )


def _with(read: ReadTime | None, text: str) -> int:
    if read is None:
        raise Unreadable("there is no layout for the time")
    return read(text)


def _method_and_target(fields: Fields) -> tuple[str, str]:
    if "request" in fields:
        method, _, rest = fields["request"].partition(" ")
        return method.upper(), rest.rpartition(" HTTP/")[0] or rest
    return fields.get("method", "GET").upper(), fields.get("url") or fields.get("path", "")


def _split_target(target: str) -> tuple[str, str]:
    """Host and path of a request target, which a proxy's client sends as a whole URL."""
    if target.startswith("/") or target == "*":
        return "", target
    try:
        parts = urlsplit(target)
    except ValueError as error:
        raise Unreadable("the URL cannot be read") from error
    if not parts.netloc:
        raise Unreadable("the path does not begin with a slash")
    return parts.netloc, _with_query(parts.path or "/", parts.query)


def _with_query(path: str, query: str) -> str:
    return f"{path}?{query.removeprefix('?')}" if query else path


def _bare_host(host: str) -> str:
    return host.lower().partition(":")[0].rstrip(".")


def _status(text: str) -> int:
    if not (text.isascii() and text.isdigit()):
        raise Unreadable("the status is not a number")
    return int(text)


@lru_cache(maxsize=4096)
def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text)) if text else ""
    except ValueError:
        raise Unreadable("the address is not an IP address") from None  # the cause would quote it


def _forwarded(text: str) -> str:
    """The last public address of an X-Forwarded-For list: the ones after it are our own proxies."""
    for part in reversed(text.split(",")):
        try:
            address = ipaddress.ip_address(part.strip())
        except ValueError:
            continue
        if not address.is_private:
            return str(address)
    return ""
