"""Line templates such as `$remote_addr $ignore [$datetime] "$method $path $http" $status`.

A template becomes one regular expression without backtracking: a field ends where the text after it begins, and a
field between double quotes reads over escaped quotes.
"""

import re

from footfall.errors import InvalidInput
from footfall.importers.logs.fields import FIELDS, NUMBERS, Fields

_FIELD = re.compile(r"\$([a-z_]+)")
_ESCAPE = re.compile(r"((?:\\x[0-9A-Fa-f]{2})+)|\\(.)")
# Apache joins a virtual host and its port to the line with a colon or a space.
_LEADING_HOST = r"(?P<host>[^\s:]+)(?::\d{1,5}(?=\s|:\d+\.))?[:\s]\s*"


class Template:
    """Reads the fields of a line; ``has_leading_host`` for virtual-host logs."""

    def __init__(self, text: str, *, has_leading_host: bool = False) -> None:
        self._pattern = re.compile((_LEADING_HOST if has_leading_host else "") + _compile(text))

    def __call__(self, line: str) -> Fields | None:
        """The fields of ``line``, or None where it does not fit."""
        found = self._pattern.fullmatch(line)
        if found is None:
            return None
        return {name: _unescape(text) for name, text in found.groupdict().items()}


def _compile(text: str) -> str:
    parts = _FIELD.split(text)
    _check(parts[1::2])
    pattern = re.escape(parts[0])
    quotes = parts[0].count('"')
    for name, following in zip(parts[1::2], parts[2::2], strict=True):
        pattern += _field(name, following, is_quoted=quotes % 2 == 1) + re.escape(following)
        quotes += following.count('"')
    return pattern


def _check(names: list[str]) -> None:
    for name in names:
        if name not in FIELDS:
            raise InvalidInput(f"${name} is not a field of a log template; use {', '.join(FIELDS)}.", field="format")
        if name != "ignore" and names.count(name) > 1:
            raise InvalidInput(f"${name} stands twice in the log template; use $ignore for one.", field="format")


def _field(name: str, following: str, *, is_quoted: bool) -> str:
    body = r"[0-9.-]*+" if name in NUMBERS else _until(following, is_quoted=is_quoted)
    return body if name == "ignore" else f"(?P<{name}>{body})"


def _until(following: str, *, is_quoted: bool) -> str:
    character = r"(?:[^\"\\]|\\.)" if is_quoted else "."
    stop = f"(?!{re.escape(following)})" if following else ""
    return f"(?:{stop}{character})*+"


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_plain, text) if "\\" in text else text


def _plain(escape: re.Match[str]) -> str:
    if octets := escape[1]:
        return bytes.fromhex(octets.replace("\\x", "")).decode(errors="replace")
    return escape[2]
