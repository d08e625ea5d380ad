"""The audit log as it is read: who did what to which, when, and from which session or key.

It is written by the metadata room, in the transaction of the change. Entries go after ``KEPT_DAYS``.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from footfall.metadata import Clock, Database, event_entry
from footfall.metadata.tables import AuditRow, SiteMemberRow, SiteRow, UserRow

KEPT_DAYS = 400
_DAY_MS = 86_400_000
_BATCH = 1_000
# What members do to themselves concerns their sites, too: who can come in.
_OF_MEMBERS = (
    "session opened",
    "session ended",
    "key added",
    "key deleted",
    "passkey added",
    "passkey deleted",
    "linked account added",
    "linked account deleted",
    "second factor on",
    "second factor off",
    "recovery code used",
)
_OF_TEAM = ("second factor required", "second factor not required")


class Entry(msgspec.Struct, frozen=True):
    """One entry; the fields are the columns of an export."""

    id: int
    at: str
    action: str
    subject_id: int | None
    detail: dict[str, Any]
    actor: str
    """An e-mail address as it is now; else what acted: a key of the site, a command, Footfall itself."""
    via: str
    network: str


class AuditLog:
    """The log of this install."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_site(self, site_id: int, *, limit: int, offset: int = 0) -> tuple[list[Entry], int]:
        """List what was done to a site and who of its members came and went, newest first; tells how many in all."""
        query = select(AuditRow).where(_concerns(site_id)).order_by(AuditRow.id.desc())
        count = select(func.count()).select_from(AuditRow).where(_concerns(site_id))
        with self._database.reading() as session:
            rows = session.scalars(query.limit(limit).offset(offset)).all()
            names = _names(session)
            return [_entry_of(row, names) for row in rows], session.scalars(count).one()

    def entries(self, site_id: int | None = None) -> Iterator[Entry]:
        """Give everything there is, or what concerns one site, oldest first, a batch at a time."""
        last = 0
        where = AuditRow.id.is_not(None) if site_id is None else _concerns(site_id)
        while True:
            query = select(AuditRow).where(AuditRow.id > last, where).order_by(AuditRow.id).limit(_BATCH)
            with self._database.reading() as session:
                rows = session.scalars(query).all()
                names = _names(session)
            if not rows:
                return
            yield from (_entry_of(row, names) for row in rows)
            last = rows[-1].id

    def note(self, action: str, site_id: int | None, **detail: Any) -> None:
        """Write down what is no change of a table, such as an export."""
        with self._database.session() as session:
            session.add(event_entry(self._clock(), action, site_id, None, detail))

    def expire(self) -> int:
        """Delete entries older than ``KEPT_DAYS``; returns how many."""
        before_ms = self._clock() - KEPT_DAYS * _DAY_MS
        with self._database.session() as session:
            result = session.execute(delete(AuditRow).where(AuditRow.at_ms < before_ms))
        return result.rowcount if isinstance(result, CursorResult) else 0


def _concerns(site_id: int) -> ColumnElement[bool]:
    members = select(SiteMemberRow.user_id).where(SiteMemberRow.site_id == site_id)
    of_members = and_(AuditRow.site_id.is_(None), AuditRow.action.in_(_OF_MEMBERS), AuditRow.actor_id.in_(members))
    team = select(SiteRow.team_id).where(SiteRow.id == site_id).scalar_subquery()
    of_team = and_(AuditRow.site_id.is_(None), AuditRow.action.in_(_OF_TEAM), AuditRow.subject_id == team)
    return or_(AuditRow.site_id == site_id, of_members, of_team)


def _names(session: Session) -> dict[int, str]:
    return {row.id: row.email for row in session.execute(select(UserRow.id, UserRow.email))}


def _entry_of(row: AuditRow, names: dict[int, str]) -> Entry:
    at = datetime.fromtimestamp(row.at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Entry(row.id, at, row.action, row.subject_id, row.detail, _actor(row, names), row.via, row.network)


def _actor(row: AuditRow, names: dict[int, str]) -> str:
    if row.actor_id is not None:
        return names.get(row.actor_id, f"former user {row.actor_id}")
    return {"key": "key of the site", "command": "command line", "session": "nobody"}.get(row.actor_kind, "Footfall")
