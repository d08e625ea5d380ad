"""The applier: one thread that moves events from the spool into the store, exactly once.

One batch is in flight. Its bounds are journalled before the insert; its rows leave the spool after. A deduplication
token alone does not make that safe: the engine notes the token before it renames the part, so a kill between the two
makes it swallow the retry. Hence ``_heal``: count what is there, and where the batch is torn, delete and insert again.
"""

import logging
import math
import os
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import Future

from footfall.domain import DropReason, Event
from footfall.domain.calendar import DAY_MS
from footfall.spool import Batch, Spool
from footfall.store import StoredVisit, Writer, reason_of
from footfall.visits.assign import VISIT_GAP_MS, Assignment, OpenVisits

log = logging.getLogger(__name__)

BATCH_EVENTS = 15_000
"""Of one insert, at most: larger ones take more memory at a time, smaller ones leave the store more parts to merge."""
_WAIT_SHARE = 24
"""What comes after an insert waits this many times as long as it took: an insert costs the engine nearly the same for
few events as for many, and questions want the machine, too."""
_LONGEST_WAIT = 3
"""The most intervals it waits: who has sent an event wants to see it."""
_RETRY_SECONDS = (0.1, 0.2, 0.5, 1.0, 2.0, 3.0)
_STOP_SECONDS = 5.0
_REMEMBERED_IDS = 20_000_000
_HOUR_MS = 3_600_000


class Applier:
    """Runs from ``start`` to ``stop``; ``when_applied`` tells when a spool row can be queried.

    ``after_step`` is called with the name of each step a batch has passed, in the applier's thread.
    """

    def __init__(
        self,
        spool: Spool,
        writer: Writer,
        open_visits: OpenVisits,
        *,
        clock_ms: Callable[[], int],
        interval_ms: int,
        after_step: Callable[[str], None] = log.debug,
    ) -> None:
        self._spool = spool
        self._writer = writer
        self._open_visits = open_visits
        self._clock_ms = clock_ms
        self._interval_seconds = interval_ms / 1000
        self._after_step = after_step
        self._stop_at = math.inf
        self._stopping = threading.Event()
        self._waiters: list[tuple[int, Future[None]]] = []
        self._waiters_lock = threading.Lock()
        self._applied_seq = 0
        self._swept_ms = 0
        self._last_seconds = 0.0
        self._turn = threading.Lock()
        self._knows_store = False
        self._has_tried = threading.Event()
        self._stored_before: frozenset[int] = frozenset()
        self._thread = threading.Thread(target=self._run, name="applier", daemon=True)
        self.dropped: Counter[tuple[int, str]] = Counter()  # by site and reason
        self.stored = 0
        self.is_failing = False

    def start(self) -> None:
        """Start the thread, beginning with what a crash left half done and what waits from before."""
        self._thread.start()

    def await_store(self, seconds: float) -> None:
        """Give the started thread this long to reach the store and mend what a crash left half done.

        Events are taken in any case: the store may be away, or have no room to mend anything in.
        """
        if not self._has_tried.wait(seconds):
            self._note_failure(f"no answer within {seconds} seconds")

    def stop(self) -> None:
        """Store what waits, then end the thread; what can't be stored within seconds stays in the spool."""
        self._stop_at = time.monotonic() + _STOP_SECONDS
        self._stopping.set()
        self._spool.waiting.set()
        self._thread.join(_STOP_SECONDS)
        if self._thread.is_alive():
            self._writer.break_off()
            self._thread.join()

    def when_applied(self, seq: int) -> "Future[None]":
        """A future that is done once the spool row ``seq`` can be queried."""
        done: Future[None] = Future()
        with self._waiters_lock:
            if seq <= self._applied_seq:
                done.set_result(None)
            else:
                self._waiters.append((seq, done))
        return done

    def pause(self) -> threading.Lock:
        """A lock that, while held, keeps the applier between two batches."""
        return self._turn

    def reload_visits(self) -> None:
        """Learn again which visits are open: call under the lock after deleting from the store."""
        self._load_open_visits()

    # --- the thread

    def _run(self) -> None:
        self._drain()
        while not self._stopping.is_set():
            self._spool.waiting.wait()
            self._stopping.wait(self._seconds_to_gather())
            self._spool.waiting.clear()
            self._drain()
        self._drain()

    def _seconds_to_gather(self) -> float:
        shortest = self._interval_seconds
        return min(max(shortest, _WAIT_SHARE * self._last_seconds), _LONGEST_WAIT * shortest)

    def _drain(self) -> None:
        """Apply what waits, then return to gather more; gives up only when told to stop."""
        failures = 0
        while time.monotonic() < self._stop_at:
            try:
                applied = self._apply_next()
                failures, self.is_failing = 0, False
                # A batch that was not cut has taken all there was. What came meanwhile may gather first.
                if applied is None or not (applied.is_cut or self._stopping.is_set()):
                    return
            except Exception as error:
                self._note_failure(reason_of(error))
                if self._stopping.wait(_RETRY_SECONDS[min(failures, len(_RETRY_SECONDS) - 1)]):
                    return
                failures += 1
            finally:
                self._has_tried.set()

    def _note_failure(self, reason: str) -> None:
        """Log once for as long as it lasts, and no text of the engine: it may hold values of events."""
        if not self.is_failing:
            log.error("the store does not take events (%s); they wait in the spool", reason)
        self.is_failing = True

    def _apply_next(self) -> Batch | None:
        """Store the batch that was left unfinished, else the next; returns it, None where none waits."""
        with self._turn:
            torn = self._spool.pending() if self._knows_store else self._get_to_know_store()
            batch = torn or self._spool.take(BATCH_EVENTS)
            if batch is None:
                return None
            began_at = time.monotonic()
            self._after_step("taken")
            (self._heal if torn else self._apply)(batch)
            self._last_seconds = time.monotonic() - began_at
        return batch

    def _apply(self, batch: Batch) -> None:
        assignment = self._assign(batch)
        if assignment.applied:
            self._writer.insert(batch.batch_id, batch.token, assignment.applied)
        self._after_step("inserted")
        if assignment.crawler_views:
            self._writer.insert_crawler_views(batch.batch_id, batch.token, assignment.crawler_views)
            self._after_step("crawler views inserted")
        if assignment.asides:
            self._writer.insert_asides(batch.batch_id, batch.token, assignment.asides)
            self._after_step("asides inserted")
        self._finish(batch, assignment)

    def _heal(self, batch: Batch) -> None:
        """Make a batch whose insert was cut off whole, and what derives from it."""
        writer, batch_id, assignment = self._writer, batch.batch_id, self._assign(batch, healing=True)
        if writer.inserts_may_come_late:
            self._insert(batch, assignment)  # what comes late finds its token used up
        days = set(writer.days(batch_id))
        stored = writer.count(batch_id), writer.count_crawler_views(batch_id), writer.count_asides(batch_id)
        if stored != (len(assignment.applied), len(assignment.crawler_views), len(assignment.asides)):
            if any(stored):
                writer.delete(batch_id)
            self._after_step("deleted")
            batch = self._spool.retry(batch)
            self._after_step("journalled again")
            self._insert(batch, assignment)
            self._after_step("inserted again")
        days |= {(applied.visit.site_id, applied.visit.opened_day) for applied in assignment.applied}
        writer.rebuild_visits(days)
        os.sync()  # the engine syncs what it inserts, but not what a deletion leaves of its parts
        self._after_step("visits rebuilt")
        self._finish(batch, assignment)

    def _insert(self, batch: Batch, assignment: Assignment) -> None:
        if assignment.applied:
            self._writer.insert(batch.batch_id, batch.token, assignment.applied)
        if assignment.crawler_views:
            self._writer.insert_crawler_views(batch.batch_id, batch.token, assignment.crawler_views)
        if assignment.asides:
            self._writer.insert_asides(batch.batch_id, batch.token, assignment.asides)

    def _finish(self, batch: Batch, assignment: Assignment) -> None:
        now_ms = self._clock_ms()
        self._spool.finish(batch)
        self._after_step("finished")
        self._open_visits.keep(assignment, now_ms)
        if abs(now_ms - self._swept_ms) > VISIT_GAP_MS / 10:  # a clock may be set back
            self._swept_ms = now_ms
            self._open_visits.forget_old(now_ms)
        self.stored += len(assignment.applied) + len(assignment.asides)
        self.dropped.update((event.site_id, reason.value) for event, reason in assignment.dropped)
        self._announce(batch.last_seq)

    def _announce(self, seq: int) -> None:
        with self._waiters_lock:
            self._applied_seq = seq
            ready = [done for wanted, done in self._waiters if wanted <= seq]
            self._waiters = [waiter for waiter in self._waiters if waiter[0] > seq]
        for done in ready:
            if done.set_running_or_notify_cancel():  # whoever waited may have given up
                done.set_result(None)

    # --- what the store knows

    def _get_to_know_store(self) -> Batch | None:
        """Learn which ids are stored and which visits are open; returns the batch that a crash cut off."""
        torn = self._spool.pending()
        batch_id = torn.batch_id if torn else 0
        stored = self._writer.recent_event_ids(self._clock_ms() // 1000, _REMEMBERED_IDS, batch_id)
        self._spool.remember(stored)
        # Those taken while the store was away, so that nobody could tell them from new ones, or saved from a spool
        # that was damaged: the store may have taken them before.
        self._stored_before = frozenset(set(self._spool.event_ids()).intersection(stored))
        if self._spool.holds_salvaged():  # and with the old file the note of a batch under way was lost
            self._writer.rebuild_visits(self._writer.newest_days())
        self._load_open_visits(batch_id)
        self._knows_store = True
        if torn is not None:
            log.warning("mending a batch of %d events that was cut off", len(torn.events))
        return torn

    def _assign(self, batch: Batch, *, healing: bool = False) -> Assignment:
        events, duplicates = _told_apart(batch.events, self._stored_before)
        late = [event for event in events if event.timestamp_ms < self._clock_ms() - VISIT_GAP_MS]
        assignment = self._open_visits.assign(events, self._look_up(late, batch.batch_id if healing else 0))
        assignment.dropped += [(event, DropReason.DUPLICATE) for event in duplicates]
        return assignment

    def _look_up(self, late: list[Event], excluding_batch: int) -> list[StoredVisit]:
        """Visits of the store that late events may belong to."""
        known: list[StoredVisit] = []
        for site_id, events in _by_site(late).items():
            first = min(event.timestamp_ms for event in events) // DAY_MS - 2
            last = max(event.timestamp_ms for event in events) // DAY_MS + 2
            visitors = {event.visitor_id for event in events} | {event.previous_visitor_id for event in events}
            known += self._writer.visits_of(site_id, first, last, sorted(visitors), excluding_batch)
        return known

    def _load_open_visits(self, excluding_batch: int = 0) -> None:
        since_ms = self._clock_ms() - 2 * _HOUR_MS
        self._open_visits.load(self._writer.open_visits(since_ms, excluding_batch))


def _told_apart(events: Sequence[Event], known: frozenset[int]) -> tuple[Sequence[Event], list[Event]]:
    """Events that are new, and those whose ids are known."""
    if not known:
        return events, []
    duplicates = [event for event in events if event.event_id in known]
    return [event for event in events if event.event_id not in known], duplicates


def _by_site(events: list[Event]) -> dict[int, list[Event]]:
    sites: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        sites[event.site_id].append(event)
    return sites
