"""Between intake and those who watch: takes what the spool made durable and tells listeners five times a second.

While nobody watches, intake is not even asked; while somebody does, it adds one entry to a list for each commit.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Protocol

from footfall.domain import Event, Site
from footfall.realtime.conversions import Conversions
from footfall.realtime.mailbox import Mailbox
from footfall.realtime.names import FriendlyNames
from footfall.realtime.watched import Recalled, Watched

TICK_SECONDS = 0.2
_COMMITS_AT_MOST = 10_000

Recall = Callable[[Site], Awaitable[Recalled]]
"""Tells what went before, as the store knows it."""

GoalsOf = Callable[[Site], Awaitable[Conversions]]
"""Tells the goals of a site."""


class Durable(Protocol):
    """What tells of events once they are on disk."""

    on_commit: Callable[[tuple[Event, ...]], None] | None


class Hub:
    """Belongs to the event loop it is first used on; ``clock_ms`` gives UTC milliseconds."""

    def __init__(
        self, spool: Durable, recall: Recall, goals_of: GoalsOf, names: FriendlyNames, clock_ms: Callable[[], int]
    ) -> None:
        self._spool = spool
        self._recall = recall
        self._goals_of = goals_of
        self._names = names
        self._clock_ms = clock_ms
        self._committed: deque[tuple[Event, ...]] = deque(maxlen=_COMMITS_AT_MOST)
        self._sites: dict[int, tuple[Watched, asyncio.Task[None]]] = {}
        self._ticking: asyncio.Task[None] | None = None

    @asynccontextmanager
    async def watch(self, site: Site, *, is_member: bool) -> AsyncIterator[Mailbox]:
        """A mailbox for one listener, filled until the end of the block; members get the feed of events as well."""
        watched, opening = self._sites.get(site.id) or self._begin(site)
        mailbox = Mailbox(lambda: watched.whole(is_member=is_member), is_member=is_member)
        watched.mailboxes.add(mailbox)
        try:
            watched.conversions = await self._goals_of(site)
            await asyncio.shield(opening)
            yield mailbox
        finally:
            watched.mailboxes.discard(mailbox)
            if not watched.mailboxes:
                self._end(site.id, watched)

    async def look(self, site: Site, *, is_member: bool) -> str:
        """What a listener is told first; for those who ask again instead of listening."""
        async with self.watch(site, is_member=is_member) as mailbox:
            return await mailbox.next() or ""

    def current_visitors(self, site: Site) -> int | None:
        """How many there are, where somebody watches; that costs nothing, while the store takes some 15 ms to tell."""
        watching = self._sites.get(site.id)
        return watching[0].current_visitors if watching else None

    def close(self) -> None:
        """Tell every listener that this is the end."""
        for watched, _ in self._sites.values():
            for mailbox in watched.mailboxes:
                mailbox.close()

    def tick(self) -> None:
        """Count what was committed since the last tick and tell who listens."""
        now_ms = self._clock_ms()
        while self._committed:
            for event in self._committed.popleft():
                if watching := self._sites.get(event.site_id):
                    watching[0].take(event, now_ms)
        for watched, _ in self._sites.values():
            watched.tell(now_ms)

    def _begin(self, site: Site) -> tuple[Watched, "asyncio.Task[None]"]:
        self._spool.on_commit = self._committed.append  # before the store is asked, so that nothing falls between
        watched = Watched(self._names)
        self._sites[site.id] = watched, asyncio.create_task(self._open(site, watched))
        if self._ticking is None:
            self._ticking = asyncio.create_task(self._tick())
        return self._sites[site.id]

    async def _open(self, site: Site, watched: Watched) -> None:
        watched.open_with(*await self._recall(site), self._clock_ms())

    def _end(self, site_id: int, watched: Watched) -> None:
        if self._sites.get(site_id, (None,))[0] is not watched:
            return
        _, opening = self._sites.pop(site_id)
        opening.cancel()
        if self._sites or self._ticking is None:
            return
        self._spool.on_commit = None
        self._committed.clear()
        self._ticking.cancel()
        self._ticking = None

    async def _tick(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                await asyncio.sleep(TICK_SECONDS)
                self.tick()
