"""The headers of every answer but intake's: nothing inline or from elsewhere, no frame, no referrer, no copy kept.

They are what the Mozilla Observatory asks for; a test holds all routes to its rules.
"""

from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from footfall.errors import Unavailable
from footfall.web.session_cookie import is_https


def content_security_policy(*, frame_ancestors: str = "'none'") -> str:
    """The policy of a page that the origins ``frame_ancestors`` may frame."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "font-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {frame_ancestors}",
        )
    )


CONTENT_SECURITY_POLICY = content_security_policy()

PAGE_HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


# What programs read is no page, and is not to become one where a browser is led to it.
DATA_HEADERS = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
}
# Scripts, styles and pictures: other sites may show a badge or load a script of ours.
FILE_HEADERS = {"x-content-type-options": "nosniff"}
# Of this host alone: its neighbours are their owner's business.
_TLS_ONLY = "max-age=31536000"
_HEADERS = (
    ("text/html", PAGE_HEADERS),
    ("image/", FILE_HEADERS),
    ("text/css", FILE_HEADERS),
    ("text/javascript", FILE_HEADERS),
    ("", DATA_HEADERS),
)


RETRY_AFTER_SECONDS = 5


class PageSecurity:
    """ASGI middleware that gives every answer the headers of its kind which it has not set itself."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, adding headers as the answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _protect(MutableHeaders(scope=message))
                if message["status"] == Unavailable.status:  # a form shown again with what went wrong, for one
                    MutableHeaders(scope=message).setdefault("retry-after", str(RETRY_AFTER_SECONDS))
                if is_https(HTTPConnection(scope)):
                    MutableHeaders(scope=message).setdefault("strict-transport-security", _TLS_ONLY)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _protect(headers: MutableHeaders) -> None:
    kind = headers.get("content-type", "")
    for name, value in next(row for start, row in _HEADERS if kind.startswith(start)).items():
        headers.setdefault(name, value)
