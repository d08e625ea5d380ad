"""What every engine offers, and opening the embedded one: memory caps, database, schema.

One process owns the folder (chDB allows one engine path per process, and a fork after opening hangs the child), so
everything that needs the engine gets it passed from `app`.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Protocol
from xml.sax.saxutils import escape

import clickhouse_connect
from clickhouse_connect.driver import options
from clickhouse_connect.driver.client import Client

from footfall.store.merging import let_merges_give_way
from footfall.store.piped import piped
from footfall.store.schema import migrate
from footfall.store.torn import forget_torn_deletions

DATABASE = "footfall"
TABLES = (
    "events",
    "visits",
    "visit_spans",
    "crawler_views",
    "asides",
    "imported",
    "day_changes",
    "finalised",
    "daily_events",
    "daily_visits",
    "monthly_events",
    "monthly_visits",
)
TABLES_OF_EVENTS = ("events", "crawler_views", "asides")
"""Those that intake fills; the others are derived."""

# Inserts are batched by the applier, and a retried batch must be recognised by the tables its views fill too.
WRITE_SETTINGS = {
    "async_insert": 0,
    "deduplicate_blocks_in_dependent_materialized_views": 1,
    "materialized_views_ignore_errors": 0,
    "max_partitions_per_insert_block": 100,
    "max_insert_threads": 1,
}
_TABLE_SETTINGS = {
    # A deletion that failed, on a full disk say, is else put off for up to five minutes.
    "max_postpone_time_for_failed_mutations_ms": 1000,
    # The embedded engine removes merged parts at once, where a server keeps them for eight minutes: unless what took
    # their place is synced, the power may go and take both.
    "min_rows_to_fsync_after_merge": 1,
}


_ALLOCATOR = ("JE_MALLOC_CONF", "dirty_decay_ms:200,muzzy_decay_ms:0,tcache_max:8192,prof:false")
"""The engine's allocator gives back what it has freed within a fifth of a second, where it would keep some 80 MB for
five seconds more. Not at once: a question would fetch the same pages from the system again and again, and take three
times as long. Its threads keep no large blocks for themselves, and nobody asks for its profile. It reads this when the
engine is loaded, and nobody else does."""

# Visits and events take a fifth less space than with the engine's default, LZ4.
_COMPRESSION = (
    "<compression><case><min_part_size>0</min_part_size><min_part_size_ratio>0</min_part_size_ratio>"
    "<method>zstd</method><level>1</level></case></compression>"
)


MARKED = "position(query, {mark:String}) > 0 AND user = currentUser() AND query_id != queryID()"
"""Which query has a mark in its text; the one that asks has it in its parameters."""


options.pd = options.pd_time_test = None
"""What is inserted here is columns, never a data frame: to make sure of it, the client would load pandas, 40 MB."""


class Engine(Protocol):
    """An open store. Clients are cheap but serialise their calls: one for each thread that talks to it."""

    @property
    def inserts_may_come_late(self) -> bool:
        """Whether an insert that was given up, by this process or one before it, may still be carried out."""

    @property
    def keeps_broken_answers(self) -> bool:
        """Whether a client may answer with what is left of an answer that broke off, to somebody who asked else."""

    def client(self, settings: dict[str, Any] | None = None) -> Client:
        """Open a client on the footfall database; the caller closes it."""

    def writing_client(self) -> Client:
        """Open a client with the settings every insert needs."""

    def stream(
        self, client: Client, sql: str, parameters: dict[str, Any], engine_format: str, mark: str
    ) -> Iterator[bytes]:
        """Run a statement whose text holds ``mark``; the answer in a format of the engine's, a block at a time."""

    def end_queries(self) -> None:
        """End the queries of this process that are running."""

    def end_query(self, mark: str) -> None:
        """End the running query whose text holds ``mark``, if there is one; returns before it has ended."""

    def break_off_reading(self) -> None:
        """Let questions that wait for an answer fail; nothing can be read after it."""

    def break_off_writing(self) -> None:
        """Let inserts and deletions that wait for an answer fail; nothing can be written after it."""

    def close(self) -> None:
        """Let go of the store, last of all: when its clients are closed."""


class EmbeddedEngine:
    """chDB in this process, with its data in ``path``."""

    inserts_may_come_late = False
    keeps_broken_answers = True  # after one that broke off, and a failure next

    def __init__(self, path: Path, options: dict[str, str]) -> None:
        self.path = path
        self._options = options
        # With its last client the engine ends, and would start again with the next.
        self._holding = clickhouse_connect.get_client(interface="chdb", path=str(path), chdb_options=options)

    def client(self, settings: dict[str, Any] | None = None) -> Client:
        """Open a client on the footfall database; the caller closes it."""
        return clickhouse_connect.get_client(
            interface="chdb",
            path=str(self.path),
            chdb_options=self._options,
            database=DATABASE,
            settings=settings,
        )

    def writing_client(self) -> Client:
        """Open a client with the settings every insert needs."""
        return self.client(WRITE_SETTINGS)

    def stream(
        self, client: Client, sql: str, parameters: dict[str, Any], engine_format: str, mark: str
    ) -> Iterator[bytes]:
        """The answer through a pipe."""
        return piped(client, sql, parameters, engine_format, lambda: self.end_query(mark))

    def end_queries(self) -> None:
        """End every query: nobody else uses this engine."""
        self._end("query_id != queryID()")

    def end_query(self, mark: str) -> None:
        """End the running query whose text holds ``mark``, if there is one."""
        self._end(MARKED, {"mark": mark})

    def _end(self, condition: str, parameters: dict[str, Any] | None = None) -> None:
        with closing(self.client()) as client:
            client.command(f"KILL QUERY WHERE {condition} ASYNC", parameters=parameters)

    def break_off_reading(self) -> None:
        """Do nothing: in one process every call comes to an end."""

    def break_off_writing(self) -> None:
        """End deletions: on a full disk they wait for room, however long that takes. Inserts fail by themselves."""
        with closing(self.client()) as client:
            client.command("KILL MUTATION WHERE database = currentDatabase() AND NOT is_done")

    def close(self) -> None:
        """Let the engine end once every other client is closed."""
        self._holding.close()

    def make_database(self) -> None:
        """Make the footfall database where it is missing, and bring its schema up to date."""
        # The embedded default database engine lacks features of Atomic, so ours is made by name.
        self._holding.command(f"CREATE DATABASE IF NOT EXISTS {DATABASE} ENGINE = Atomic")
        with closing(self.client()) as client:
            migrate(client)


def open_embedded(path: Path, *, max_memory_bytes: int, temporary_dir: Path) -> EmbeddedEngine:
    """Open (creating where missing) the embedded store at ``path`` and bring its schema up to date.

    The caller closes it. ``temporary_dir`` is emptied: a killed insert leaves its file there.
    """
    os.environ.setdefault(*_ALLOCATOR)
    _empty(temporary_dir)
    tempfile.tempdir = str(temporary_dir)  # where the client writes each insert's block first
    path.mkdir(parents=True, exist_ok=True)
    config = _write_config(path.parent / "engine.xml", max_memory_bytes)
    forget_torn_deletions(path)
    engine = EmbeddedEngine(path, {"config-file": str(config)})
    try:
        engine.make_database()
    except BaseException:
        engine.close()
        raise
    let_merges_give_way()
    return engine


def _empty(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True, mode=0o700)


def _write_config(path: Path, max_memory_bytes: int) -> Path:
    """Server-level limits: the engine's own defaults would take 90 % of the machine."""
    limits = {
        "max_server_memory_usage": max_memory_bytes,
        "mark_cache_size": max_memory_bytes // 8,
        "uncompressed_cache_size": 0,
        "background_pool_size": 2,
        "background_schedule_pool_size": 4,
    }
    tables = _elements(_TABLE_SETTINGS)
    path.write_text(f"<clickhouse>{_elements(limits)}{_COMPRESSION}<merge_tree>{tables}</merge_tree></clickhouse>\n")
    return path


def _elements(values: dict[str, int]) -> str:
    return "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in values.items())
