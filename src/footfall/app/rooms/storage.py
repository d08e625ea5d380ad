"""Where events are kept: the queue on disk, the store, and what carries them from the one to the other."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from footfall.metadata import Clock
from footfall.metadata.clock import elapsed_ms
from footfall.settings import Settings, clickhouse_password
from footfall.sites import SiteDirectory
from footfall.spool import SeenIds, Spool, salvage_if_damaged
from footfall.store import Engine, Finaliser, Reader, Writer, open_embedded, open_server
from footfall.visits import Applier, OpenVisits

MEGABYTE = 1_000_000
_SHARED_SECONDS = 0.5
"""So long, many who ask the same are told the same."""


@dataclass(frozen=True)
class Storage:
    """The events of an install."""

    engine: Engine
    reader: Reader
    writer: Writer
    spool: Spool
    applier: Applier
    finaliser: Finaliser


def open_storage(settings: Settings, clock: Clock, sites: SiteDirectory, after_step: Callable[[str], None]) -> Storage:
    """Open all of it; the applier is not started yet.

    Raises SettingsError where the server that is named, or its password, is wrong.
    """
    engine = _open_engine(settings)
    reader = Reader(
        engine,
        threads=settings.query_threads,
        timeout_seconds=settings.query_timeout_seconds,
        max_memory_bytes=settings.max_memory_mb * MEGABYTE * 3 // 4,
        shared_seconds=_SHARED_SECONDS,
    )
    writer = Writer(engine)
    spool = _open_spool(settings, clock)
    applier = Applier(
        spool,
        writer,
        OpenVisits(_zones(sites)),
        clock_ms=clock,
        interval_ms=settings.apply_interval_ms,
        after_step=after_step,
    )
    return Storage(engine, reader, writer, spool, applier, Finaliser(engine, applier.pause))


def _open_engine(settings: Settings) -> Engine:
    """The store of the data folder, or the server that is named instead."""
    if settings.clickhouse_url:
        password = clickhouse_password(settings)
        return open_server(settings.clickhouse_url, password, timeout_seconds=settings.clickhouse_timeout_seconds)
    folder = settings.data_dir
    return open_embedded(
        folder / "store", max_memory_bytes=settings.max_memory_mb * MEGABYTE, temporary_dir=folder / "tmp"
    )


def _open_spool(settings: Settings, clock: Clock) -> Spool:
    """Open the spool with the ids of the events in it; the applier adds those of the store.

    They grow old by a clock that nobody can set: an id forgotten too early would let a retry be stored twice.
    """
    seen = SeenIds()
    path = settings.data_dir / "spool.db"
    salvage_if_damaged(path, f"{datetime.fromtimestamp(clock() / 1000, UTC):%Y%m%dT%H%M%S}")
    spool = Spool(path, max_bytes=settings.spool_max_mb * MEGABYTE, clock_ms=elapsed_ms, seen=seen)
    seen.remember(spool.event_ids(), elapsed_ms())
    return spool


def _zones(sites: SiteDirectory) -> Callable[[int], ZoneInfo | None]:
    """A site's zone, None where the site is gone."""

    def zone_of(site_id: int) -> ZoneInfo | None:
        site = sites.by_id(site_id)
        return site.zone if site else None

    return zone_of
