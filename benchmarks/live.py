"""From the acknowledgement of an event to the browsers of everybody who watches its site."""

import asyncio
import json
import time
import urllib.request
from collections.abc import Iterator
from random import Random

from websockets.asyncio.client import ClientConnection, connect

from benchmarks.figures import Figure, milliseconds
from benchmarks.server import Footfall, Serving

LISTENERS = 200
EVENTS = 60
PAUSE_SECONDS = (0.05, 0.4)

_EMAIL, _PASSWORD = "bench@example.com", "correct horse battery staple"
_DOMAIN = "bench-live.example"
_FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"


def measure_live(install: Footfall) -> Iterator[Figure]:
    """Let members watch, send views one by one, and note when each listener is told of each."""
    install.command("user", "add", _EMAIL, "--password-stdin", text=_PASSWORD)
    public_id = install.add_site(_DOMAIN, "--owner", _EMAIL)
    key = install.command("key", "create", "--owner", _EMAIL, "--scope", "stats:read")
    with install.serving() as serving:
        times_ms = asyncio.run(_watch(serving, public_id, key))
        conditions = f"{LISTENERS} listeners, {EVENTS} events, {len(times_ms):,} messages"
        yield Figure("live, ack to listener p50 / p99", milliseconds(times_ms, 0.5, 0.99), conditions)


async def _watch(serving: Serving, public_id: str, key: str) -> list[float]:
    address = f"ws://127.0.0.1:{serving.port}/api/v1/sites/{public_id}/live"
    headers = {"Authorization": f"Bearer {key}"}
    opening = [connect(address, additional_headers=headers, compression=None) for _ in range(LISTENERS)]
    sockets = [await one for one in opening]
    for socket in sockets:
        await socket.recv()
    listening = [asyncio.create_task(_listen(socket)) for socket in sockets]
    acknowledged = await asyncio.to_thread(_send_views, serving, public_id)
    heard = await asyncio.gather(*listening)
    for socket in sockets:
        await socket.close()
    return [(at - acknowledged[page]) * 1000 for pages in heard for page, at in pages.items()]


async def _listen(socket: ClientConnection) -> dict[str, float]:
    """When this listener was told of each page."""
    heard: dict[str, float] = {}
    while len(heard) < EVENTS:
        message = json.loads(await asyncio.wait_for(socket.recv(), 30))
        now = time.perf_counter()
        heard.update({line["page"]: now for line in message["events"] if line["page"] not in heard})
    return heard


def _send_views(serving: Serving, public_id: str) -> dict[str, float]:
    """When each page was acknowledged."""
    chance, acknowledged = Random(1), {}
    for number in range(EVENTS):
        time.sleep(chance.uniform(*PAUSE_SECONDS))
        page = f"/page-{number}"
        body = json.dumps({"site": public_id, "name": "pageview", "url": f"https://{_DOMAIN}{page}"}).encode()
        url = f"{serving.origin}/api/v1/event"
        urllib.request.urlopen(urllib.request.Request(url, body, {"User-Agent": _FIREFOX})).close()
        acknowledged[page] = time.perf_counter()
    return acknowledged
