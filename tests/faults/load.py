"""Sends events without end and keeps a ledger: `python -m tests.faults.load`, told on standard input where and what.

An id is written to the ledger, and the ledger to the disk, before the next event is sent: whatever stands there has
been acknowledged. What was not acknowledged is sent again under the same id, as a careful client would. It ends when
its standard input does.
"""

import http.client
import json
import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HOUR_MS, DAY_MS = 3_600_000, 86_400_000
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0"
CRAWLER = "Mozilla/5.0 (compatible; GPTBot/1.2; +https://openai.com/gptbot)"
_PAUSE_SECONDS = 0.05
_PACE_SECONDS = 0.01  # some 1,500 events a second: a batch is always under way, and the machine does other things, too
_BROWSERS = 4


@dataclass(frozen=True)
class Target:
    """Where events go, and where their ids are written down."""

    port: int
    public_id: str
    domain: str
    token: str
    run: str
    ledger: str


@dataclass(frozen=True)
class Shot:
    """One request and the ids it carries."""

    path: str
    body: dict[str, Any]
    headers: dict[str, str]
    ids: tuple[str, ...]


def browser_shots(target: Target, worker: int) -> Iterator[Shot]:
    """Twenty people who look at pages, buy and read on."""
    number = 0
    while True:
        address = {"X-Forwarded-For": f"198.51.100.{worker * 20 + number // 3 % 20}", "User-Agent": FIREFOX}
        for more in ({"name": "pageview"}, {"name": "Buy"}, {"name": "engagement", "engagement_time_ms": 900}):
            event_id = f"{target.run}-{worker}-{number}"
            body = {"site": target.public_id, "id": event_id, "url": f"https://{target.domain}/{event_id}", **more}
            yield Shot("/api/v1/event", body, address, (event_id,))
            number += 1


def crawler_shots(target: Target) -> Iterator[Shot]:
    """A crawler that reads page after page: dropped, but its views are kept apart."""
    number = 0
    while True:
        event_id = f"{target.run}-c-{number}"
        body = {"site": target.public_id, "id": event_id, "url": f"https://{target.domain}/{event_id}"}
        yield Shot("/api/v1/event", {"name": "pageview", **body}, {"User-Agent": CRAWLER}, (event_id,))
        number += 1


def batch_shots(target: Target) -> Iterator[Shot]:
    """Visits of today, over midnights and of months ago, twelve events a request."""
    number = 0
    headers = {"Authorization": f"Bearer {target.token}"}
    while True:
        # The last midnight that a visit over it has been through: events of the future are refused.
        midnight_ms = (int(time.time() * 1000) - 30 * 60_000) // DAY_MS * DAY_MS
        starts = [midnight_ms - days * DAY_MS - 10 * 60_000 for days in (0, 1, 40, 80)]
        ids = tuple(f"{target.run}-b-{number}-{place}" for place in range(12))
        events = [
            {
                "id": event_id,
                "name": "pageview",
                "url": f"https://{target.domain}/{event_id}",
                "visitor": f"{target.run} {number}",
                "timestamp": starts[place // 3] + place % 3 * 15 * 60_000,
            }
            for place, event_id in enumerate(ids)
        ]
        yield Shot("/api/v1/events", {"site": target.domain, "events": events}, headers, ids)
        number += 1


def send_all(target: Target, shots: Iterator[Shot], ledger: int, is_over: Callable[[], bool]) -> None:
    """Send one after another, each until it is acknowledged."""
    connection = http.client.HTTPConnection("127.0.0.1", target.port, timeout=20)
    for shot in shots:
        while not _is_acknowledged(connection, shot):
            if is_over():
                return
            time.sleep(_PAUSE_SECONDS)
        os.write(ledger, "".join(f"{event_id}\n" for event_id in shot.ids).encode())
        os.fsync(ledger)
        if is_over():
            return
        time.sleep(_PACE_SECONDS)


def _is_acknowledged(connection: http.client.HTTPConnection, shot: Shot) -> bool:
    """Whether every event of the request is stored, now or by an earlier attempt whose answer was lost."""
    try:
        connection.request("POST", shot.path, json.dumps(shot.body), shot.headers)
        answer = connection.getresponse()
        body = json.loads(answer.read())
    except (OSError, http.client.HTTPException):
        connection.close()
        return False
    if answer.status != 202:
        assert answer.status == 503, body
        return False
    kept = body["accepted"] + len(body.get("duplicates", ()))
    kept_apart = sum(dropped["reason"] == "bot" for dropped in body.get("dropped", ()))
    return bool(kept + kept_apart == len(shot.ids)) or _fail(body)


def _fail(body: Any) -> bool:
    print(f"an event was not taken: {body}", file=sys.stderr, flush=True)
    os._exit(1)


def main() -> None:
    """Run until standard input ends."""
    target = Target(**json.loads(sys.stdin.readline()))
    over = threading.Event()
    sources = [
        batch_shots(target),
        crawler_shots(target),
        *(browser_shots(target, worker) for worker in range(_BROWSERS)),
    ]
    threads = []
    for number, shots in enumerate(sources):
        ledger = os.open(Path(target.ledger) / f"{target.run}-{number}", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        threads.append(threading.Thread(target=send_all, args=(target, shots, ledger, over.is_set)))
    for thread in threads:
        thread.start()
    sys.stdin.read()
    over.set()
    for thread in threads:
        thread.join()


if __name__ == "__main__":
    main()
