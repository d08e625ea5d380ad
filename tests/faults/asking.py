"""Requests to a server that something is wrong with."""

import itertools
import json
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from typing import Any

from tests.faults.load import FIREFOX
from tests.faults.rig import DOMAIN, Rig
from tests.serving import FootfallServer

PATIENCE_SECONDS = 30.0
RECOVERY_SECONDS = 5.0
_numbers = itertools.count()


@dataclass
class Answer:
    status: int
    headers: Any
    body: Any
    seconds: float


def ask(server: FootfallServer, path: str, body: Any = None, **headers: str) -> Answer:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(f"{server.url}{path}", data, {"Content-Type": "application/json", **headers})
    began_at = time.monotonic()
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            content, status, given = answer.read(), answer.status, answer.headers
    except urllib.error.HTTPError as error:
        content, status, given = error.read(), error.code, error.headers
    return Answer(status, given, json.loads(content), time.monotonic() - began_at)


def send(rig: Rig, server: FootfallServer, **more: str) -> Answer:
    """Send an event; once acknowledged it stands in the ledger, as those of the load do."""
    name = f"own-{next(_numbers)}"
    body = {"site": rig.site.public_id, "id": name, "name": "pageview", "url": f"https://{DOMAIN}/{name}"} | more
    answer = ask(server, "/api/v1/event", body, **{"User-Agent": FIREFOX})
    if answer.status == 202:
        rig.note_acknowledged(body["id"])
    return answer


def query(rig: Rig, server: FootfallServer) -> Answer:
    body = {"site_id": DOMAIN, "metrics": ["visitors", "pageviews"], "date_range": "day"}
    return ask(server, "/api/v2/query", body, Authorization=f"Bearer {rig.key}")


def send_and_wait(rig: Rig, server: FootfallServer) -> Answer:
    """Send an event of a key and wait until it can be queried."""
    url = f"https://{DOMAIN}/own-{next(_numbers)}"
    body = {"site": DOMAIN, "events": [{"name": "pageview", "url": url, "visitor": "waiting"}]}
    return ask(server, "/api/v1/events?wait=true", body, Authorization=f"Bearer {rig.key}")
