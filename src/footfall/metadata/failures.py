"""What the drivers of both databases say when they fail, in the words of ``footfall.errors``."""

import sqlite3

from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError, StatementError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from footfall.errors import FootfallError, InvalidInput, Unavailable
from footfall.texts import Phrase

AWAY = Phrase(
    "The database of people and sites cannot be reached just now; nothing was changed. Try again in a moment."
)
_BUSY = Phrase(
    "The database of people and sites is busy or its disk is full; nothing was changed. Try again in a moment."
)
_UNFIT = Phrase(
    "A text or number that was sent cannot be stored: it is too long, too large, or holds a zero character."
)
_AWAY_STATES = ("08", "57P", "3D000", "3F000", "42P01", "28")  # cut off, stopped, nothing there, not let in
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BUSY_STATES = ("25006", "53", "40", "55P03", "57014")  # read-only, full, undone, locked, too slow


def in_words(error: SQLAlchemyError) -> FootfallError | None:
    """What to tell whoever asked; None for what only a mistake of ours explains, and for conflicts."""
    if isinstance(error, PoolTimeout):
        return Unavailable(_BUSY)
    if not isinstance(error, StatementError):
        return None
    if is_away(error):
        return Unavailable(AWAY)
    state = str(getattr(error.orig, "sqlstate", None) or "")
    if state.startswith(_BUSY_STATES) or (isinstance(error, OperationalError) and not _is_mistake(error)):
        return Unavailable(_BUSY)
    if state.startswith("22") or "NUL (0x00)" in str(error.orig):
        return InvalidInput(_UNFIT)
    return None


def is_away(error: SQLAlchemyError) -> bool:
    """Whether the database itself was not there, rather than busy."""
    if not isinstance(error, DBAPIError):
        return False
    state = str(getattr(error.orig, "sqlstate", None) or "")
    return is_cut_off(error) or state.startswith(_AWAY_STATES) or _sqlite_code(error) in _DAMAGED


def is_cut_off(error: SQLAlchemyError) -> bool:
    """Whether there is no connection: it could not be made, or it broke."""
    is_unmade = isinstance(error, OperationalError) and error.statement is None
    return is_unmade or (isinstance(error, DBAPIError) and error.connection_invalidated)


def _is_mistake(error: OperationalError) -> bool:
    """SQLite calls operational, too, what it cannot make sense of: a statement of ours, a table not there."""
    return _sqlite_code(error) == sqlite3.SQLITE_ERROR


def _sqlite_code(error: DBAPIError) -> int | None:
    code: int | None = getattr(error.orig, "sqlite_errorcode", None)
    return code


def reason_of(error: SQLAlchemyError) -> str:
    """The driver's own first line, which names hosts and files but no password and no value."""
    lines = str(getattr(error, "orig", None) or error).strip().splitlines()
    return lines[0] if lines else type(error).__name__
