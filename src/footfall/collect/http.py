"""The little of HTTP that intake needs, straight on ASGI: a framework costs more here than the work itself."""

import zlib
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import msgspec

from footfall.collect.refusals import refusal_headers
from footfall.errors import FootfallError, InvalidInput, TooLarge

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Headers = dict[bytes, bytes]

CORS = (
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"x-footfall-dropped, x-plausible-dropped, retry-after"),
    (b"cross-origin-resource-policy", b"cross-origin"),
    (b"x-content-type-options", b"nosniff"),
)
_JSON = (b"content-type", b"application/json")
_PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


class Response(msgspec.Struct, frozen=True):
    """Status, extra headers, body."""

    status: int
    body: bytes = b""
    headers: tuple[tuple[bytes, bytes], ...] = ()


def headers_of(scope: Scope) -> Headers:
    """Header names as ASGI gives them: lower case; of a repeated one the last counts."""
    return dict(scope["headers"])


def text(headers: Headers, name: bytes) -> str:
    """One header as text, empty where it's missing."""
    return headers.get(name, b"").decode("latin-1")


def bearer_key(headers: Headers) -> str | None:
    """What follows `Authorization: Bearer`; None where the header is missing or of another scheme."""
    scheme, _, key = text(headers, b"authorization").partition(" ")
    return key.strip() if scheme.lower() == "bearer" else None


async def read_body(receive: Receive, limit_bytes: int) -> bytes:
    """The whole body; raises TooLarge past ``limit_bytes``."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if not message.get("more_body"):
        return _within(body, limit_bytes)
    parts, size = [body], len(body)
    while message.get("more_body"):
        message = await receive()
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit_bytes:
            raise _too_large(limit_bytes)
    return b"".join(parts)


def unzip(body: bytes, limit_bytes: int) -> bytes:
    """Undo gzip, never past ``limit_bytes``: a few bytes can unfold to gigabytes."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        unpacked = unpacker.decompress(body, limit_bytes + 1)
    except zlib.error as error:
        raise InvalidInput("The body is not valid gzip.") from error
    if len(unpacked) > limit_bytes:
        raise _too_large(limit_bytes)
    if not unpacker.eof:
        raise InvalidInput("The gzip body ends too early.")
    return unpacked


def json(status: int, value: Any, *headers: tuple[bytes, bytes]) -> Response:
    """A JSON response."""
    return Response(status, msgspec.json.encode(value), (_JSON, *headers))


def pixel(status: int = 200, *headers: tuple[bytes, bytes]) -> Response:
    """The smallest picture there is, 43 bytes, not to be cached."""
    return Response(status, _PIXEL, ((b"content-type", b"image/gif"), (b"cache-control", b"no-store"), *headers))


def error_response(error: FootfallError) -> Response:
    """The one error shape."""
    body: dict[str, str] = {"code": error.code, "message": error.message}
    if error.field:
        body["field"] = error.field
    return json(error.status, {"error": body}, *refusal_headers(error))


async def respond(send: Send, response: Response) -> None:
    """Send a response, open to every origin: no cookie is read here."""
    length = (b"content-length", b"%d" % len(response.body))
    headers = [*response.headers, *CORS, length]
    await send({"type": "http.response.start", "status": response.status, "headers": headers})
    await send({"type": "http.response.body", "body": response.body})


def _within(body: bytes, limit_bytes: int) -> bytes:
    if len(body) > limit_bytes:
        raise _too_large(limit_bytes)
    return body


def _too_large(limit_bytes: int) -> TooLarge:
    return TooLarge(f"The body may have {limit_bytes:,} bytes; send fewer events at once.")
