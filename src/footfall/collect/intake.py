"""Drafts in, receipt out: runs the steps, then puts the admitted events on disk."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns

import msgspec

from footfall.collect.draft import Draft, Sender
from footfall.collect.steps import Step, finished
from footfall.collect.wire import WireEvent
from footfall.domain import DropReason, Event, Site
from footfall.domain.calendar import DAY_MS
from footfall.errors import InvalidInput
from footfall.spool import Spool
from footfall.store import Reader, known_event_ids


class Receipt(msgspec.Struct):
    """What became of each event of a request; positions count from 0."""

    accepted: int = 0
    duplicates: list[int] = []
    dropped: list[tuple[int, DropReason]] = []
    errors: list[tuple[int, InvalidInput]] = []
    last_seq: int = 0


Judged = InvalidInput | DropReason
"""The verdict of a front door on what it was sent."""


class CountedStep:
    """A step of intake, how many events it stopped, and what its timed calls took."""

    __slots__ = ("name", "nanoseconds", "run", "stopped", "timed_calls")

    def __init__(self, name: str, run: Step) -> None:
        self.name = name
        self.run = run
        self.stopped = 0  # events that went no further
        self.timed_calls = 0
        self.nanoseconds = 0

    def run_timed(self, draft: Draft) -> DropReason | None:
        """Run the step on one event, looking at the clock."""
        self.timed_calls += 1
        started = perf_counter_ns()
        try:
            return self.run(draft)
        finally:
            self.nanoseconds += perf_counter_ns() - started


TIMED_ONE_IN = 16
"""Looking at the clock twice a step would take a tenth of intake's time: one event in so many is timed."""


class Intake:
    """Shared by all front doors."""

    def __init__(self, steps: Mapping[str, Step], spool: Spool, reader: Reader, clock_ms: Callable[[], int]) -> None:
        self.steps = tuple(CountedStep(name, step) for name, step in steps.items())
        self.judged = 0
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
        now_ms = now_ms or self.clock_ms()
        for position, wire in enumerate(wires):
            try:
                if isinstance(wire, InvalidInput):
                    raise wire
                verdict = wire if isinstance(wire, DropReason) else self._judge(Draft(wire, sender, site, now_ms))
            except InvalidInput as error:
                receipt.errors.append((position, error))
                continue
            if isinstance(verdict, DropReason):
                receipt.dropped.append((position, verdict))
            else:
                admitted.append((position, verdict))
        await self._store(site, admitted, receipt, now_ms)
        self._count(receipt, len(wires))
        return receipt

    def calls(self) -> dict[str, int]:
        """How many events reached each step, by its name."""
        reached, calls = self.judged, {}
        for step in self.steps:
            calls[step.name] = reached
            reached -= step.stopped
        return calls

    def refuse(self, reason: DropReason) -> Receipt:
        """The receipt of one event that no step needs to look at."""
        receipt = Receipt(dropped=[(0, reason)])
        self._count(receipt, 1)
        return receipt

    def _judge(self, draft: Draft) -> Event | DropReason:
        self.judged += 1
        is_timed = self.judged % TIMED_ONE_IN == 1
        step = self.steps[0]
        try:
            for step in self.steps:
                reason = step.run_timed(draft) if is_timed else step.run(draft)
                if reason is not None:
                    step.stopped += 1
                    return reason
        except InvalidInput:
            step.stopped += 1
            raise
        return finished(draft)

    async def _store(self, site: Site, admitted: list[tuple[int, Event]], receipt: Receipt, now_ms: int) -> None:
        old = [event for _, event in admitted if event.timestamp_ms < now_ms - DAY_MS]
        if old and (stored_before := await self._stored_before(site, old)):
            receipt.duplicates += [at for at, event in admitted if event.event_id in stored_before]
            admitted = [(at, event) for at, event in admitted if event.event_id not in stored_before]
        if not admitted:
            return
        appended = await self._spool.append([event for _, event in admitted])
        receipt.accepted = len(admitted) - len(appended.duplicates)
        receipt.last_seq = appended.last_seq
        if appended.duplicates:
            receipt.duplicates = sorted([*receipt.duplicates, *(admitted[place][0] for place in appended.duplicates)])

    async def _stored_before(self, site: Site, old: list[Event]) -> set[int]:
        """Events of long ago may have been sent longer ago than the spool remembers ids."""
        first = min(event.timestamp_ms for event in old) // DAY_MS - 1
        last = max(event.timestamp_ms for event in old) // DAY_MS + 1
        return await known_event_ids(self._reader, site.id, first, last, [event.event_id for event in old])

    def _count(self, receipt: Receipt, received: int) -> None:
        self.counts["received"] += received
        self.counts["accepted"] += receipt.accepted
        if receipt.accepted == received:
            return
        self.counts["duplicate"] += len(receipt.duplicates)
        self.counts["rejected"] += len(receipt.errors)
        for _, reason in receipt.dropped:
            self.counts[f"dropped:{reason}"] += 1
