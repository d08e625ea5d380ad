"""Drafts in, receipt out: runs the steps, then puts the admitted events on disk."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from time import perf_counter_ns

from footfall.collect.draft import Draft, Sender
from footfall.collect.steps import Step, crawler_views, finished
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Event, Site
from footfall.domain.calendar import DAY_MS
from footfall.errors import InvalidInput
from footfall.spool import Spool
from footfall.store import Reader, known_event_ids


@dataclass
class Receipt:
    """What became of each event of a request; positions count from 0."""

    accepted: int = 0
    duplicates: list[int] = field(default_factory=list)
    dropped: list[tuple[int, DropReason]] = field(default_factory=list)
    errors: list[tuple[int, InvalidInput]] = field(default_factory=list)
    last_seq: int = 0


Judged = InvalidInput | DropReason
"""The verdict of a front door on what it was sent."""


class TimedStep:
    """A step of intake, and what its calls came to."""

    __slots__ = ("_run", "calls", "name", "nanoseconds")

    def __init__(self, name: str, run: Step) -> None:
        self.name = name
        self.calls = 0
        self.nanoseconds = 0
        self._run = run

    def take(self, draft: Draft) -> DropReason | None:
        """Run the step on one event."""
        self.calls += 1
        started = perf_counter_ns()
        try:
            return self._run(draft)
        finally:
            self.nanoseconds += perf_counter_ns() - started


class Intake:
    """Shared by all front doors."""

    def __init__(self, steps: Mapping[str, Step], spool: Spool, reader: Reader, clock_ms: Callable[[], int]) -> None:
        self.steps = tuple(TimedStep(name, step) for name, step in steps.items())
        self._spool = spool
        self._reader = reader
        self.clock_ms = clock_ms
        self.counts: Counter[str] = Counter()

    async def take(
        self, site: Site, wires: Sequence[WireEvent | Judged], sender: Sender, *, now_ms: int = 0
    ) -> Receipt:
        """Admit what may be admitted; returns once that is on disk. Raises Unavailable where the disk is full.

        What the front door has judged already is only counted.
        ``now_ms`` is for events that reach several sites at the same moment.
        """
        receipt = Receipt()
        admitted: list[tuple[int, Event]] = []
        apart: list[Event] = []
        now_ms = now_ms or self.clock_ms()
        for position, wire in enumerate(wires):
            try:
                if isinstance(wire, InvalidInput):
                    raise wire
                verdict = (
                    wire if isinstance(wire, DropReason) else self._judge(Draft(wire, sender, site, now_ms), apart)
                )
            except InvalidInput as error:
                receipt.errors.append((position, error))
                continue
            if isinstance(verdict, DropReason):
                receipt.dropped.append((position, verdict))
            else:
                admitted.append((position, verdict))
        await self._store(site, admitted, apart, receipt, now_ms)
        self._count(receipt, len(wires))
        return receipt

    def refuse(self, reason: DropReason) -> Receipt:
        """The receipt of one event that no step needs to look at."""
        receipt = Receipt(dropped=[(0, reason)])
        self._count(receipt, 1)
        return receipt

    def _judge(self, draft: Draft, apart: list[Event]) -> Event | DropReason:
        """The event or why it is dropped; a machine's view goes to those that are kept ``apart``."""
        for step in self.steps:
            reason = step.take(draft)
            if reason is not None:
                apart += crawler_views(draft)
                return reason
        return finished(draft)

    async def _store(
        self, site: Site, admitted: list[tuple[int, Event]], apart: list[Event], receipt: Receipt, now_ms: int
    ) -> None:
        stored_before = await self._stored_before(site, [*(event for _, event in admitted), *apart], now_ms)
        if stored_before:
            receipt.duplicates += [at for at, event in admitted if event.event_id in stored_before]
            admitted = [(at, event) for at, event in admitted if event.event_id not in stored_before]
            apart = [event for event in apart if event.event_id not in stored_before]
        if not admitted and not apart:
            return
        appended = await self._spool.append([*(event for _, event in admitted), *apart])
        known = [place for place in sorted(appended.duplicates) if place < len(admitted)]
        receipt.duplicates += [admitted[place][0] for place in known]
        receipt.duplicates.sort()
        receipt.accepted = len(admitted) - len(known)
        receipt.last_seq = appended.last_seq

    async def _stored_before(self, site: Site, events: list[Event], now_ms: int) -> set[int]:
        """Events of long ago may have been sent longer ago than the spool remembers ids."""
        old = [event for event in events if event.timestamp_ms < now_ms - DAY_MS]
        if not old:
            return set()
        first = min(event.timestamp_ms for event in old) // DAY_MS - 1
        last = max(event.timestamp_ms for event in old) // DAY_MS + 1
        return await known_event_ids(self._reader, site.id, first, last, [event.event_id for event in old])

    def _count(self, receipt: Receipt, received: int) -> None:
        self.counts["received"] += received
        self.counts["accepted"] += receipt.accepted
        self.counts["duplicate"] += len(receipt.duplicates)
        self.counts["rejected"] += len(receipt.errors)
        for _, reason in receipt.dropped:
            self.counts[f"dropped:{reason}"] += 1
