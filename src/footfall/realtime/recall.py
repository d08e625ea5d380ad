"""What whoever begins to watch is told first: what went before, asked of the store, and the goals of the site."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from footfall.domain import Site
from footfall.query import recent_events, recent_visitors
from footfall.query.dimensions import NO_SOURCE
from footfall.realtime.conversions import Conversions
from footfall.realtime.feed import FeedLine, PastEvent
from footfall.realtime.hub import GoalsOf, Recall
from footfall.realtime.watched import Recalled
from footfall.realtime.window import Sighting, Window
from footfall.sites import Goals
from footfall.spool import Spool
from footfall.store import Reader
from footfall.visits import Applier

_PATIENCE_SECONDS = 2.0
_EVENTS_BEFORE = 10


def recall_from(spool: Spool, applier: Applier, reader: Reader, clock_ms: Callable[[], int]) -> Recall:
    """Make the recall of an install."""

    async def recall(site: Site) -> Recalled:
        await _stored(applier, spool.newest_seq)
        now_ms = clock_ms()
        now = datetime.fromtimestamp(now_ms / 1000, UTC)
        rows, events = await asyncio.gather(
            recent_visitors(reader, site, now), recent_events(reader, site, now, _EVENTS_BEFORE)
        )
        window = await asyncio.to_thread(_window, rows, now_ms)  # a busy site has many rows
        return Recalled(window, tuple(_past(row) for row in events))

    return recall


def goals_from(goals: Goals) -> GoalsOf:
    """Make what tells the goals of a site."""

    async def goals_of(site: Site) -> Conversions:
        return Conversions(await asyncio.to_thread(goals.of_site, site.id))

    return goals_of


async def _stored(applier: Applier, seq: int) -> None:
    """Wait for what the spool holds already; a store that fails is not waited for."""
    await asyncio.wait([asyncio.wrap_future(applier.when_applied(seq))], timeout=_PATIENCE_SECONDS)


def _past(row: tuple[Any, ...]) -> PastEvent:
    event_id, visitor_id, at_ms, name, page, source, *rest = row
    return PastEvent(event_id, visitor_id, FeedLine(at_ms, name, page, "", source or NO_SOURCE, *rest))


def _window(rows: list[tuple[Any, ...]], now_ms: int) -> Window:
    window = Window(now_ms)
    for visitor_id, at_ms, path, source, country in rows:
        window.add(Sighting(visitor_id, at_ms, path, source or NO_SOURCE, country))
    return window
