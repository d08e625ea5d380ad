"""The least a server can do on the same server software: what intake is measured against.

`python -m benchmarks.noop PORT` answers every request with an empty 202, by plain ASGI on uvicorn.
"""

import asyncio
import sys
from typing import Any

import uvicorn

_HEADERS = [(b"content-length", b"0")]


async def app(scope: dict[str, Any], receive: Any, send: Any) -> None:
    if scope["type"] != "http":
        return
    while (await receive()).get("more_body"):
        pass
    await send({"type": "http.response.start", "status": 202, "headers": _HEADERS})
    await send({"type": "http.response.body", "body": b""})


if __name__ == "__main__":
    config = uvicorn.Config(
        app, port=int(sys.argv[1]), http="httptools", loop="uvloop", lifespan="off", log_config=None, access_log=False
    )
    with asyncio.Runner(loop_factory=config.get_loop_factory()) as runner:
        runner.run(uvicorn.Server(config).serve())
