"""Drafts in, receipt out: runs the steps, then puts the admitted events on disk."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from time import perf_counter_ns

import msgspec

from footfall.collect.draft import Draft, Sender
from footfall.collect.rates import Rates
from footfall.collect.refusals import TooFast
from footfall.collect.steps import Step, crawler_views, finished
from footfall.collect.verdicts import ACCEPTED, REJECTED, Verdicts
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

    def __init__(
        self,
        steps: Mapping[str, Step],
        spool: Spool,
        reader: Reader,
        clock_ms: Callable[[], int],
        rates: Rates,
        verdicts: Verdicts,
    ) -> None:
        self.steps = tuple(CountedStep(name, step) for name, step in steps.items())
        self._runs = tuple(step.run for step in self.steps)
        self._timed_runs = tuple(step.run_timed for step in self.steps)
        self.judged = 0
        self._spool = spool
        self._reader = reader
        self._rates = rates
        self.clock_ms = clock_ms
        self.verdicts = verdicts
        self.counts: Counter[str] = Counter()

    async def take(
        self, site: Site, wires: Sequence[WireEvent | Judged], sender: Sender, *, now_ms: int = 0
    ) -> Receipt:
        """Admit what may be admitted; returns once that is on disk.

        Raises Unavailable where the disk is full, TooFast where there were too many events of late.

        What the front door has judged already is only counted.
        ``now_ms`` is for events that reach several sites at the same moment.
        """
        receipt = Receipt()
        admitted: list[tuple[int, Event]] = []
        apart: list[Event] = []
        now_ms = now_ms or self.clock_ms()
        wait_seconds = self._rates.spend(site, sender, len(wires), now_ms)
        if wait_seconds:
            raise self._too_fast(site, len(wires), wait_seconds)
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
        self._count(receipt, len(wires), site)
        return receipt

    def calls(self) -> dict[str, int]:
        """How many events reached each step, by its name."""
        reached, calls = self.judged, {}
        for step in self.steps:
            calls[step.name] = reached
            reached -= step.stopped
        return calls

    def refuse(self, reason: DropReason, site: Site | None = None) -> Receipt:
        """The receipt of one event that no step needs to look at."""
        receipt = Receipt(dropped=[(0, reason)])
        self._count(receipt, 1, site)
        return receipt

    def _too_fast(self, site: Site, events: int, wait_seconds: int) -> TooFast:
        self._count(Receipt(dropped=[(position, TooFast.reason) for position in range(events)]), events, site)
        return TooFast(wait_seconds)

    def _judge(self, draft: Draft, apart: list[Event]) -> Event | DropReason:
        """The event or why it is dropped; a machine's view goes to those that are kept ``apart``."""
        self.judged += 1
        runs = self._timed_runs if self.judged % TIMED_ONE_IN == 1 else self._runs
        run = runs[0]
        try:
            for run in runs:
                reason = run(draft)
                if reason is not None:
                    apart += crawler_views(draft)
                    self.steps[runs.index(run)].stopped += 1
                    return reason
        except InvalidInput:
            self.steps[runs.index(run)].stopped += 1
            raise
        return finished(draft)

    async def _store(
        self, site: Site, admitted: list[tuple[int, Event]], apart: list[Event], receipt: Receipt, now_ms: int
    ) -> None:
        events = [event for _, event in admitted] + apart
        old = [event for event in events if event.timestamp_ms < now_ms - DAY_MS]
        if old and (stored_before := await self._stored_before(site, old)):
            receipt.duplicates += [at for at, event in admitted if event.event_id in stored_before]
            admitted = [(at, event) for at, event in admitted if event.event_id not in stored_before]
            apart = [event for event in apart if event.event_id not in stored_before]
        if not admitted and not apart:
            return
        appended = await self._spool.append([event for _, event in admitted] + apart)
        known = [place for place in appended.duplicates if place < len(admitted)]
        receipt.accepted = len(admitted) - len(known)
        receipt.last_seq = appended.last_seq
        if known:
            receipt.duplicates = sorted([*receipt.duplicates, *(admitted[place][0] for place in known)])

    async def _stored_before(self, site: Site, old: list[Event]) -> set[int]:
        """Events of long ago may have been sent longer ago than the spool remembers ids."""
        first = min(event.timestamp_ms for event in old) // DAY_MS - 1
        last = max(event.timestamp_ms for event in old) // DAY_MS + 1
        return await known_event_ids(self._reader, site.id, first, last, [event.event_id for event in old])

    def _count(self, receipt: Receipt, received: int, site: Site | None) -> None:
        self.counts["received"] += received
        self.counts["accepted"] += receipt.accepted
        if receipt.accepted and site is not None:
            self.verdicts.totals[site.id, ACCEPTED] += receipt.accepted
        if receipt.accepted == received:
            return
        self.counts["duplicate"] += len(receipt.duplicates)
        self.counts["rejected"] += len(receipt.errors)
        for _, reason in receipt.dropped:
            self.counts[f"dropped:{reason}"] += 1
        if site is not None:
            self._count_refused(receipt, site.id)

    def _count_refused(self, receipt: Receipt, site_id: int) -> None:
        totals = self.verdicts.totals
        if receipt.errors:
            totals[site_id, REJECTED] += len(receipt.errors)
        if receipt.duplicates:
            totals[site_id, DropReason.DUPLICATE.value] += len(receipt.duplicates)
        for _, reason in receipt.dropped:
            totals[site_id, reason.value] += 1
