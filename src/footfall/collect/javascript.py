"""How every script is answered: kept by browsers for an hour, then asked for by its tag."""

from footfall.collect.http import Headers, Response
from footfall.collect.script import etag, gzipped


def javascript(headers: Headers, script: bytes, language: str = "") -> Response:
    """The answer to a request with these headers; ``language`` is that of a script which speaks its reader's."""
    tag = etag(script).encode()
    fresh: tuple[tuple[bytes, bytes], ...] = (
        (b"etag", tag),
        (b"cache-control", b"public, max-age=3600"),
        (b"vary", b"accept-encoding, accept-language" if language else b"accept-encoding"),
        (b"x-content-type-options", b"nosniff"),
    )
    if headers.get(b"if-none-match") == tag:
        return Response(304, b"", fresh)
    if language:
        fresh = (*fresh, (b"content-language", language.encode()))
    kind = (b"content-type", b"text/javascript; charset=utf-8")
    if b"gzip" in headers.get(b"accept-encoding", b""):
        return Response(200, gzipped(script), (kind, (b"content-encoding", b"gzip"), *fresh))
    return Response(200, script, (kind, *fresh))
