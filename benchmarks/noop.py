"""The least a server can do on the same server software: what intake is measured against.

`python -m benchmarks.noop PORT` answers every request with an empty 202.
"""

import asyncio
import sys
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server

_HEADERS = [(b"content-length", b"0")]


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 202, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    server = Server(app, address="127.0.0.1", port=int(sys.argv[1]), interface=Interfaces.ASGINL)
    asyncio.run(server.serve())
