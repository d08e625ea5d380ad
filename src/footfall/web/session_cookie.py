"""The cookies of a browser that signs in: its session's, and before that one of a sign-in that waits for a code.

Both are only for people who run sites.
"""

from fastapi import Request, Response
from starlette.requests import HTTPConnection

from footfall.accounts import SESSION_DAYS, WAITING_MINUTES

_SESSION = "footfall"
_WAITING = "footfall-sign-in"
_SECURE_PREFIX = "__Host-"  # browsers accept it only with Secure, Path=/ and no Domain
_TLS = frozenset({"https", "wss"})


def read_session(request: HTTPConnection) -> str | None:
    """Return the session token the browser carries."""
    return request.cookies.get(_name(request, _SESSION))


def read_waiting(request: HTTPConnection) -> str | None:
    """Return the token of the sign-in that waits for a code in this browser."""
    return request.cookies.get(_name(request, _WAITING))


def keep_session(request: Request, response: Response, token: str) -> None:
    """Let the browser carry ``token``."""
    _keep(request, response, _SESSION, token, SESSION_DAYS * 86_400)


def keep_waiting(request: Request, response: Response, token: str) -> None:
    """Let the browser carry ``token`` until a code is there."""
    _keep(request, response, _WAITING, token, WAITING_MINUTES * 60)


def drop_session(request: Request, response: Response) -> None:
    """Take the token from the browser."""
    _drop(request, response, _SESSION)


def drop_waiting(request: Request, response: Response) -> None:
    """Take that of a sign-in from the browser."""
    _drop(request, response, _WAITING)


def is_https(request: HTTPConnection) -> bool:
    """Tell whether the browser speaks TLS, to us or to a proxy.

    Anybody may claim so, but only for their own answer, and a browser keeps no Secure cookie that came without TLS.
    """
    return not _TLS.isdisjoint((request.url.scheme, request.headers.get("x-forwarded-proto")))


def _keep(request: Request, response: Response, name: str, token: str, seconds: int) -> None:
    response.set_cookie(
        _name(request, name),
        token,
        max_age=seconds,
        path="/",
        secure=is_https(request),
        httponly=True,
        samesite="lax",
    )


def _drop(request: Request, response: Response, name: str) -> None:
    response.delete_cookie(_name(request, name), path="/", secure=is_https(request), httponly=True, samesite="lax")


def _name(request: HTTPConnection, name: str) -> str:
    return f"{_SECURE_PREFIX if is_https(request) else ''}{name}"
