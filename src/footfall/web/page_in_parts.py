"""A page that is sent as its parts become known.

Its head goes first, so that a browser fetches styles and draws while the figures are still asked for. The status has
been told by then: what can be refused is not asked in this way.
"""

from collections.abc import AsyncIterator

from fastapi.responses import StreamingResponse
from markupsafe import Markup
from starlette.responses import Response

GAP = Markup("<!-- what follows is still asked for -->")


def in_parts(frame: Response, parts: AsyncIterator[Response]) -> Response:
    """The page ``frame`` with ``parts`` where its GAP is, each sent as soon as it is there."""
    before, gap, after = bytes(frame.body).partition(GAP.encode())
    if not gap:
        return frame

    async def sent() -> AsyncIterator[bytes]:
        yield before
        async for part in parts:
            yield bytes(part.body)
        yield after

    kept = {name: value for name, value in frame.headers.items() if name != "content-length"}
    return StreamingResponse(sent(), frame.status_code, kept)
