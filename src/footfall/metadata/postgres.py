"""How PostgreSQL is spoken to: no statement waits for ever, and units of work that write take turns, as on SQLite."""

from collections.abc import Generator
from typing import Any, TypeVar

import psycopg
from psycopg.errors import _WaitTimeout
from sqlalchemy import URL, Connection, create_engine, event
from sqlalchemy.engine import Engine

Answer = TypeVar("Answer")

_READ_SECONDS = 15.0
_WRITE_SECONDS = 35.0
_CONNECTED = {  # a parameter of the URL comes before one of these
    "connect_timeout": 3,
    "application_name": "footfall",
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
_SERVER_OPTIONS = {
    "statement_timeout": "30s",
    "idle_in_transaction_session_timeout": "60s",  # what a dead process has locked is free again
    "timezone": "UTC",
}

# One lock for all that write: the code may look first and write then, be it a limit, a one-time link or the last owner.
_TAKE_TURNS = "SELECT pg_advisory_xact_lock(1718579060, hashtext(current_schema()))"
_NO_LIMITS = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = '10min'"


class BoundedConnection(psycopg.Connection[Any]):
    """Gives up on a server that says nothing: its own time limits are of no use when it hangs."""

    limit_seconds: float | None = 5.0

    def wait(self, gen: Generator[Any, Any, Answer], interval: float = 0.1, timeout: float | None = None) -> Answer:
        """Wait for the server's next word; closes the connection when none came in time."""
        try:
            return super().wait(gen, interval, timeout or self.limit_seconds)
        except _WaitTimeout:
            self.pgconn.finish()
            raise


def open_postgres(url: URL, *, connections: int, wait_seconds: float) -> Engine:
    """Prepare connections to the server of ``url``; nothing is opened yet."""
    options = " ".join(f"-c {name}={value}" for name, value in _SERVER_OPTIONS.items())
    told = {
        "options": f"{options} -c lock_timeout={int(wait_seconds * 1000)} {url.query.get('options', '')}".strip(),
        **{name: value for name, value in _CONNECTED.items() if name not in url.query},
    }
    engine = create_engine(
        url,
        hide_parameters=True,
        connect_args=told | {"prepare_threshold": None},  # poolers between us and the server know no prepared ones
        pool_size=connections,
        max_overflow=0,
        pool_timeout=wait_seconds,
        pool_pre_ping=True,
        pool_recycle=3600,
    )
    _bound(engine, wait_seconds)
    return engine


def _bound(engine: Engine, wait_seconds: float) -> None:
    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, args: Any, options: Any) -> BoundedConnection:
        connection = BoundedConnection.connect(*args, **options)
        connection.limit_seconds = wait_seconds
        return connection

    @event.listens_for(engine, "checkin")
    def _at_rest(connection: Any, _record: Any) -> None:
        if connection is not None:  # it is only asked whether it is still there when it is next taken
            connection.limit_seconds = wait_seconds

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        told = connection.get_execution_options()
        held: Any = connection.connection.dbapi_connection
        held.limit_seconds = _WRITE_SECONDS if told.get("footfall_writes") else _READ_SECONDS
        if told.get("footfall_takes_long"):
            held.limit_seconds = None
            connection.exec_driver_sql(_NO_LIMITS)
        if told.get("footfall_writes"):
            connection.exec_driver_sql(_TAKE_TURNS)
