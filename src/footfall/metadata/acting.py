"""Who acts in the unit of work under way, for the audit log.

The edge says once per request who may be acting; whoever finds out who it is writes it down here. A value that travels
with the request rather than a parameter: a change that forgets to pass its actor must not be possible.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from ipaddress import ip_address, ip_network

NOBODY = "nobody"
"""Somebody in a request who has not shown who they are, or not yet."""


@dataclass
class Actor:
    """Who acts: a person in a session or with a mailed link, the bearer of a key, a command; empty: Footfall itself."""

    kind: str = ""  # session, link, key, command or nobody
    user_id: int | None = None
    via: str = ""  # which session or key: the first characters of a hash, or of the key
    network: str = ""


_ACTING: ContextVar[Actor | None] = ContextVar("acting", default=None)


@contextmanager
def acting(actor: Actor) -> Iterator[Actor]:
    """Let ``actor`` answer for what is changed inside the block, and in threads it starts work in."""
    token = _ACTING.set(actor)
    try:
        yield actor
    finally:
        _ACTING.reset(token)


def act_as(actor: Actor) -> None:
    """Let ``actor`` answer for all that the task under way does from here on; a request is a task of its own."""
    _ACTING.set(actor)


def actor_now() -> Actor:
    """Who acts; Footfall itself where nobody was named."""
    return _ACTING.get() or Actor()


def note_actor(kind: str, user_id: int | None, via: str) -> None:
    """Write down who turned out to be acting; outside a request there is nobody to note it for."""
    actor = _ACTING.get()
    if actor is not None:
        actor.kind, actor.user_id, actor.via = kind, user_id, via


def network_of(address: str) -> str:
    """The part of an address that is kept: /24 of IPv4, /48 of IPv6; empty for what is no address."""
    try:
        known = ip_address(address)
    except ValueError:
        return ""
    return str(ip_network(f"{known}/{24 if known.version == 4 else 48}", strict=False))
