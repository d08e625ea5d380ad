"""Opening the embedded engine: memory caps, database, schema.

One process owns the folder (chDB allows one engine path per process, and a fork after opening hangs the child), so
everything that needs the engine gets it passed from `app`.
"""

import shutil
import tempfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import clickhouse_connect
from clickhouse_connect.driver.client import Client

from footfall.store.schema import migrate

DATABASE = "footfall"
TABLES = ("events", "visits", "visit_spans", "crawler_views")
TABLES_OF_EVENTS = ("events", "crawler_views")
"""Those that intake fills; the others are derived."""

# Inserts are batched by the applier, and a retried batch must be recognised by the tables its views fill too.
_WRITE_SETTINGS = {
    "async_insert": 0,
    "deduplicate_blocks_in_dependent_materialized_views": 1,
    "materialized_views_ignore_errors": 0,
    "max_partitions_per_insert_block": 100,
    "max_insert_threads": 1,
}


class Engine:
    """An open store. Clients are cheap but serialise their calls: one for each thread that talks to it."""

    def __init__(self, path: Path, options: dict[str, str]) -> None:
        self.path = path
        self._options = options

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
        return self.client(_WRITE_SETTINGS)


def open_embedded(path: Path, *, max_memory_bytes: int, temporary_dir: Path) -> Engine:
    """Open (creating where missing) the embedded store at ``path`` and bring its schema up to date.

    ``temporary_dir`` is emptied: a killed insert leaves its file there.
    """
    _empty(temporary_dir)
    tempfile.tempdir = str(temporary_dir)  # where the client writes each insert's block first
    path.mkdir(parents=True, exist_ok=True)
    config = _write_config(path.parent / "engine.xml", max_memory_bytes)
    engine = Engine(path, {"config-file": str(config)})
    bootstrap = clickhouse_connect.get_client(
        interface="chdb", path=str(path), chdb_options={"config-file": str(config)}
    )
    # The embedded default database engine lacks features of Atomic, so ours is made by name.
    bootstrap.command(f"CREATE DATABASE IF NOT EXISTS {DATABASE} ENGINE = Atomic")
    bootstrap.close()
    client = engine.client()
    migrate(client)
    client.close()
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
    body = "".join(f"<{name}>{escape(str(value))}</{name}>" for name, value in limits.items())
    # A deletion that failed, on a full disk say, is else put off for up to five minutes.
    tables = "<max_postpone_time_for_failed_mutations_ms>1000</max_postpone_time_for_failed_mutations_ms>"
    path.write_text(f"<clickhouse>{body}<merge_tree>{tables}</merge_tree></clickhouse>\n")
    return path
