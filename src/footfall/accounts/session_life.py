"""How long a session holds: so many days whatever happens, and fewer where nobody uses it."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, and_

from footfall.metadata.tables import WebSessionRow

SESSION_DAYS = 30
IDLE_DAYS = 14
_HOUR_MS = 3_600_000
_DAY_MS = 86_400_000


class SessionLife(NamedTuple):
    """The second of the two is up to whoever runs the install."""

    idle_days: int = IDLE_DAYS

    def holds(self, now_ms: int) -> ColumnElement[bool]:
        """The condition of a session that holds; an unused one ends up to an hour late, as its last use is rounded."""
        unused_since_ms = to_the_hour(now_ms) - self.idle_days * _DAY_MS
        return and_(WebSessionRow.expires_ms > now_ms, WebSessionRow.last_used_ms >= unused_since_ms)


USUAL_LIFE = SessionLife()


def ends_at(opened_ms: int) -> int:
    """The latest moment a session may hold to."""
    return opened_ms + SESSION_DAYS * _DAY_MS


def opened_at(expires_ms: int) -> int:
    """When a session was opened that holds to ``expires_ms`` at the latest."""
    return expires_ms - SESSION_DAYS * _DAY_MS


def to_the_hour(now_ms: int) -> int:
    """Sessions tell their last use to the hour: nobody needs to know more."""
    return now_ms - now_ms % _HOUR_MS
