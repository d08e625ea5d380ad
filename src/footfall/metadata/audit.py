"""How changes get into the audit log: two hooks that no change of a table in ``AUDITED`` passes by.

Entries are made in the unit of work of the change, so they are committed or undone with it. One hook sees rows that are
flushed, the other statements that change many rows at once. What a foreign key deletes along has no entry of its own.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Delete, Row, Select, Update, event, inspect, select, tuple_
from sqlalchemy.engine import Result
from sqlalchemy.orm import ORMExecuteState, Session

from footfall.metadata.acting import actor_now, note_actor
from footfall.metadata.audited import AUDITED, SHOWN, Audited
from footfall.metadata.clock import Clock
from footfall.metadata.tables import AuditRow, SiteRow, Table, UserRow, WebSessionRow

SHOWN_OF_SESSION = 12
"""Characters of a session's hash that tell it from others."""

_UNASKED = "footfall_unasked"
HOUSEKEEPING = {_UNASKED: True}
"""Execution options of a statement that nobody asked for: a time of last use, what has ended by its time."""

_ADDED, _CHANGED, _DELETED = range(3)
_BY_NAME: dict[str, type[Table]] = {row_type.__tablename__: row_type for row_type in AUDITED}


class AuditedSession(Session):
    """A unit of work that writes an entry with each change of an audited table; ``info["clock"]`` tells when."""


@event.listens_for(AuditedSession, "after_flush")
def _note_rows(session: Session, _context: Any) -> None:
    """What is added now is flushed before the commit."""
    found = [*_found(session.new, _ADDED), *_found(session.dirty, _CHANGED), *_found(session.deleted, _DELETED)]
    for row, change in found:
        _note(session, type(row), row, change, _changed_in(row) if change == _CHANGED else None)


@event.listens_for(AuditedSession, "do_orm_execute")
def _note_statements(state: ORMExecuteState) -> Result[Any] | None:
    """Look at the rows a statement is about to delete, or at those it changes, before and after."""
    if not (state.is_update or state.is_delete or state.is_insert) or state.execution_options.get(_UNASKED):
        return None
    statement: Any = state.statement
    row_type = _BY_NAME.get(statement.table.name)
    if row_type is None:
        return None
    if state.is_insert:
        raise TypeError(f"Add rows of {row_type.__tablename__} to the session: nobody sees them in a statement.")
    before = _rows(state.session, row_type, _meant_by(row_type, statement))
    if state.is_delete:
        for row in before.values():
            _note(state.session, row_type, row, _DELETED)
        return None
    result = state.invoke_statement()
    after = _rows(state.session, row_type, _of_keys(row_type, before))
    for key, row in after.items():
        _note(state.session, row_type, row, _CHANGED, _changed_between(row_type, before[key], row))
    return result


def event_entry(
    at_ms: int,
    action: str,
    site_id: int | None,
    subject_id: int | None,
    detail: dict[str, Any],
    team_id: int | None = None,
) -> AuditRow:
    """An entry of what changes no audited table, such as an export; add it to a unit of work."""
    actor = actor_now()
    return AuditRow(
        at_ms=at_ms,
        site_id=site_id,
        team_id=team_id,
        action=action,
        subject_id=subject_id,
        detail=detail,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        via=actor.via,
        network=actor.network,
    )


def _note(
    session: Session, row_type: type[Table], row: Any, change: int, changed: Mapping[str, list[Any]] | None = None
) -> None:
    audited = AUDITED[row_type]
    if (changed is not None and not changed) or (audited.by_people_alone and not actor_now().kind):
        return
    clock: Clock = session.info["clock"]
    action = f"{audited.subject} {audited.words[change]}"
    detail = _told(audited, row, changed)
    entry = event_entry(clock(), action, audited.site_id(row), audited.number(row), detail, audited.team_id(row))
    _let_newcomer_act(entry, row_type, row)
    session.add(entry)
    left_team, _ = (changed or {}).get("team_id", (None, None))
    if row_type is SiteRow and left_team is not None:  # the team it leaves is told, too
        session.add(event_entry(clock(), action, None, row.id, detail, left_team))


def _let_newcomer_act(entry: AuditRow, row_type: type[Table], row: Any) -> None:
    """Whoever signs in has just shown who they are, and whoever makes an account is there from now on."""
    if entry.actor_id is not None or entry.actor_kind == "command":
        return
    if row_type is WebSessionRow:
        entry.actor_kind, entry.actor_id, entry.via = "session", row.user_id, row.token_hash[:SHOWN_OF_SESSION]
    if row_type is UserRow:
        entry.actor_kind, entry.actor_id = "session", row.id
        note_actor("session", row.id, "")


def _told(audited: Audited, row: Any, changed: Mapping[str, list[Any]] | None) -> dict[str, Any]:
    if audited.is_own(row):
        return {"own": True}
    named = {name: getattr(row, name) for name in audited.named}
    if changed is None:
        values = {name: getattr(row, name) for name in audited.columns}
        return named | {name: _shown(name, value) for name, value in values.items() if value is not None}
    told = {name: both for name, both in changed.items() if name in audited.columns}
    shown = {name: [_shown(name, value) for value in both] for name, both in told.items()}
    return named | shown | {word: "changed" for name, word in audited.untold.items() if name in changed}


def _shown(name: str, value: Any) -> Any:
    return SHOWN[name](value) if name in SHOWN else value


def _watched(row_type: type[Table]) -> Iterator[str]:
    yield from AUDITED[row_type].columns
    yield from AUDITED[row_type].untold


def _found(rows: Iterable[Any], change: int) -> list[tuple[Any, int]]:
    return [(row, change) for row in rows if type(row) in AUDITED]


def _changed_in(row: Any) -> dict[str, list[Any]]:
    """Names of what was changed of an object, each with what it was and is."""
    history = {name: inspect(row).attrs[name].history for name in _watched(type(row))}
    return {
        name: [next(iter(change.deleted or ()), None), next(iter(change.added or ()), None)]
        for name, change in history.items()
        if change.has_changes() and list(change.deleted or ()) != list(change.added or ())
    }


def _changed_between(row_type: type[Table], before: Any, after: Any) -> dict[str, list[Any]]:
    pairs = {name: [getattr(before, name), getattr(after, name)] for name in _watched(row_type)}
    return {name: both for name, both in pairs.items() if both[0] != both[1]}


def _meant_by(row_type: type[Table], statement: Update | Delete) -> Select[Any]:
    query = select(*row_type.__table__.columns).with_for_update()
    return query if statement.whereclause is None else query.where(statement.whereclause)


def _of_keys(row_type: type[Table], rows: Mapping[tuple[Any, ...], Row[Any]]) -> Select[Any]:
    keys = row_type.__mapper__.primary_key
    return select(*row_type.__table__.columns).where(tuple_(*keys).in_(list(rows)))


def _rows(session: Session, row_type: type[Table], query: Select[Any]) -> dict[tuple[Any, ...], Row[Any]]:
    """Rows by their keys."""
    keys = [column.name for column in row_type.__mapper__.primary_key]
    return {tuple(getattr(row, name) for name in keys): row for row in session.execute(query)}
