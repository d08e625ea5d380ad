"""How SQLite is opened: a private file, written ahead, one writer at a time that others wait for."""

import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import quote

from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine import Engine

_PRAGMAS = ("journal_mode = WAL", "foreign_keys = ON", "secure_delete = ON")


def open_sqlite(url: URL, *, wait_seconds: float) -> Engine:
    """Open the file of ``url``, making it where there is none; writers wait ``wait_seconds`` for each other."""
    engine = create_engine(url, hide_parameters=True, pool_timeout=wait_seconds)
    if url.database and url.database != ":memory:":
        # SQLite gives its side files the mode of the database, so that one file is enough.
        if not (path := Path(url.database)).exists():
            path.touch(mode=0o600, exist_ok=True)
        _never_make_another(engine)
    _use_explicit_transactions(engine, wait_seconds)
    return engine


def _never_make_another(engine: Engine) -> None:
    # A file that is away for a while must not be replaced by an empty one.
    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = sqlite3.connect(f"file:{quote(args[0])}?mode=rw", uri=True, **options)
        return connection


def _use_explicit_transactions(engine: Engine, wait_seconds: float) -> None:
    # Python's driver opens transactions on its own terms and leaves schema changes out of them. A deferred
    # transaction that turns into a writer fails at once when another wrote meanwhile; IMMEDIATE waits its turn.
    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None
        for pragma in (f"busy_timeout = {int(wait_seconds * 1000)}", *_PRAGMAS):
            connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("footfall_writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
