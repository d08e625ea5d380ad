"""How events are sent so that none is lost and none stored twice, without a word about sockets.

A delivery says what to do next, a client does it and tells the delivery what came of it.
"""

from collections.abc import Generator, Iterable, Sequence
from random import uniform
from typing import NamedTuple
from uuid import uuid4

import httpx2 as httpx
import msgspec

from footfall.client.errors import NotSent, refusal, retry_after
from footfall.client.values import Drop, Event, Receipt, Wrong

MOST_AT_ONCE = 1_000
MOST_BYTES = 4_000_000
_TRY_AGAIN = (408, 425, 429, 500, 502, 503, 504)
_FIRST_WAIT_SECONDS, _LONGEST_WAIT_SECONDS = 0.5, 30.0


class Post(NamedTuple):
    """Send this body to `/api/v1/events`."""

    body: bytes
    waits: bool


class Wait(NamedTuple):
    """Let so many seconds pass."""

    seconds: float


Step = Post | Wait
Outcome = httpx.Response | httpx.TransportError | None
Delivery = Generator[Step, Outcome, Receipt]


def deliver(site: str, events: Iterable[Event], *, waits: bool, patience_seconds: float) -> Delivery:
    """Send events in batches; raises NotSent, or Refused for a request that will never be taken."""
    whole = Receipt(0, [], [], [])
    named = [_with_id(event) for event in events]
    for first, bodies in _batches(site, named):
        rest = named[first:]
        receipt = yield from _send(Post(bodies, waits), rest, patience_seconds)
        whole = _joined(whole, receipt, first)
    return whole


def _send(post: Post, rest: Sequence[Event], patience_seconds: float) -> Generator[Step, Outcome, Receipt]:
    waited, pause = 0.0, _FIRST_WAIT_SECONDS
    while True:
        outcome = yield post
        if isinstance(outcome, httpx.Response):
            if outcome.status_code == 202:
                return msgspec.json.decode(outcome.content, type=Receipt)
            if outcome.status_code not in _TRY_AGAIN:
                raise refusal(outcome)
        told = retry_after(outcome) if isinstance(outcome, httpx.Response) and "retry-after" in outcome.headers else 0
        # A little by chance, so that many senders do not come back in the same moment.
        seconds = max(told, uniform(pause / 2, pause))  # noqa: S311 (no secret)
        if waited + seconds > patience_seconds:
            why = refusal(outcome) if isinstance(outcome, httpx.Response) else outcome
            raise NotSent(f"{len(rest)} events could not be sent within {patience_seconds:g} s: {why}", rest)
        yield Wait(seconds)
        waited, pause = waited + seconds, min(2 * pause, _LONGEST_WAIT_SECONDS)


def _with_id(event: Event) -> Event:
    return event if event.id else msgspec.structs.replace(event, id=uuid4().hex)


def _batches(site: str, events: Sequence[Event]) -> Iterable[tuple[int, bytes]]:
    """The bodies to send, each with the place of its first event."""
    head = b'{"site":' + msgspec.json.encode(site) + b',"events":['
    first, texts, size = 0, list[bytes](), len(head)
    for index, event in enumerate(events):
        text = msgspec.json.encode(event)
        if texts and (len(texts) == MOST_AT_ONCE or size + len(text) > MOST_BYTES):
            yield first, head + b",".join(texts) + b"]}"
            first, texts, size = index, [], len(head)
        texts.append(text)
        size += len(text) + 1
    if texts:
        yield first, head + b",".join(texts) + b"]}"


def _joined(whole: Receipt, receipt: Receipt, first: int) -> Receipt:
    return Receipt(
        whole.accepted + receipt.accepted,
        whole.duplicates + [first + index for index in receipt.duplicates],
        whole.dropped + [Drop(first + drop.index, drop.reason) for drop in receipt.dropped],
        whole.errors + [Wrong(first + wrong.index, wrong.field, wrong.message) for wrong in receipt.errors],
    )
