"""The audit log as it is read: who did what to which, when, and from which session or key.

It is written by the metadata room, in the transaction of the change. Entries go after ``KEPT_DAYS``.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, or_, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from footfall.errors import InvalidInput
from footfall.metadata import Clock, Database, event_entry
from footfall.metadata.audited import AUDITED
from footfall.metadata.membership import site_roles
from footfall.metadata.tables import AuditRow, SiteRow, TeamMemberRow, TeamRow, UserRow
from footfall.texts import Phrase

KEPT_DAYS = 400
_DAY_MS = 86_400_000
_BATCH = 1_000
# What members do to themselves concerns their sites and teams, too: who can come in.
_OF_MEMBERS = (
    "session opened",
    "session ended",
    "key added",
    "key deleted",
    "user changed",
    "passkey added",
    "passkey deleted",
    "linked account added",
    "linked account deleted",
    "second factor on",
    "second factor off",
    "recovery code used",
)
_OF_TEAM = ("second factor required", "second factor not required")  # concerns the sites of the team, too
_ABOUT_PEOPLE = (
    "member",
    "session",
    "user",
    "one-time link",
    "second factor",
    "code",
    "recovery codes",
    "recovery code",
)

# First words of actions that no table stands for; those of the other factors are found together.
_OF_NO_TABLE = {"second factor": ("second factor ", "recovery code", "code "), "import": ("import ",)}
_BEGINNINGS = {audited.subject: (f"{audited.subject} ",) for audited in AUDITED.values()} | _OF_NO_TABLE
SUBJECTS = tuple(_BEGINNINGS)
"""What changes are about."""
EVENTS = {"exported": "exports", "erased": "erasures"}
"""Last words of what changes no table, and what such entries are called together."""
NO_PEOPLE = {"key": "key of the site", "command": "command line", "nobody": "somebody not signed in", "": "Footfall"}
"""Kinds of actors without an account, and what they are called."""
_NO_PERSON = "somebody not signed in"


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
    subject: str = ""
    """The person it was done to, by their address as it is now."""
    site: str = ""
    team: str = ""


class Part(NamedTuple):
    """Whose log: that of one site, of one team with its sites, or of the whole install."""

    site_id: int | None = None
    team_id: int | None = None


WHOLE = Part()


class Wanted(NamedTuple):
    """Which entries: by who acted, what was changed, and when. Empty: all."""

    who: str = ""  # the number or address of a person, or one of NO_PEOPLE with a colon before it
    what: str = ""  # one of SUBJECTS or EVENTS
    since_ms: int | None = None
    before_ms: int | None = None


EVERYTHING = Wanted()


class AuditLog:
    """The log of this install."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def newest(
        self, part: Part, wanted: Wanted = EVERYTHING, *, limit: int, offset: int = 0
    ) -> tuple[list[Entry], int]:
        """List entries, newest first; tells how many there are in all. Raises InvalidInput for what nobody can want."""
        where = [_concerns(part), *_conditions(wanted)]
        query = select(AuditRow).where(*where).order_by(AuditRow.id.desc()).limit(limit).offset(offset)
        count = select(func.count()).select_from(AuditRow).where(*where)
        with self._database.reading() as session:
            return _entries_of(session, session.scalars(query).all()), session.scalars(count).one()

    def of_site(self, site_id: int, *, limit: int, offset: int = 0) -> tuple[list[Entry], int]:
        """List what was done to a site and who of its members came and went, newest first; tells how many in all."""
        return self.newest(Part(site_id), limit=limit, offset=offset)

    def entries(self, part: Part = WHOLE, wanted: Wanted = EVERYTHING) -> Iterator[Entry]:
        """Give everything wanted, oldest first, a batch at a time; raises InvalidInput before the first."""
        return self._batches([_concerns(part), *_conditions(wanted)])

    def _batches(self, where: list[ColumnElement[bool]]) -> Iterator[Entry]:
        last = 0
        while True:
            query = select(AuditRow).where(AuditRow.id > last, *where).order_by(AuditRow.id).limit(_BATCH)
            with self._database.reading() as session:
                entries = _entries_of(session, session.scalars(query).all())
            if not entries:
                return
            yield from entries
            last = entries[-1].id

    def people(self, part: Part) -> dict[int, str]:
        """Everybody who stands in the log as the one who acted, by number and address."""
        acted = select(AuditRow.actor_id).where(_concerns(part), AuditRow.actor_id.is_not(None)).distinct()
        with self._database.reading() as session:
            numbers = [number for number in session.scalars(acted) if number is not None]
            names = _names(session, numbers)
        return dict(sorted(((number, _person(names, number)) for number in numbers), key=lambda one: one[1]))

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


def _concerns(part: Part) -> ColumnElement[bool]:
    if part.site_id is not None:
        roles = site_roles().subquery()
        team = select(SiteRow.team_id).where(SiteRow.id == part.site_id).scalar_subquery()
        return or_(
            AuditRow.site_id == part.site_id,
            and_(AuditRow.team_id == team, AuditRow.action.in_(_OF_TEAM)),
            _done_by(select(roles.c.user_id).where(roles.c.site_id == part.site_id)),
        )
    if part.team_id is not None:
        # A number may be given again once its team is deleted: what was before its own beginning is another's.
        born = select(func.max(AuditRow.id)).where(AuditRow.team_id == part.team_id, AuditRow.action == "team added")
        return or_(
            and_(AuditRow.team_id == part.team_id, AuditRow.id >= func.coalesce(born.scalar_subquery(), 0)),
            AuditRow.site_id.in_(select(SiteRow.id).where(SiteRow.team_id == part.team_id)),
            _done_by(select(TeamMemberRow.user_id).where(TeamMemberRow.team_id == part.team_id)),
        )
    return AuditRow.id.is_not(None)


def _done_by(members: Any) -> ColumnElement[bool]:
    of_nothing_else = and_(AuditRow.site_id.is_(None), AuditRow.team_id.is_(None))
    return and_(of_nothing_else, AuditRow.action.in_(_OF_MEMBERS), AuditRow.actor_id.in_(members))


def _conditions(wanted: Wanted) -> Iterator[ColumnElement[bool]]:
    if re.fullmatch(r"[0-9]{1,9}", wanted.who):
        yield AuditRow.actor_id == int(wanted.who)
    elif "@" in wanted.who:
        yield AuditRow.actor_id.in_(select(UserRow.id).where(UserRow.email == wanted.who.strip().lower()))
    elif wanted.who[:1] == ":" and wanted.who[1:] in NO_PEOPLE:
        yield and_(AuditRow.actor_id.is_(None), AuditRow.actor_kind == wanted.who[1:])
    elif wanted.who:
        raise InvalidInput("Choose somebody from the list.", field="who")
    if wanted.what in EVENTS:
        yield AuditRow.action.endswith(f" {wanted.what}")
    elif wanted.what in SUBJECTS:
        yield or_(*(AuditRow.action.startswith(beginning) for beginning in _BEGINNINGS[wanted.what]))
    elif wanted.what:
        raise InvalidInput(Phrase("Choose one of {names}.", names=", ".join([*SUBJECTS, *EVENTS])), field="what")
    if wanted.since_ms is not None:
        yield AuditRow.at_ms >= wanted.since_ms
    if wanted.before_ms is not None:
        yield AuditRow.at_ms < wanted.before_ms


class _Names(NamedTuple):
    people: Mapping[int, str]
    sites: Mapping[int, str]
    teams: Mapping[int, str]


def _names(session: Session, numbers: Iterable[int]) -> dict[int, str]:
    found = session.execute(select(UserRow.id, UserRow.email).where(UserRow.id.in_(set(numbers))))
    return {row.id: row.email for row in found}


def _entries_of(session: Session, rows: Iterable[AuditRow]) -> list[Entry]:
    rows = list(rows)
    people = {row.actor_id for row in rows} | {row.subject_id for row in rows if _is_about_person(row)}
    sites = select(SiteRow.id, SiteRow.domain).where(SiteRow.id.in_({row.site_id for row in rows}))
    teams = select(TeamRow.id, TeamRow.name).where(TeamRow.id.in_({row.team_id for row in rows}))
    names = _Names(
        _names(session, (number for number in people if number is not None)),
        {row.id: row.domain for row in session.execute(sites)},
        {row.id: row.name for row in session.execute(teams)},
    )
    return [_entry_of(row, names) for row in rows]


def _is_about_person(row: AuditRow) -> bool:
    is_about_person = row.action.rpartition(" ")[0] in _ABOUT_PEOPLE and row.action not in _OF_TEAM
    return is_about_person and row.subject_id is not None


def _entry_of(row: AuditRow, names: _Names) -> Entry:
    at = datetime.fromtimestamp(row.at_ms / 1000, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    return Entry(
        id=row.id,
        at=at,
        action=row.action,
        subject_id=row.subject_id,
        detail=row.detail,
        actor=_person(names.people, row.actor_id) if row.actor_id is not None else _no_person(row.actor_kind),
        via=row.via,
        network=row.network,
        subject=_person(names.people, row.subject_id or 0) if _is_about_person(row) else "",
        site=names.sites.get(row.site_id, f"former site {row.site_id}") if row.site_id else "",
        team=names.teams.get(row.team_id, f"former team {row.team_id}") if row.team_id else "",
    )


def _person(names: Mapping[int, str], number: int) -> str:
    return names.get(number, f"former user {number}")


def _no_person(kind: str) -> str:
    return NO_PEOPLE.get(kind, _NO_PERSON)
