"""Opening the database of an install, with words for when that does not work."""

from typing import NamedTuple

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from footfall.errors import DatabaseAway, Unavailable
from footfall.metadata.address import database_url, shown_address
from footfall.metadata.clock import Clock, system_clock
from footfall.metadata.database import Database
from footfall.metadata.failures import reason_of
from footfall.metadata.revisions import known_revisions
from footfall.settings import Settings


class State(NamedTuple):
    """What is known of a database that answers."""

    address: str
    revision: str  # of its schema; empty: none was made yet
    newest: str  # that this release knows
    server: str  # such as PostgreSQL 15.18, encrypted; empty of SQLite
    clock_ms: int | None  # of the server's machine


def open_database(settings: Settings, clock: Clock = system_clock) -> Database:
    """Open the database of ``settings`` with the newest schema; raises DatabaseAway where it cannot be reached."""
    database = Database(
        database_url(settings), clock, has_plans=settings.has_plans, connections=settings.database_connections
    )
    try:
        database.migrate()
    except Unavailable as error:
        database.close()
        raise DatabaseAway(_unreachable(database, error)) from error
    except BaseException:
        database.close()
        raise
    return database


def look_at(settings: Settings) -> State:
    """Ask the database of ``settings`` how it is, changing nothing; raises DatabaseAway with the reason why not."""
    database = Database(database_url(settings), connections=2, wait_seconds=3)
    try:
        revision = database.revision()
        server, clock_ms = ("", None) if database.is_sqlite else _of_server(database)
    except Unavailable as error:
        raise DatabaseAway(_unreachable(database, error)) from error
    finally:
        database.close()
    return State(shown_address(database.url), revision, known_revisions()[-1], server, clock_ms)


def _of_server(database: Database) -> tuple[str, int]:
    sql = text(
        "SELECT current_setting('server_version'), (extract(epoch FROM clock_timestamp()) * 1000)::bigint,"
        " coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false)"
    )
    with database.reading() as session:
        version, clock_ms, is_encrypted = session.execute(sql).one()
    return f"PostgreSQL {version.split()[0]}, {'encrypted' if is_encrypted else 'not encrypted'}", int(clock_ms)


def _unreachable(database: Database, error: Unavailable) -> str:
    cause = error.__cause__
    reason = reason_of(cause) if isinstance(cause, SQLAlchemyError) else error.message
    return f"{shown_address(database.url)} cannot be used: {reason}."
