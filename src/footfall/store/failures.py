"""What the engine's errors mean to others: a sentence for people, a name and a number for the log.

Their text is never passed on: it may hold values of events.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from traceback import extract_tb

from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError

from footfall.errors import FootfallError, QueryTooHeavy, Unavailable
from footfall.texts import Phrase

TOO_HEAVY = Phrase("This question needs too much time or memory; ask for a shorter range or fewer filters.")
STORE_IS_AWAY = Phrase("The store of events does not answer just now; try again in a moment.")

_NAMES = {
    # The question was too big, not wrong.
    128: "TOO_LARGE_ARRAY_SIZE",
    158: "TOO_MANY_ROWS",
    159: "TIMEOUT_EXCEEDED",
    160: "TOO_SLOW",
    241: "MEMORY_LIMIT_EXCEEDED",
    396: "TOO_MANY_ROWS_OR_BYTES",
    # The store cannot answer anybody just now.
    202: "TOO_MANY_SIMULTANEOUS_QUERIES",
    209: "SOCKET_TIMEOUT",
    210: "NETWORK_ERROR",
    216: "QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING",
    242: "TABLE_IS_READ_ONLY",
    243: "NOT_ENOUGH_SPACE",
    252: "TOO_MANY_PARTS",
    394: "QUERY_WAS_CANCELLED",
    516: "AUTHENTICATION_FAILED",
}
_TOO_HEAVY = {128, 158, 159, 160, 241, 396}
_AWAY = _NAMES.keys() - _TOO_HEAVY


def reason_of(error: BaseException) -> str:
    """What the log may hold of an error: the engine's name and number, our own sentence, or where it was raised."""
    cause = error.__cause__ if isinstance(error.__cause__, DatabaseError) else error
    if isinstance(cause, DatabaseError):
        return f"{_NAMES.get(cause.code, 'error')}, code {cause.code}" if cause.code else "no answer"
    if isinstance(error, FootfallError):
        return error.message
    raised_in = extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {raised_in.name}, line {raised_in.lineno}"


@contextmanager
def said_plainly() -> Iterator[None]:
    """Raise QueryTooHeavy or Unavailable in place of the engine's errors that mean so; others pass."""
    try:
        yield
    except DatabaseError as error:
        if error.code in _TOO_HEAVY:
            raise QueryTooHeavy(TOO_HEAVY) from error
        if _is_away(error):
            raise Unavailable(STORE_IS_AWAY) from error
        raise


def _is_away(error: DatabaseError) -> bool:
    """Whether nothing is wrong with what was asked: no answer came, or one that says later."""
    if error.code is None:
        return type(error) in (DatabaseError, OperationalError)
    return error.code in _AWAY
