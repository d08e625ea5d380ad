"""The event loop's side of group commit: requests gather while a commit is on its way to disk.

One hand-over a commit instead of one a request: waking another thread costs more than admitting an event. So does a
commit: after one, the next waits some milliseconds for company.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence

import msgspec

from footfall.domain import Event
from footfall.errors import Unavailable

_GROUP_REQUESTS = 2_000
_BETWEEN_SECONDS = 0.008
"""From one hand-over to the next, at least. At 1,000 events a second each would else have a commit of its own."""
_MANY_REQUESTS = 16
_BETWEEN_MANY_SECONDS = 0.004
"""The same where so many wait already: each has a sender that sends no more before it is answered."""


class Appended(msgspec.Struct, frozen=True):
    """The spool row that, once applied, makes all of a request's events queryable; the positions of known ones."""

    last_seq: int
    duplicates: frozenset[int] = frozenset()


class Request(msgspec.Struct, frozen=True):
    """The events of one request and what waits for them."""

    events: Sequence[Event]
    done: "asyncio.Future[Appended]"


class Group(msgspec.Struct, frozen=True):
    """Requests committed together."""

    requests: list[Request]
    gathering: "Gathering"


class Gathering:
    """Belongs to one event loop; ``submit`` passes a group to the writing thread, one at a time."""

    def __init__(self, loop: asyncio.AbstractEventLoop, submit: Callable[[Group], None]) -> None:
        self.loop = loop
        self._submit = submit
        self._requests: list[Request] = []
        self._is_under_way = False
        self._timer: asyncio.TimerHandle | None = None
        self._handed_over_at = -_BETWEEN_SECONDS

    def add(self, events: Sequence[Event]) -> "asyncio.Future[Appended]":
        """Let a request's events go with the next group."""
        request = Request(events, self.loop.create_future())
        self._requests.append(request)
        if not self._is_under_way:
            self._is_under_way = True
            self._hand_over_soon()
        elif self._timer is not None and len(self._requests) == _MANY_REQUESTS:
            self._timer.cancel()
            self._hand_over_soon()
        return request.done

    def finish(self, group: Group, outcome: list[Appended] | Unavailable) -> None:
        """Answer a group's requests and hand over the next; called by the writing thread."""
        with contextlib.suppress(RuntimeError):  # the loop has ended, and with it those who waited
            self.loop.call_soon_threadsafe(self._finish, group, outcome)

    def _finish(self, group: Group, outcome: list[Appended] | Unavailable) -> None:
        for position, request in enumerate(group.requests):
            if request.done.done():  # the sender has gone
                continue
            if isinstance(outcome, Unavailable):
                request.done.set_exception(outcome)
            else:
                request.done.set_result(outcome[position])
        if self._requests:
            self._hand_over_soon()
        else:
            self._is_under_way = False

    def _hand_over_soon(self) -> None:
        """Not at once in any case: what else this turn of the loop brings goes along."""
        between = _BETWEEN_SECONDS if len(self._requests) < _MANY_REQUESTS else _BETWEEN_MANY_SECONDS
        wait = self._handed_over_at + between - self.loop.time()
        if wait > 0:
            self._timer = self.loop.call_later(wait, self._hand_over)
        else:
            self._timer = None
            self.loop.call_soon(self._hand_over)

    def _hand_over(self) -> None:
        self._timer = None
        self._handed_over_at = self.loop.time()
        requests, self._requests = self._requests[:_GROUP_REQUESTS], self._requests[_GROUP_REQUESTS:]
        self._submit(Group(requests, self))
