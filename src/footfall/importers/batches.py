"""Sending many events in batches, and adding up the answers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Protocol

import msgspec

BatchEvent = dict[str, Any]
"""One event in the shape of the keyed batch API."""

BATCH_EVENTS = 1_000
"""The most events one batch request takes."""


class DroppedEvent(msgspec.Struct, frozen=True):
    """An event of a batch that was refused on purpose."""

    index: int
    reason: str


class WrongEvent(msgspec.Struct, frozen=True):
    """An event of a batch that could not be understood."""

    index: int
    field: str = ""
    message: str = ""


class BatchAnswer(msgspec.Struct, frozen=True):
    """What `POST /api/v1/events` answers; indexes count from 0 within the batch."""

    accepted: int = 0
    duplicates: list[int] = []
    dropped: list[DroppedEvent] = []
    errors: list[WrongEvent] = []


class Send(Protocol):
    """Sends one batch; the last one of a delivery is told, for whoever wants to wait until all can be queried."""

    def __call__(self, events: list[BatchEvent], *, is_last: bool) -> BatchAnswer:
        """Send ``events`` and return intake's answer."""


@dataclass
class Delivery:
    """The answers to all batches, added up. Wrong events are counted by field: their messages may quote input."""

    sent: int = 0
    accepted: int = 0
    duplicates: int = 0
    dropped: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)

    def add(self, sent: int, answer: BatchAnswer) -> None:
        """Add the answer to a batch of ``sent`` events."""
        self.sent += sent
        self.accepted += answer.accepted
        self.duplicates += len(answer.duplicates)
        self.dropped.update(each.reason for each in answer.dropped)
        self.wrong.update(each.field for each in answer.errors)


def deliver(events: Iterable[BatchEvent], send: Send, delivery: Delivery, batch_events: int = BATCH_EVENTS) -> None:
    """Send ``events`` in order, ``batch_events`` at a time, adding each answer to ``delivery`` as it comes."""
    remaining = iter(events)
    batch = list(islice(remaining, batch_events))
    while batch:
        following = list(islice(remaining, batch_events))
        delivery.add(len(batch), send(batch, is_last=not following))
        batch = following
