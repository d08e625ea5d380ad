"""Reading the times of logs: strptime patterns, layouts in Go's notation, and names for the usual ones."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache, partial

ReadTime = Callable[[str], int]
"""Text to UTC milliseconds; raises ValueError."""

APACHE_TIME = "%d/%b/%Y:%H:%M:%S %z"

_SCALES = {"unix_sec": 1_000, "unix_milli": 1, "unix_sec_float": 1_000, "unix_milli_float": 1}
_PATTERNS = {
    "ansic": "%a %b %d %H:%M:%S %Y",
    "unix": "%a %b %d %H:%M:%S %Z %Y",
    "rfc822": "%d %b %y %H:%M %Z",
    "rfc822z": "%d %b %y %H:%M %z",
    "rfc850": "%A, %d-%b-%y %H:%M:%S %Z",
    "rfc1123": "%a, %d %b %Y %H:%M:%S %Z",
    "rfc1123z": "%a, %d %b %Y %H:%M:%S %z",
}
_GO_TOKENS = {
    "2006": "%Y",
    "January": "%B",
    "Jan": "%b",
    "Monday": "%A",
    "Mon": "%a",
    "MST": "%Z",
    "Z07:00": "%z",
    "Z0700": "%z",
    "-07:00": "%z",
    "-0700": "%z",
    "PM": "%p",
    "15": "%H",
    "01": "%m",
    "02": "%d",
    "_2": "%d",
    "03": "%I",
    "04": "%M",
    "05": "%S",
    "06": "%y",
    "1": "%m",
    "2": "%d",
    "3": "%I",
    "4": "%M",
    "5": "%S",
}
_GO_TOKEN = re.compile("|".join([r"(?<=[.,])[09]+", *map(re.escape, _GO_TOKENS)]))


def time_reader(layout: str) -> ReadTime:
    """The reader of a layout: a name, a strptime pattern, or an example of Mon Jan 2 15:04:05 2006 as Go writes it."""
    if layout in _SCALES:
        return partial(_scaled, scale=_SCALES[layout])
    if named := _READERS.get(layout):
        return named
    pattern = _PATTERNS.get(layout, layout)
    return partial(_by_pattern, pattern=pattern if "%" in pattern else _from_go(pattern))


def guess_time(text: str) -> int:
    """Read what JSON logs hold: ISO 8601, Apache's layout, or a number since 1970 in the unit its size tells."""
    if re.fullmatch(r"\d+(\.\d+)?", text):
        return _of_number(float(text))
    if "/" in text:
        return _by_pattern(text, APACHE_TIME)
    return _by_iso(text)


def _of_number(number: float) -> int:
    for limit, per_ms in ((1e11, 0.001), (1e14, 1.0), (1e17, 1e3)):
        if number < limit:
            return round(number / per_ms)
    return round(number / 1e6)


def _scaled(text: str, scale: int) -> int:
    return round(float(text) * scale)


def _by_nanoseconds(text: str) -> int:
    return int(text) // 1_000_000


def _by_iso(text: str) -> int:
    return _milliseconds(datetime.fromisoformat(text))


@lru_cache(maxsize=4096)  # neighbouring lines share their second
def _by_pattern(text: str, pattern: str) -> int:
    return _milliseconds(datetime.strptime(text, pattern))  # noqa: DTZ007 - a zone is added where none is given


def _milliseconds(moment: datetime) -> int:
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return round(aware.timestamp() * 1000)


def _from_go(layout: str) -> str:
    return _GO_TOKEN.sub(lambda token: _GO_TOKENS.get(token[0], "%f"), layout)


_READERS: dict[str, ReadTime] = {
    "rfc3339": _by_iso,
    "rfc3339nano": _by_iso,
    "unix_nano": _by_nanoseconds,
    "guess": guess_time,
}
