"""Pages are sent compressed, bit by bit as they are made.

Compression and a secret in one page can tell the secret to who may choose other words of it and sees how long the
answer is (BREACH). So the token of forms is another text in each page (`web.forms`), and what answers
a form, as a page with a new key does, is sent as it is.
"""

import zlib
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_LEVEL = 5  # of 1 to 9
_GZIP = 16 + zlib.MAX_WBITS
_LEAST_BYTES = 1000  # what is shorter is sent as it is


class CompressedPages:
    """ASGI middleware that compresses HTML for whoever takes gzip; all else passes as it is."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, compressing a page that comes back."""
        if (
            scope["type"] == "http"
            and scope["method"] == "GET"
            and "gzip" in Headers(scope=scope).get("accept-encoding", "")
        ):
            send = _compressing(send)
        await self._app(scope, receive, send)


def _compressing(send: Send) -> Send:
    """Wait for the first bytes, for only then it is known whether they are worth it; then pass each part on at once."""
    start: Message = {}
    squeeze: Callable[[bytes, bool], bytes] = _as_it_is

    async def send_compressed(message: Message) -> None:
        nonlocal start, squeeze
        if message["type"] == "http.response.start":
            start = message
            return
        body, is_last = message.get("body", b""), not message.get("more_body", False)
        if start:
            headers = MutableHeaders(scope=start)
            if _is_page(headers) and (len(body) >= _LEAST_BYTES or not is_last):
                squeeze = _squeezer()
                headers["content-encoding"] = "gzip"
                headers.add_vary_header("accept-encoding")
                del headers["content-length"]
            await send(start)
            start = {}
        await send({**message, "body": squeeze(body, is_last)})

    return send_compressed


def _is_page(headers: MutableHeaders) -> bool:
    return headers.get("content-type", "").startswith("text/html") and "content-encoding" not in headers


def _as_it_is(body: bytes, is_last: bool) -> bytes:
    return body


def _squeezer() -> Callable[[bytes, bool], bytes]:
    stream = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP)

    def squeeze(body: bytes, is_last: bool) -> bytes:
        return stream.compress(body) + stream.flush(zlib.Z_FINISH if is_last else zlib.Z_SYNC_FLUSH)

    return squeeze
