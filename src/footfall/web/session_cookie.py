"""The cookie of a signed-in browser: the only one there is, and only for people who run sites."""

from fastapi import Request, Response
from starlette.requests import HTTPConnection

from footfall.accounts import SESSION_DAYS

_SECURE_NAME = "__Host-footfall"  # browsers accept it only with Secure, Path=/ and no Domain
_PLAIN_NAME = "footfall"
_TLS = frozenset({"https", "wss"})


def read_session(request: HTTPConnection) -> str | None:
    """Return the session token the browser carries."""
    return request.cookies.get(_name(request))


def keep_session(request: Request, response: Response, token: str) -> None:
    """Let the browser carry ``token``."""
    response.set_cookie(
        _name(request),
        token,
        max_age=SESSION_DAYS * 86_400,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )


def drop_session(request: Request, response: Response) -> None:
    """Take the token from the browser."""
    response.delete_cookie(_name(request), path="/", secure=is_https(request), httponly=True, samesite="lax")


def is_https(request: HTTPConnection) -> bool:
    """Tell whether the browser speaks TLS, to us or to a proxy.

    Anybody may claim so, but only for their own answer, and a browser keeps no Secure cookie that came without TLS.
    """
    return not _TLS.isdisjoint((request.url.scheme, request.headers.get("x-forwarded-proto")))


def _name(request: HTTPConnection) -> str:
    return _SECURE_NAME if is_https(request) else _PLAIN_NAME
