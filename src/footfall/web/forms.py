"""Only our own pages may send our forms: the browser's word on where a request comes from, and a token in the form.

Reads need neither, and routes for programs don't look at cookies, so they are not concerned.
"""

import hmac
import secrets
from urllib.parse import urlsplit

from fastapi import Request
from starlette.requests import HTTPConnection

from footfall.errors import NotAllowed

TOKEN_FIELD = "form_token"  # noqa: S105 (the name of a field)
TOKEN_HEADER = "x-form-token"  # noqa: S105
_TOKEN_BYTES = 32
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_SAME_ORIGIN = frozenset({"same-origin", "none"})


def require_same_origin(request: Request) -> None:
    """Refuse a change that another site's page asks for; raises NotAllowed."""
    if request.method not in _SAFE_METHODS and not is_same_origin(request):
        raise NotAllowed("This form was sent from another site; open the page here and try again.")


def is_same_origin(connection: HTTPConnection) -> bool:
    """Tell whether one of our own pages asks.

    Browsers send ``Sec-Fetch-Site`` over TLS and to this machine, and ``Origin`` with every form and WebSocket; what
    sends neither is no browser, and carries nobody's cookies.
    """
    site, origin = connection.headers.get("sec-fetch-site"), connection.headers.get("origin")
    if site is not None:
        return site in _SAME_ORIGIN
    return origin is None or urlsplit(origin).netloc == connection.headers.get("host")


class FormTokens:
    """Tokens that prove a form was made for the session that sends it; ``key`` is a secret of this install."""

    def __init__(self, key: str) -> None:
        self._key = key.encode()

    def of(self, session_token: str) -> str:
        """Return a token to put into the forms of a session, another text each time.

        Were it the same in every page, the length of compressed pages could tell it (BREACH).
        """
        veil = secrets.token_bytes(_TOKEN_BYTES)
        return (veil + _laid_over(veil, self._plain(session_token))).hex()

    def _plain(self, session_token: str) -> bytes:
        return hmac.digest(self._key, session_token.encode(), "sha256")

    async def check(self, request: Request, session_token: str) -> None:
        """Refuse a form without the session's token, be it in a field or a header; raises NotAllowed."""
        given = request.headers.get(TOKEN_HEADER) or (await request.form()).get(TOKEN_FIELD)
        self.require(given, session_token)

    def require(self, given: object, session_token: str) -> None:
        """Refuse a token that is not the session's; raises NotAllowed."""
        if not isinstance(given, str) or not hmac.compare_digest(_unveiled(given), self._plain(session_token)):
            raise NotAllowed("This page was open for too long; reload it and try again.")


def _unveiled(given: str) -> bytes:
    """The plain token of what a form carries; nothing for what no form of ours does."""
    try:
        both = bytes.fromhex(given)
    except ValueError:
        return b""
    return _laid_over(both[:_TOKEN_BYTES], both[_TOKEN_BYTES:]) if len(both) == 2 * _TOKEN_BYTES else b""


def _laid_over(veil: bytes, token: bytes) -> bytes:
    return bytes(one ^ other for one, other in zip(veil, token, strict=True))
