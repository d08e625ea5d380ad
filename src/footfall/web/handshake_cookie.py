"""The cookie of a browser that was sent to a provider: who comes back must be who left, and goes on where they wanted.

Where that is stays with the browser: the address of an invitation is a secret, and nothing of it is to be stored here.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import NamedTuple

from fastapi import Request, Response

from footfall.accounts import HANDSHAKE_MINUTES, Handshake
from footfall.web.session_cookie import is_https

_NAME = "footfall-handshake"
_MAX_TARGET_LENGTH = 1500  # browsers keep cookies of 4 KB


class Leaving(NamedTuple):
    """What the browser left with: a secret of its own, and the path it wanted to go to."""

    secret: str
    target: str


def read_handshake(request: Request) -> Leaving:
    """Return what the browser left with; both are empty where it did not, and the path may be anything."""
    secret, _, target = request.cookies.get(_name(request), "").partition(".")
    try:
        return Leaving(secret, urlsafe_b64decode(target).decode())
    except ValueError:
        return Leaving(secret, "")


def keep_handshake(request: Request, response: Response, leaving: Leaving) -> None:
    """Let the browser carry it until it can have come back; ``lax``, for it comes from another site."""
    target = leaving.target if len(leaving.target) <= _MAX_TARGET_LENGTH else ""
    response.set_cookie(
        _name(request),
        f"{leaving.secret}.{urlsafe_b64encode(target.encode()).decode()}",
        max_age=HANDSHAKE_MINUTES[Handshake.ASK_PROVIDER] * 60,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )


def _name(request: Request) -> str:
    return f"{'__Host-' if is_https(request) else ''}{_NAME}"
