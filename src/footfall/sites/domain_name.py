"""What people paste as the domain of a site, brought to the one form we keep."""

import re

from footfall.errors import InvalidInput

_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?")
_MAX_LENGTH = 253  # RFC 1035 with the dots, without the root


def normalise_domain(text: str, *, field: str = "domain") -> str:
    """Return ``text`` as a bare host name: lower case, without scheme, ``www.`` and final dot, IDNA-encoded.

    Raises InvalidInput for a path, a port or anything that is no host name.
    """
    return normalise_host(text, field=field, without="www.")


def normalise_host(text: str, *, field: str, without: str = "") -> str:
    """The same, but for the prefix ``without``: ``www.`` is another host where it matters which one answers."""
    host = re.sub(r"^https?://", "", text.strip().lower()).rstrip("/").rstrip(".").removeprefix(without)
    if re.search(r"[/?#]", host):
        raise InvalidInput("Enter the domain without a path, such as example.com.", field=field)
    if ":" in host:
        raise InvalidInput("Enter the domain without a port, such as example.com.", field=field)
    ascii_host = _idna(host)
    if len(ascii_host) > _MAX_LENGTH or not all(_LABEL.fullmatch(label) for label in ascii_host.split(".")):
        raise InvalidInput("Enter a domain, such as example.com.", field=field)
    return ascii_host


def _idna(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return ""
