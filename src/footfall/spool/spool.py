"""The spool's file and its one writing thread.

All writes pass through that thread: requests come in groups (see `gathering`), so one fsync serves many. The applier
reads through a connection of its own.
"""

import asyncio
import logging
import queue
import secrets
import sqlite3
import threading
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import closing, contextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from footfall.domain import Event
from footfall.errors import Unavailable
from footfall.spool.batch import Batch
from footfall.spool.fresh import FreshRows, Row
from footfall.spool.gathering import Appended, Gathering, Group
from footfall.spool.rows import SCHEMA, pack, unpack
from footfall.spool.seen import SeenIds

log = logging.getLogger(__name__)

# The engine refuses a batch over 100 monthly partitions. Four weeks touch at most two months, so 45 stay below.
_BATCH_MONTHS = 45
_MONTH_MS = 28 * 86_400_000
_FRESH_EVENTS = 10_000
_REMEMBERED_AT_ONCE = 1 << 20
_NONE: frozenset[int] = frozenset()


@dataclass
class _Task:
    run: Callable[[sqlite3.Connection], Any]
    done: "Future[Any]"


class Spool:
    """Durable, ordered, emptied from the front.

    ``clock_ms`` gives UTC milliseconds; ``max_bytes`` bounds the file, past it ``append`` raises Unavailable.
    """

    def __init__(self, path: Path, *, max_bytes: int, clock_ms: Callable[[], int], seen: SeenIds) -> None:
        self._path = path
        self._clock_ms = clock_ms
        self._seen = seen
        self._queue: queue.SimpleQueue[Group | _Task | None] = queue.SimpleQueue()
        self._gathering: Gathering | None = None
        self._writer = self._connect()
        self._writer.executescript(SCHEMA)
        self._id = self._own_id()
        self._newest_seq = self._writer.execute("SELECT coalesce(max(seq), 0) FROM groups").fetchone()[0]
        page_bytes = self._writer.execute("PRAGMA page_size").fetchone()[0]
        self._writer.execute(f"PRAGMA max_page_count = {max_bytes // page_bytes}")
        self._is_failing = False
        self.found_events = self.waiting_events()
        """Events that waited when the file was opened."""
        self.damaged_events = 0
        """Events set aside since, because their row was damaged."""
        self._written: list[Row] = []  # by the transaction under way
        self._fresh = FreshRows(_FRESH_EVENTS)
        self._reader = self._connect()
        self._thread = threading.Thread(target=self._serve, name="spool", daemon=True)
        self._thread.start()
        self.waiting = threading.Event()
        """Set when rows have been appended since it was last cleared."""
        self.on_commit: Callable[[tuple[Event, ...]], None] | None = None
        """Called in the writing thread with the events of each row that is on disk; must return at once."""

    async def append(self, events: Sequence[Event]) -> Appended:
        """Put the events of one request on disk; returns once they are safe.

        Raises Unavailable where the disk or the budget is full: nothing was kept then.
        """
        return await self._gathering_of(asyncio.get_running_loop()).add(events)

    def _gathering_of(self, loop: asyncio.AbstractEventLoop) -> Gathering:
        if self._gathering is None or self._gathering.loop is not loop:
            self._gathering = Gathering(loop, self._queue.put)
        return self._gathering

    def take(self, limit: int) -> Batch | None:
        """Journal and return the next batch, at most ``limit`` events (but always one row) and 50 months."""
        newest = self._newest_seq
        rows = self._next_rows(limit)
        if not rows:
            return None
        first, last = rows[0][0], rows[-1][0]

        def journal(database: sqlite3.Connection) -> int:
            cursor = database.execute(
                "INSERT INTO journal (attempt, first_seq, last_seq) VALUES (1, ?, ?)", (first, last)
            )
            return int(cursor.lastrowid or 0)

        return self._batch(self._do(journal), 1, first, last, rows, is_cut=last < newest)

    def pending(self) -> Batch | None:
        """The batch that was journalled but not finished: what a crash or a failed insert left."""
        row = self._reader.execute("SELECT batch_id, attempt, first_seq, last_seq FROM journal").fetchone()
        if row is None:
            return None
        number, attempt, first, last = row
        rows = self._rows("WHERE seq BETWEEN ? AND ? ORDER BY seq", (first, last))
        return self._batch(number, attempt, first, last, rows)

    def retry(self, batch: Batch) -> Batch:
        """Journal another attempt of a batch, which gives it a new token."""
        attempt = batch.attempt + 1
        number = batch.batch_id & 0xFFFF_FFFF
        self._do(lambda db: db.execute("UPDATE journal SET attempt = ? WHERE batch_id = ?", (attempt, number)))
        return replace(batch, attempt=attempt)

    def finish(self, batch: Batch) -> None:
        """Forget a batch the store holds: its rows and its journal entry go in one commit."""

        def forget(database: sqlite3.Connection) -> None:
            database.execute("DELETE FROM groups WHERE seq BETWEEN ? AND ?", (batch.first_seq, batch.last_seq))
            database.execute("DELETE FROM journal WHERE batch_id = ?", (batch.batch_id & 0xFFFF_FFFF,))

        self._do(forget)
        self._fresh.forget(batch.last_seq)

    def remember(self, ids: Sequence[int]) -> None:
        """Know these ids of stored events from now on; in parts, so that groups of events go in between."""
        for start in range(0, len(ids), _REMEMBERED_AT_ONCE):
            self._do(partial(self._remember, list(ids[start : start + _REMEMBERED_AT_ONCE])))

    def event_ids(self) -> list[int]:
        """Ids of all events that wait here."""
        return [event.event_id for _, events in self._rows("ORDER BY seq", ()) for event in events]

    def depth(self) -> tuple[int, int]:
        """Groups of events that wait, and rows set aside as damaged."""
        with closing(sqlite3.connect(self._path)) as database:
            waiting = database.execute("SELECT count(*) FROM groups").fetchone()[0]
            return waiting, database.execute("SELECT count(*) FROM damaged").fetchone()[0]

    def waiting_events(self) -> int:
        """Events that wait here."""
        with closing(sqlite3.connect(self._path)) as database:
            return int(database.execute("SELECT coalesce(sum(events), 0) FROM groups").fetchone()[0])

    def holds_salvaged(self) -> bool:
        """Whether events wait here that were saved from a damaged file."""
        with closing(sqlite3.connect(self._path)) as database:
            found = database.execute("SELECT 1 FROM groups WHERE seq <= (SELECT max(last_seq) FROM salvaged) LIMIT 1")
            return found.fetchone() is not None

    def copy_to(self, path: Path) -> None:
        """Write a consistent copy of the file, for a backup."""
        with closing(sqlite3.connect(self._path)) as origin, closing(sqlite3.connect(path)) as target:
            origin.backup(target)

    @property
    def newest_seq(self) -> int:
        """The row that was written last; 0 where none was since the file was opened empty."""
        return int(self._newest_seq)

    def wipe(self) -> None:
        """Delete the rows set aside as damaged, as nobody can tell whose they are, and what the journal still holds."""
        with closing(self._connect()) as database:
            database.execute("DELETE FROM damaged")
        self.wipe_journal()

    def wipe_journal(self) -> None:
        """Empty SQLite's journal, which keeps rows that were deleted, and with them which ids of two days are one."""
        with closing(sqlite3.connect(self._path)) as database:
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Write what has gathered, then close the file."""
        self._queue.put(None)
        self._thread.join()
        self._reader.close()
        self._writer.close()

    # --- reading

    def _next_rows(self, limit: int) -> list[Row]:
        first = self._reader.execute("SELECT min(seq) FROM groups").fetchone()[0]
        if first is None:
            return []
        fresh = _within(self._fresh.following(first), limit)
        return fresh or _within(self._rows("ORDER BY seq LIMIT ?", (limit,)), limit)

    def _rows(self, clause: str, parameters: tuple[int, ...]) -> Iterator[Row]:
        """Rows one at a time, however many wait; a damaged one is set aside and skipped."""
        found = self._reader.execute(
            f"SELECT seq, checksum, payload FROM groups {clause}",  # noqa: S608 - clauses are ours
            parameters,
        )
        for seq, checksum, payload in found:
            events = unpack(payload, checksum)
            if events is None:
                self._set_aside(seq)
            else:
                yield seq, events

    def _batch(
        self, number: int, attempt: int, first: int, last: int, rows: Iterable[Row], *, is_cut: bool = True
    ) -> Batch:
        events = tuple(event for _, events in rows for event in events)
        return Batch(self._id << 32 | number, attempt, first, last, events, is_cut)

    def _set_aside(self, seq: int) -> None:
        log.error("row %d of the spool is damaged; it is kept in the table damaged", seq)

        def move(database: sqlite3.Connection) -> int:
            database.execute("INSERT OR IGNORE INTO damaged SELECT seq, payload FROM groups WHERE seq = ?", (seq,))
            gone = database.execute("DELETE FROM groups WHERE seq = ? RETURNING events", (seq,)).fetchall()
            return sum(events for (events,) in gone)

        self.damaged_events += self._do(move)

    # --- the writing thread

    def _do(self, run: Callable[[sqlite3.Connection], Any]) -> Any:
        task = _Task(run, Future())
        self._queue.put(task)
        return task.done.result()

    def _serve(self) -> None:
        while (item := self._queue.get()) is not None:
            if isinstance(item, Group):
                self._commit(item)
            else:
                self._run(item)

    def _commit(self, group: Group) -> None:
        ids = [event.event_id for request in group.requests for event in request.events]
        known = self._seen.add(ids)
        try:
            outcome = self._insert(group, known)
        except Exception as error:  # whatever it is, this thread must live: all requests wait for it
            if not self._is_failing:  # once, not for every request
                log.error("the spool cannot be written: %s; events are refused until it can", error)
            self._is_failing = True
            self._seen.forget([event_id for at, event_id in enumerate(ids) if at not in known])
            refusal = Unavailable("The disk that holds incoming events is full or failing; send again later.")
            group.gathering.finish(group, refusal)
            return
        tell = self.on_commit
        for seq, events in self._written:
            self._fresh.add(seq, events)
            if tell is not None:
                tell(events)
        self._is_failing = False
        self._seen.settle(self._clock_ms())
        self.waiting.set()
        group.gathering.finish(group, outcome)

    def _remember(self, ids: list[int], _database: sqlite3.Connection) -> None:
        self._seen.remember(ids, self._clock_ms())

    def _run(self, task: _Task) -> None:
        try:
            with self._transaction():
                result = task.run(self._writer)
        except Exception as error:
            task.done.set_exception(error)
        else:
            task.done.set_result(result)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._writer.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._writer.execute("COMMIT")
        except Exception:
            with suppress(sqlite3.Error):
                self._writer.rollback()
            raise

    def _insert(self, group: Group, known: set[int]) -> list[Appended]:
        """Write the new events of a group as one row: every statement waits for its turn with the busy event loop."""
        duplicates = _duplicates(group, known) if known else [_NONE] * len(group.requests)
        parts = _parts(_fresh_events(group, known))
        # For the same reason a single row is its own transaction.
        with self._transaction() if len(parts) > 1 else nullcontext():
            self._written = [self._insert_row(part) for part in parts]
        if self._written:
            self._newest_seq = self._written[-1][0]
        return [Appended(self._newest_seq, places) for places in duplicates]

    def _insert_row(self, events: list[Event]) -> Row:
        payload = pack(events)
        cursor = self._writer.execute(
            "INSERT INTO groups (checksum, events, payload) VALUES (?, ?, ?)",
            (zlib.crc32(payload), sum(event.crawler is None for event in events), payload),
        )
        return int(cursor.lastrowid or 0), tuple(events)

    def _connect(self) -> sqlite3.Connection:
        database = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        for pragma in ("journal_mode = WAL", "synchronous = FULL", "secure_delete = ON", "busy_timeout = 5000"):
            database.execute(f"PRAGMA {pragma}")
        return database

    def _own_id(self) -> int:
        """A random number that tells this spool's batches from those of any other."""
        row = self._writer.execute("SELECT id FROM spool").fetchone()
        if row is not None:
            return int(row[0])
        made = secrets.randbelow(1 << 31)
        self._writer.execute("INSERT INTO spool (id) VALUES (?)", (made,))
        return made


def give_new_identity(path: Path) -> None:
    """Let a copied spool number its batches anew: those the store knows already would be taken for retries."""
    with closing(sqlite3.connect(path)) as database, database:
        database.execute("DELETE FROM journal")
        database.execute("DELETE FROM spool")


def _within(rows: Iterable[Row], limit: int) -> list[Row]:
    """The rows a batch may hold: at most ``limit`` events, but always one row, and no more months than allowed."""
    chosen: list[Row] = []
    count, months = 0, set[int]()
    for seq, events in rows:
        months |= {event.timestamp_ms // _MONTH_MS for event in events}
        if chosen and (count + len(events) > limit or len(months) > _BATCH_MONTHS):
            break
        chosen.append((seq, events))
        count += len(events)
    return chosen


def _duplicates(group: Group, known: set[int]) -> list[frozenset[int]]:
    """For each request of a group, the places of its events that were seen before."""
    found, start = [], 0
    for request in group.requests:
        found.append(frozenset(at for at in range(len(request.events)) if start + at in known))
        start += len(request.events)
    return found


def _fresh_events(group: Group, known: set[int]) -> list[Event]:
    """The events of a group but those at the places ``known``."""
    events = [event for request in group.requests for event in request.events]
    return [event for at, event in enumerate(events) if at not in known] if known else events


def _parts(events: list[Event]) -> list[list[Event]]:
    """One row's worth of events each: several only where they span more months than a batch may."""
    if not events:
        return []
    times = [event.timestamp_ms for event in events]
    if max(times) - min(times) < (_BATCH_MONTHS - 2) * _MONTH_MS:
        return [events]
    parts: dict[int, list[Event]] = {}
    for event in sorted(events, key=lambda event: event.timestamp_ms):
        parts.setdefault(event.timestamp_ms // ((_BATCH_MONTHS - 2) * _MONTH_MS), []).append(event)
    return list(parts.values())
