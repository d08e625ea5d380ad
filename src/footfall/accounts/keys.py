"""API keys: what each lets its bearer do, and on which sites."""

import logging
from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import Session

from footfall.accounts.tokens import digest, new_token
from footfall.domain.roles import RIGHTS, Right, Role
from footfall.errors import InvalidInput, NotAllowed, NotFound, NotSignedIn, PlanLimit, Unavailable
from footfall.metadata import Clock, Database, note_actor
from footfall.metadata.audit import HOUSEKEEPING
from footfall.metadata.membership import site_roles
from footfall.metadata.plan_limits import sites_with_api
from footfall.metadata.tables import ApiKeyRow
from footfall.texts import Phrase

log = logging.getLogger(__name__)

PREFIX = "ff_"
_HINT_LENGTH = 9
_LAST_USED_PRECISION_MS = 60_000
_REMEMBERED_MS = 1_000
_DAY_MS = 86_400_000
MAX_DAYS = 3_650
_MOST_REMEMBERED = 1_000
_BELIEVED = ("events:write", "admin")  # for intake and for /metrics, which alone asks for the latter by name

# scope → what it is for, as people choose it.
SCOPES = {
    "events:write": Phrase("Send events from a server, or import them"),
    "stats:read": Phrase("Ask for statistics"),
    "sites:read": Phrase("List sites and their goals"),
    "sites:write": Phrase("Create, change and delete sites and goals"),
    "admin": Phrase("All of the above"),
}
_INCLUDED = {"admin": frozenset(SCOPES), "sites:write": frozenset({"sites:read"})}
# scope → the right to a site that a person's key needs for it.
_NEEDED = {
    "events:write": Right.EDIT,
    "stats:read": Right.READ,
    "sites:read": Right.READ,
    "sites:write": Right.MANAGE,
    "admin": Right.MANAGE,
}


class Caller(msgspec.Struct, frozen=True):
    """Who calls with a key, and the sites it may use for what it asked to do."""

    key_id: int
    owner_id: int | None  # None: the key belongs to one site
    site_ids: frozenset[int]

    def may_use(self, site_id: int) -> bool:
        """Tell whether the key reaches this site."""
        return site_id in self.site_ids


class Key(msgspec.Struct, frozen=True):
    """A key as its owner sees it in a list: never its text."""

    id: int
    hint: str
    scopes: tuple[str, ...]
    created_ms: int
    last_used_ms: int | None
    expires_ms: int | None


class _Remembered(NamedTuple):
    """A caller, and when it was looked up."""

    caller: Caller
    writes: int  # of the database, when it was read
    read_ms: int
    expires_ms: int | None

    def holds_while_away(self, now_ms: int) -> bool:
        """Whether it is still to be believed when nobody can look it up."""
        return abs(now_ms - self.read_ms) < _DAY_MS and (self.expires_ms is None or now_ms < self.expires_ms)


class KeyRing:
    """All keys of this install.

    A key that was found is remembered until this process writes to the database, and for a second at most: a server
    that sends a hundred requests a second is looked up once. What another process revokes ends within that second.
    While the database is away, keys that sent events before go on doing so for a day.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._not_noted_ms = 0
        self._remembered: dict[tuple[str, str], _Remembered] = {}  # by hash of the key, and scope

    def create(
        self,
        scopes: Iterable[str],
        owner_id: int | None = None,
        site_id: int | None = None,
        expires_days: int | None = None,
    ) -> str:
        """Return the text of a new key for one person's sites or for one site; it cannot be seen again.

        Raises InvalidInput for an unknown scope or none, a wrong number of days, or not exactly one holder.
        """
        chosen = _checked_scopes(scopes)
        if (owner_id is None) == (site_id is None):
            raise InvalidInput("A key belongs either to one person or to one site.")
        if expires_days is not None and not 1 <= expires_days <= MAX_DAYS:
            raise InvalidInput(Phrase("A key may expire after 1 to {most} days.", most=MAX_DAYS), field="expires_days")
        text, now = PREFIX + new_token(), self._clock()
        row = ApiKeyRow(key_hash=digest(text), hint=text[:_HINT_LENGTH], scopes=chosen, created_ms=now)
        row.expires_ms = now + expires_days * _DAY_MS if expires_days else None
        row.owner_id, row.site_id = owner_id, site_id
        with self._database.session() as session:
            session.add(row)
        return text

    def check(self, key_text: str, scope: str) -> Caller:
        """Tell who calls; raises NotSignedIn for an unknown key, NotAllowed for one without ``scope``.

        Raises PlanLimit where the plans of its sites have no API, Unavailable for one not remembered while the database
        is away.
        """
        name, now = (digest(key_text), scope), self._clock()
        known, writes = self._remembered.get(name), self._database.writes  # read first: a write meanwhile then counts
        # The difference is compared both ways: a clock set back must not keep a key alive.
        if known and known.writes == writes and abs(now - known.read_ms) < _REMEMBERED_MS:
            note_actor("key", known.caller.owner_id, f"key {known.caller.key_id}")
            return known.caller
        try:
            caller, expires_ms = self._look_up(*name)
        except Unavailable:
            # One that only reads gets no figures then; what this process has changed since may have ended any key.
            may_go_on = known and scope in _BELIEVED and known.writes == writes and known.holds_while_away(now)
            if known is None or not may_go_on:
                raise
            note_actor("key", known.caller.owner_id, f"key {known.caller.key_id}")
            return known.caller
        except (NotSignedIn, NotAllowed):
            self._remembered.pop(name, None)
            raise
        note_actor("key", caller.owner_id, f"key {caller.key_id}")
        if len(self._remembered) >= _MOST_REMEMBERED:
            self._remembered.clear()
        self._remembered[name] = _Remembered(caller, writes, now, expires_ms)
        return caller

    def _look_up(self, key_hash: str, scope: str) -> tuple[Caller, int | None]:
        with self._database.reading() as session:
            row = session.scalar(select(ApiKeyRow).where(ApiKeyRow.key_hash == key_hash))
            if row is None:
                raise NotSignedIn("This API key does not exist, or was revoked.")
            if row.expires_ms is not None and row.expires_ms <= self._clock():
                raise NotSignedIn("This API key has expired; create another.")
            note_actor("key", row.owner_id, f"key {row.id}")  # known from here on, also where it is refused
            if scope not in _granted(row.scopes):
                raise NotAllowed(f"This API key lacks the scope {scope}; create one that has it.")
            caller = Caller(row.id, row.owner_id, self._with_api(session, _reach(session, row, scope)))
        self._note_use(row)
        return caller, row.expires_ms

    def _with_api(self, session: Session, site_ids: frozenset[int]) -> frozenset[int]:
        """Those of the sites whose plan has the API; raises PlanLimit where there were some, and none is left."""
        if not self._database.has_plans:
            return site_ids
        left = sites_with_api(session, site_ids)
        if site_ids and not left:
            raise PlanLimit("The plan of this key's team has no API; its owner can choose another plan.")
        return left

    def of_site(self, site_id: int) -> list[Key]:
        """List the keys that belong to one site, newest first."""
        return self._list(ApiKeyRow.site_id == site_id)

    def of_owner(self, owner_id: int) -> list[Key]:
        """List the keys that reach all of a person's sites, newest first."""
        return self._list(ApiKeyRow.owner_id == owner_id)

    def revoke(self, key_id: int, site_id: int) -> None:
        """Delete a key of the site; raises NotFound where the site has none such."""
        with self._database.session() as session:
            row = session.get(ApiKeyRow, key_id)
            if row is None or row.site_id != site_id:
                raise NotFound("This site has no such key; it may have been revoked already.")
            session.delete(row)

    def _list(self, holder: ColumnElement[bool]) -> list[Key]:
        with self._database.reading() as session:
            rows = session.scalars(select(ApiKeyRow).where(holder).order_by(ApiKeyRow.id.desc())).all()
        return [
            Key(row.id, row.hint, tuple(row.scopes), row.created_ms, row.last_used_ms, row.expires_ms) for row in rows
        ]

    def _note_use(self, row: ApiKeyRow) -> None:
        # To the minute: a busy sender must not turn every request into a write.
        now = self._clock()
        if row.last_used_ms is not None and now - row.last_used_ms < _LAST_USED_PRECISION_MS:
            return
        if abs(now - self._not_noted_ms) < _LAST_USED_PRECISION_MS:
            return  # whoever sends must not wait each time for a database that is locked
        try:
            with self._database.session(concerns_rights=False) as session:
                used = update(ApiKeyRow).where(ApiKeyRow.id == row.id).values(last_used_ms=now)
                session.execute(used, execution_options=HOUSEKEEPING)
        except Unavailable:
            self._not_noted_ms = now
            log.warning("the last use of an API key could not be noted")


def _checked_scopes(scopes: Iterable[str]) -> list[str]:
    chosen = sorted(set(scopes))
    unknown = [scope for scope in chosen if scope not in SCOPES]
    if unknown or not chosen:
        raise InvalidInput(f"Choose at least one scope of {', '.join(SCOPES)}.", field="scopes")
    return chosen


def _granted(scopes: Iterable[str]) -> set[str]:
    return {granted for scope in scopes for granted in {scope, *_INCLUDED.get(scope, ())}}


def _reach(session: Session, row: ApiKeyRow, scope: str) -> frozenset[int]:
    if row.site_id is not None:
        return frozenset({row.site_id})
    roles = session.execute(site_roles(row.owner_id))
    return frozenset(site_id for _, site_id, role in roles if _NEEDED[scope] in RIGHTS[Role(role)])
