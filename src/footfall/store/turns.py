"""Whose question comes next: sites take turns, so that nobody waits for all that another site has asked.

A site alone has every thread. Where long questions hold all of them, one more thread is there for sites that have
nothing running: a single slow caller never stops the others.
"""

import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Generic, NamedTuple, TypeVar

from footfall.errors import Unavailable
from footfall.store.failures import STORE_IS_AWAY

LONG_SECONDS = 0.5
"""A question that has run for this long no longer counts as one that is about to end."""

_Found = TypeVar("_Found")


class _Call(NamedTuple, Generic[_Found]):
    site_id: int
    run: Callable[[], _Found]
    found: Future[_Found]


class Turns:
    """``threads`` and the spare one, each of which calls ``prepare`` first."""

    def __init__(self, threads: int, prepare: Callable[[], None]) -> None:
        self._prepare = prepare
        self._lock = threading.Lock()
        self._something_waits = threading.Condition(self._lock)
        self._spare_is_needed = threading.Condition(self._lock)
        # In the order of their turns; a site whose call is taken goes to the end.
        self._waiting: dict[int, deque[_Call[object]]] = {}
        self._running: dict[int, tuple[int, float]] = {}  # by thread: its site, and when it began
        self._is_closed = False
        self._size = threads
        takes = [self._take] * threads + [self._take_spare]
        self._threads = [
            threading.Thread(target=self._work, args=(number, take), name=f"reader_{number}", daemon=True)
            for number, take in enumerate(takes)
        ]
        for thread in self._threads:
            thread.start()

    def submit(self, site_id: int, run: Callable[[], _Found]) -> Future[_Found]:
        """Let ``run`` wait for the site's turn; until it has come the future can be cancelled."""
        found: Future[_Found] = Future()
        with self._lock:
            if self._is_closed:
                raise Unavailable(STORE_IS_AWAY)
            self._waiting.setdefault(site_id, deque()).append(_Call(site_id, run, found))  # type: ignore[arg-type]
            self._something_waits.notify()
            self._spare_is_needed.notify()
        return found

    def close(self) -> None:
        """Cancel all that waits; what runs goes on."""
        with self._lock:
            self._is_closed = True
            waiting = [call for calls in self._waiting.values() for call in calls]
            self._waiting.clear()
            self._something_waits.notify_all()
            self._spare_is_needed.notify_all()
        for call in waiting:
            call.found.cancel()
            call.found.set_running_or_notify_cancel()

    def join(self) -> None:
        """Wait for what runs, once closed."""
        for thread in self._threads:
            thread.join()

    def _work(self, number: int, take: Callable[[int], _Call[object] | None]) -> None:
        self._prepare()
        while (call := take(number)) is not None:
            _carry_out(call)
            del call  # or the answer stays in memory until the next one
            with self._lock:
                del self._running[number]

    def _take(self, number: int) -> _Call[object] | None:
        """The call whose turn it is, once there is one; None when closed."""
        with self._lock:
            while not self._is_closed:
                if self._waiting:
                    return self._taken(next(iter(self._waiting)), number)
                self._something_waits.wait()
        return None

    def _take_spare(self, number: int) -> _Call[object] | None:
        """The same for the spare thread, once it is needed."""
        with self._lock:
            while not self._is_closed:
                if (site_id := self._kept_waiting()) is not None:
                    return self._taken(site_id, number)
                self._spare_is_needed.wait(LONG_SECONDS if self._waiting else None)
        return None

    def _kept_waiting(self) -> int | None:
        """The next site that runs nothing, while long questions hold all other threads."""
        long_ago = time.monotonic() - LONG_SECONDS
        if len(self._running) < self._size or any(began_at > long_ago for _, began_at in self._running.values()):
            return None
        served = {site_id for site_id, _ in self._running.values()}
        return next((site_id for site_id in self._waiting if site_id not in served), None)

    def _taken(self, site_id: int, number: int) -> _Call[object]:
        calls = self._waiting.pop(site_id)
        call = calls.popleft()
        if calls:
            self._waiting[site_id] = calls
        self._running[number] = (site_id, time.monotonic())
        return call


def _carry_out(call: _Call[_Found]) -> None:
    if not call.found.set_running_or_notify_cancel():
        return
    try:
        call.found.set_result(call.run())
    except BaseException as error:  # the caller's to handle
        call.found.set_exception(error)
