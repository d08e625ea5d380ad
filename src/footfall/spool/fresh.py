"""Rows just written, still in memory: the applier need not read back what was written a moment ago."""

import threading
from collections import deque
from collections.abc import Iterator

from footfall.domain import Event

Row = tuple[int, tuple[Event, ...]]


class FreshRows:
    """The newest rows of the spool, at most ``limit`` events; what is past that is read from the file.

    The writing thread adds, the applier takes.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._rows: deque[Row] = deque()
        self._events = 0
        self._lock = threading.Lock()

    def add(self, seq: int, events: tuple[Event, ...]) -> None:
        """Keep a row that is safe on disk, as far as there is room."""
        with self._lock:
            if self._events + len(events) <= self._limit:
                self._rows.append((seq, events))
                self._events += len(events)

    def following(self, first_seq: int) -> Iterator[Row]:
        """The rows from ``first_seq`` on, without a gap; none where that row is not here."""
        with self._lock:
            rows = list(self._rows)
        expected = first_seq
        for seq, events in rows:
            if seq < first_seq:
                continue
            if seq != expected:
                return
            expected += 1
            yield seq, events

    def forget(self, last_seq: int) -> None:
        """Let go of the rows up to ``last_seq``."""
        with self._lock:
            while self._rows and self._rows[0][0] <= last_seq:
                self._events -= len(self._rows.popleft()[1])
