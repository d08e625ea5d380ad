import zlib
from collections.abc import AsyncIterator

import pytest
from httpx2 import ASGITransport, AsyncClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import Message

from footfall.web.compression import CompressedPages

LONG = "<p>" + "word " * 1000 + "</p>"


async def parts() -> AsyncIterator[bytes]:
    for part in (b"<p>head</p>", b"<p>figures</p>", b"<p>cards</p>"):
        yield part


async def page(request: Request) -> Response:
    return HTMLResponse(LONG)


async def short(request: Request) -> Response:
    return HTMLResponse("<p>short</p>")


async def data(request: Request) -> Response:
    return JSONResponse([LONG])


async def streamed(request: Request) -> Response:
    return StreamingResponse(parts(), media_type="text/html")


APP = CompressedPages(
    Starlette(
        routes=[
            Route("/page", page, methods=["GET", "POST"]),
            Route("/short", short),
            Route("/data", data),
            Route("/streamed", streamed),
        ]
    )
)


async def ask(method: str, path: str, accepts: str = "gzip") -> tuple[str | None, str]:
    async with AsyncClient(transport=ASGITransport(APP), base_url="http://x") as client:
        answer = await client.request(method, path, headers={"accept-encoding": accepts})
        return answer.headers.get("content-encoding"), answer.text


async def test_it_compresses_pages_for_whoever_takes_it() -> None:
    assert await ask("GET", "/page") == ("gzip", LONG)
    assert await ask("GET", "/page", "br") == (None, LONG)


@pytest.mark.parametrize(("method", "path"), [("POST", "/page"), ("GET", "/data"), ("GET", "/short")])
async def test_it_leaves_alone_what_answers_a_form_is_no_page_or_is_short(method: str, path: str) -> None:
    encoding, _ = await ask(method, path)

    assert encoding is None


async def test_it_passes_each_part_on_at_once() -> None:
    sent: list[bytes] = []

    async def send(message: Message) -> None:
        sent.append(message.get("body", b""))

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/streamed", "headers": [(b"accept-encoding", b"gzip")]}
    # Since 2.4 of ASGI nobody asks again and again whether the browser has left: this one never has.
    asgi = {"version": "3.0", "spec_version": "2.4"}
    await APP({**scope, "asgi": asgi, "query_string": b"", "http_version": "1.1"}, receive, send)

    reading = zlib.decompressobj(16 + zlib.MAX_WBITS)
    told = [reading.decompress(body) for body in sent if body]
    assert told[:3] == [b"<p>head</p>", b"<p>figures</p>", b"<p>cards</p>"]
