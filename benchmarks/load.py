"""The load generator: keep-alive connections over raw asyncio, in a process of its own.

`python -m benchmarks.load FILE PLAN` carries out a plan, as JSON, and writes what it measured to the file; SIGTERM
ends it early.
"""

import asyncio
import json
import resource
import signal
import sys
import time
from collections import Counter
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import cast

import uvloop

from benchmarks.payloads import Request, batch_requests, event_requests, get_requests


@dataclass(frozen=True)
class Plan:
    """What to send: `rate` 0 sends as fast as answers come, else so many requests a second in all."""

    port: int
    seconds: float
    connections: int
    site: str = ""  # empty: `GET /` without a body
    domain: str = "bench.example"
    rate: int = 0
    first_id: int = 1
    key: str = ""  # with a batch
    batch: int = 0  # events in a request; 0: single events of browsers


@dataclass
class Measured:
    """What came back. Latencies count from when a request was due, so a stalled server cannot hide."""

    seconds: float
    events: int  # in requests that were accepted
    statuses: dict[str, int]
    latencies_ms: list[float] = field(repr=False)

    @property
    def per_second(self) -> float:
        """Events accepted a second."""
        return self.events / self.seconds


class Schedule:
    """Hands out requests and their due times."""

    def __init__(self, plan: Plan, requests: list[Request]) -> None:
        self.started_at = time.perf_counter()
        self.ends_at = self.started_at + plan.seconds
        self.statuses: Counter[str] = Counter()
        self.latencies_ms: list[float] = []
        self._requests = requests
        self._interval = 1 / plan.rate if plan.rate else 0.0
        self._first_id = plan.first_id
        self._sent = 0
        self._step = requests[0].events

    def next_due(self) -> float:
        """When the next request is due, counting from now where there is no rate."""
        return self.started_at + self._sent * self._interval if self._interval else time.perf_counter()

    def take(self) -> bytes:
        number = self._sent
        self._sent += 1
        return self._requests[number % len(self._requests)].with_ids(self._first_id + number * self._step)

    def end(self) -> None:
        """Hand out no more."""
        self.ends_at = time.perf_counter()

    def accepted_events(self) -> int:
        """Those of requests answered 202."""
        return self.statuses["202"] * self._step

    def answered(self, status: bytes, due_at: float) -> None:
        self.statuses[status.decode()] += 1
        self.latencies_ms.append((time.perf_counter() - due_at) * 1000)


class Connection(asyncio.Protocol):
    """One keep-alive connection with one request in flight."""

    def __init__(self, schedule: Schedule, loop: asyncio.AbstractEventLoop) -> None:
        self.finished = loop.create_future()
        self._schedule = schedule
        self._loop = loop
        self._buffer = b""
        self._due_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._plan_next()

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not _is_complete(self._buffer):
            return
        self._schedule.answered(self._buffer[9:12], self._due_at)
        self._buffer = b""
        self._plan_next()

    def connection_lost(self, error: Exception | None) -> None:
        if not self.finished.done():
            self._schedule.statuses["lost"] += 1
            self.finished.set_result(None)

    def _plan_next(self) -> None:
        due_at = self._schedule.next_due()
        if max(due_at, time.perf_counter()) >= self._schedule.ends_at:
            self.finished.set_result(None)
            self._transport.close()
            return
        self._due_at = due_at
        message = self._schedule.take()
        wait = due_at - time.perf_counter()
        if wait > 0:
            self._loop.call_later(wait, self._transport.write, message)
        else:
            self._transport.write(message)


def _is_complete(answer: bytes) -> bool:
    head, has_head, body = answer.partition(b"\r\n\r\n")
    if not has_head:
        return False
    _, _, after = head.lower().partition(b"content-length:")
    return len(body) >= int(after.partition(b"\r\n")[0] or 0)


async def send(plan: Plan) -> Measured:
    """Carry out ``plan``."""
    requests = _requests(plan)
    loop = asyncio.get_running_loop()
    schedule = Schedule(plan, requests)
    loop.add_signal_handler(signal.SIGTERM, schedule.end)
    opened = [
        await loop.create_connection(partial(Connection, schedule, loop), "127.0.0.1", plan.port)
        for _ in range(plan.connections)
    ]
    await asyncio.gather(*(connection.finished for _, connection in opened))
    seconds = time.perf_counter() - schedule.started_at
    return Measured(seconds, schedule.accepted_events(), dict(schedule.statuses), schedule.latencies_ms)


def _requests(plan: Plan) -> list[Request]:
    if plan.batch:
        return batch_requests(plan.domain, plan.key, plan.batch)
    return event_requests(plan.site, plan.domain) if plan.site else get_requests("/")


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


if __name__ == "__main__":
    _allow_many_connections()
    measured = uvloop.run(send(Plan(**json.loads(sys.argv[2]))))
    Path(sys.argv[1]).write_text(json.dumps(asdict(measured)))
