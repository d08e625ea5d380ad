"""What passkeys are bound to: the public address of this install, as it was set, never as a request names it."""

from ipaddress import ip_address
from urllib.parse import urlsplit

import msgspec

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOCAL = "localhost"


class RelyingParty(msgspec.Struct, frozen=True):
    """The two names authenticators and browsers sign: a host, and the origin of our pages."""

    id: str
    origin: str


def relying_party(base_url: str, port: int) -> RelyingParty | None:
    """Make it of the public address; without one, of this machine by name.

    None where browsers allow no passkeys: at an address without a name, and without TLS but on this machine.
    """
    parts = urlsplit(base_url or f"http://{_LOCAL}:{port}")
    host = (parts.hostname or "").rstrip(".")
    is_local = host == _LOCAL or host.endswith(f".{_LOCAL}")
    if not host or _is_address(host) or (parts.scheme != "https" and not is_local):
        return None
    own_port = parts.port or _DEFAULT_PORTS[parts.scheme]
    suffix = "" if own_port == _DEFAULT_PORTS[parts.scheme] else f":{own_port}"
    return RelyingParty(host, f"{parts.scheme}://{host}{suffix}")


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
