"""What of the tables is written to the audit log: one row for each table, and one hook that no change passes by.

Entries are made while a unit of work is flushed, so they are committed or undone with the change itself.
"""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from sqlalchemy import event, inspect
from sqlalchemy.orm import Session

from footfall.metadata.acting import actor_now
from footfall.metadata.clock import Clock
from footfall.metadata.tables import (
    ApiKeyRow,
    AuditRow,
    GoalRow,
    LinkedAccountRow,
    PasskeyRow,
    SharedLinkRow,
    ShieldRow,
    SiteMemberRow,
    SiteRow,
    Table,
    TeamRow,
    UserRow,
    WebSessionRow,
)

SHOWN_OF_SESSION = 12
"""Characters of a session's hash that tell it from others."""

_CHANGES = ("added", "changed", "deleted")


class Audited(NamedTuple):
    """What is told of a table: its name, the columns whose values are, and which site and what number it is about."""

    subject: str
    columns: tuple[str, ...]
    site_id: Callable[[Any], int | None]
    number: Callable[[Any], int | None]
    words: tuple[str, str, str] = _CHANGES
    """What adding, changing and deleting a row is called."""


def _of_its_site(row: Any) -> int | None:
    number: int | None = row.site_id
    return number


def _number(row: Any) -> int | None:
    number: int | None = row.id
    return number


def _user(row: Any) -> int | None:
    number: int | None = row.user_id
    return number


def _no_site(_row: Any) -> None:
    return None


_NOT_CHOSEN = ("id", "created_ms", "zone_changed_ms")
_SITE_COLUMNS = tuple(name for name in SiteRow.__mapper__.column_attrs.keys() if name not in _NOT_CHOSEN)  # noqa: SIM118 (no dictionary)
# No hash, no token, no e-mail address, no visitor: an entry outlives what it is about.
AUDITED: dict[type[Table], Audited] = {
    SiteRow: Audited("site", _SITE_COLUMNS, _number, _number),
    SiteMemberRow: Audited("member", ("role",), _of_its_site, _user),
    ApiKeyRow: Audited("key", ("hint", "scopes", "owner_id", "expires_ms"), _of_its_site, _number),
    GoalRow: Audited("goal", ("kind", "pattern", "scroll_percent", "display_name"), _of_its_site, _number),
    SharedLinkRow: Audited("link", ("name", "segment_name", "embedded_by", "expires_ms"), _of_its_site, _number),
    ShieldRow: Audited("shield", ("kind", "hint", "label"), _of_its_site, _number),
    TeamRow: Audited("team", ("plan",), _no_site, _number),
    UserRow: Audited("user", (), _no_site, _number),
    PasskeyRow: Audited("passkey", (), _no_site, _number),
    LinkedAccountRow: Audited("linked account", ("issuer",), _no_site, _number),
    WebSessionRow: Audited("session", (), _no_site, _user, ("opened", "changed", "ended")),
}


class AuditedSession(Session):
    """A unit of work that writes an entry with each change of an audited table; ``info["clock"]`` tells when."""


@event.listens_for(AuditedSession, "after_flush")
def _note_changes(session: Session, _context: Any) -> None:
    """What is added now is flushed before the commit."""
    found = [*_found(session.new, 0), *_found(session.dirty, 1), *_found(session.deleted, 2)]
    clock: Clock = session.info["clock"]
    entries = [_entry(row, change, clock()) for row, change in found]
    session.add_all([entry for entry in entries if entry is not None])


def event_entry(
    at_ms: int, action: str, site_id: int | None, subject_id: int | None, detail: dict[str, Any]
) -> AuditRow:
    """An entry of what changes no audited table, such as an export; add it to a unit of work."""
    actor = actor_now()
    return AuditRow(
        at_ms=at_ms,
        site_id=site_id,
        action=action,
        subject_id=subject_id,
        detail=detail,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        via=actor.via,
        network=actor.network,
    )


def _found(rows: Iterable[Any], change: int) -> list[tuple[Any, int]]:
    return [(row, change) for row in rows if type(row) in AUDITED]


def _entry(row: Any, change: int, at_ms: int) -> AuditRow | None:
    audited = AUDITED[type(row)]
    detail = _changed(row, audited) if change == 1 else {name: getattr(row, name) for name in audited.columns}
    if change == 1 and not detail:
        return None
    entry = event_entry(
        at_ms, f"{audited.subject} {audited.words[change]}", audited.site_id(row), audited.number(row), detail
    )
    if isinstance(row, WebSessionRow) and entry.actor_id is None:  # whoever signs in has just shown who they are
        entry.actor_kind, entry.actor_id, entry.via = "session", row.user_id, row.token_hash[:SHOWN_OF_SESSION]
    return entry


def _changed(row: Any, audited: Audited) -> dict[str, Any]:
    """Names of what was changed, each with what it was and is."""
    history = {name: inspect(row).attrs[name].history for name in audited.columns}
    return {
        name: [next(iter(change.deleted or ()), None), next(iter(change.added or ()), None)]
        for name, change in history.items()
        if change.has_changes() and list(change.deleted or ()) != list(change.added or ())
    }
