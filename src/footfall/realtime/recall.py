"""What went before somebody began to watch, asked of the store."""

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from footfall.domain import Site
from footfall.query import recent_visitors
from footfall.query.dimensions import NO_SOURCE
from footfall.realtime.conversions import Conversions
from footfall.realtime.hub import Recall
from footfall.realtime.window import Sighting, Window
from footfall.sites import Goals
from footfall.spool import Spool
from footfall.store import Reader
from footfall.visits import Applier

_PATIENCE_SECONDS = 2.0


def recall_from(spool: Spool, applier: Applier, reader: Reader, goals: Goals, clock_ms: Callable[[], int]) -> Recall:
    """Make the recall of an install."""

    async def recall(site: Site) -> tuple[Window, Conversions]:
        await _stored(applier, spool.newest_seq)
        now_ms = clock_ms()
        rows = await recent_visitors(reader, site, datetime.fromtimestamp(now_ms / 1000, UTC))
        window = await asyncio.to_thread(_window, rows, now_ms)  # a busy site has many rows
        return window, Conversions(await asyncio.to_thread(goals.of_site, site.id))

    return recall


async def _stored(applier: Applier, seq: int) -> None:
    """Wait for what the spool holds already; a store that fails is not waited for."""
    with_patience = asyncio.wait([asyncio.wrap_future(applier.when_applied(seq))], timeout=_PATIENCE_SECONDS)
    await with_patience


def _window(rows: list[tuple[Any, ...]], now_ms: int) -> Window:
    window = Window(now_ms)
    for visitor_id, at_ms, path, source in rows:
        window.add(Sighting(visitor_id, at_ms, path, source or NO_SOURCE))
    return window
