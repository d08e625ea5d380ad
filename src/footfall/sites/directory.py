"""The sites of this install: made, changed and deleted here, and looked up in memory."""

import asyncio
import logging
import threading
from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Delete, Update, and_, delete, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.domain import Site
from footfall.domain.calendar import DAY_MS
from footfall.domain.roles import RIGHTS, Right, Role
from footfall.domain.site import PREVIOUS_DOMAIN_MS
from footfall.enrich import channel_rules
from footfall.errors import Conflict, NotFound, Unavailable
from footfall.metadata import Clock, Database, mark_changed
from footfall.metadata.membership import hand_over, home_team, new_public_id
from footfall.metadata.tables import InstallRow, SiteMemberRow, SiteRow, TeamRow, UserRow
from footfall.sites.custom_domain import require_own_host
from footfall.sites.options import checked_options
from footfall.sites.snapshot import COLUMNS, Snapshot, site_of, take_snapshot
from footfall.texts import Phrase

_log = logging.getLogger(__name__)

_CHECK_EVERY_MS = 500
_KEPT_MS = DAY_MS
_LOOP_WAITS_SECONDS = 0.25  # at most, and once until there is an answer
_NAMES = {"domain", "custom_domain", "script_path", "intake_path"}


class Guest(msgspec.Struct, frozen=True):
    """Somebody who may see one site without being in its team."""

    user_id: int
    email: str
    role: Role


class SiteDirectory:
    """Look-ups come from a snapshot; one made stale by another process is replaced within a second.

    While the database is away they go on for a day. After that they raise Unavailable: what holds of a site may have
    changed meanwhile.
    """

    def __init__(self, database: Database, clock: Clock, *, base_url: str = "", asks_everybody: bool = False) -> None:
        self.asks_everybody = asks_everybody
        """Whether a second factor is asked of everybody, whatever their teams do."""
        self._database = database
        self._clock = clock
        self._base_url = base_url  # of the pages, whose host no site may take
        self._lock = threading.Lock()
        self._counter, self._snapshot = self._read()
        self._checked_ms = clock()
        self._away_since_ms: int | None = None

    def by_public_id(self, public_id: str) -> Site | None:
        """Find the site whose snippet carries ``public_id``."""
        return self._current().by_public_id.get(public_id)

    def by_domain(self, domain: str) -> Site | None:
        """Find the site of ``domain``, spelt as it is kept; a changed one goes on naming its site for three days."""
        snapshot = self._current()
        if site := snapshot.by_domain.get(domain):
            return site
        former = snapshot.by_previous_domain.get(domain)
        return former if former and former.is_still_named(domain, self._clock()) else None

    def by_id(self, site_id: int) -> Site | None:
        """Find the site numbered ``site_id``."""
        return self._current().by_id.get(site_id)

    def by_custom_domain(self) -> Mapping[str, Site]:
        """Tell which hosts belong to a site alone, for its script and intake."""
        return self._current().by_custom_domain

    def all(self) -> list[Site]:
        """List every site by domain."""
        return list(self._current().by_id.values())

    def of_user(self, user_id: int) -> list[Site]:
        """List by domain the sites the user is a member of and may see."""
        snapshot = self._current()
        mine = snapshot.roles.get(user_id, {}).keys() - snapshot.held_back.get(user_id, frozenset())
        return [site for site in snapshot.by_id.values() if site.id in mine]

    def held_back(self, user_id: int) -> list[Site]:
        """List by domain the sites the user is a member of, but sees only with a second factor."""
        snapshot = self._current()
        mine = snapshot.held_back.get(user_id, frozenset())
        return [site for site in snapshot.by_id.values() if site.id in mine]

    def is_held_back(self, user_id: int, site_id: int) -> bool:
        """Tell whether the user sees the site only with a second factor, and has none."""
        return site_id in self._current().held_back.get(user_id, frozenset())

    def needs_second_factor(self, user_id: int) -> bool:
        """Tell whether this install shows the user nothing before they have a second factor."""
        secured = self._current().secured
        return secured is not None and user_id not in secured

    def of_team(self, team_id: int) -> list[Site]:
        """List by domain the sites of a team."""
        snapshot = self._current()
        return [site for site in snapshot.by_id.values() if snapshot.teams.get(site.id) == team_id]

    def team_of(self, site_id: int) -> int | None:
        """Tell the team a site belongs to."""
        return self._current().teams.get(site_id)

    def role(self, user_id: int, site_id: int, *, by_key: bool = False) -> Role | None:
        """Tell what the user is to the site, by its team or as a guest; None for a stranger.

        Whoever lacks the second factor that the site's team asks for is a stranger, too, but their keys go on.
        """
        if not by_key and self.is_held_back(user_id, site_id):
            return None
        return self._current().roles.get(user_id, {}).get(site_id)

    def may(self, user_id: int, site_id: int, right: Right, *, by_key: bool = False) -> bool:
        """Tell whether the user has a right to the site, in a session or by a key: see ``RIGHTS``."""
        role = self.role(user_id, site_id, by_key=by_key)
        return role is not None and right in RIGHTS[role]

    def may_read(self, user_id: int, site_id: int) -> bool:
        """Tell whether the user may see the site's reports."""
        return self.may(user_id, site_id, Right.READ)

    def may_manage(self, user_id: int, site_id: int) -> bool:
        """Tell whether the user may change the site's settings, keys and people."""
        return self.may(user_id, site_id, Right.MANAGE)

    def create(
        self,
        domain: str,
        timezone: str = "Etc/UTC",
        owner_id: int | None = None,
        team_id: int | None = None,
        **options: Any,
    ) -> Site:
        """Make a site in a team, or in the first team that ``owner_id`` owns, making one where there is none.

        Without either it belongs to the owner of the install, as soon as there is one.

        Raises InvalidInput for a wrong option, Conflict if the domain is taken.
        """
        blank = Site(
            id=0, public_id=new_public_id(), domain="", channel_rules=channel_rules(), created_ms=self._clock()
        )
        row = SiteRow(**_columns(blank) | checked_options({"domain": domain, "timezone": timezone} | options))
        try:
            with self._database.session() as session:
                owner = owner_id if owner_id is not None else session.scalar(select(InstallRow.owner_id))
                if team_id is None and owner is not None:
                    team_id = home_team(session, owner, row.created_ms)
                row.team_id = team_id
                self._require_free_domain(session, row)
                session.add(row)
                self._require_own_host(session, row)
                session.flush()
                mark_changed(session)
        except IntegrityError as error:
            raise _taken(error, row.domain, row.custom_domain) from error
        self.refresh()
        return site_of(row)

    def update(self, site_id: int, **changes: Any) -> Site:
        """Change options of a site; raises InvalidInput, Conflict if a new domain is taken, or NotFound."""
        checked = checked_options(changes)
        try:
            with self._database.session() as session:
                row = session.get(SiteRow, site_id)
                if row is None:
                    raise NotFound("This site does not exist; it may have been deleted.")
                if checked.get("timezone", row.timezone) != row.timezone:
                    row.zone_changed_ms = self._clock()
                if checked.get("domain", row.domain) != row.domain:
                    row.previous_domain, row.domain_changed_ms = row.domain, self._clock()
                for name, value in checked.items():
                    setattr(row, name, value)
                if _NAMES & checked.keys():
                    self._require_free_domain(session, row)
                    self._require_own_host(session, row)
                mark_changed(session)
        except IntegrityError as error:
            raise _taken(error, checked.get("domain", ""), checked.get("custom_domain", "")) from error
        self.refresh()
        return self._snapshot.by_id.get(site_id) or site_of(row)

    def note_channel_rules(self, site_id: int, rules: str) -> None:
        """Note that the channels of a site's stored events are those of these rules."""
        with self._database.session() as session:
            row = session.get(SiteRow, site_id)
            if row is None:
                return  # deleted meanwhile
            row.channel_rules = rules
            mark_changed(session)
        self.refresh()

    def delete(self, site_id: int) -> None:
        """Delete a site with its members, keys and goals; raises NotFound. Its events are the store's to delete."""
        with self._database.session() as session:
            row = session.get(SiteRow, site_id)
            if row is None:
                raise NotFound("This site does not exist; it may have been deleted already.")
            session.delete(row)
            mark_changed(session)
        self.refresh()

    def move(self, site_id: int, team_id: int) -> None:
        """Give a site to another team; its guests stay, its keys and open invitations end.

        Raises NotFound where the site or the team is gone.
        """
        with self._database.session() as session:
            row = session.get(SiteRow, site_id)
            if row is None or session.get(TeamRow, team_id) is None:
                raise NotFound("The site or the team does not exist any more.")
            hand_over(session, row, team_id)
            mark_changed(session)
        self.refresh()

    def guests(self, site_id: int) -> list[Guest]:
        """List by address who may see this site without being in its team."""
        query = (
            select(UserRow.id, UserRow.email, SiteMemberRow.role)
            .join(SiteMemberRow, SiteMemberRow.user_id == UserRow.id)
            .where(SiteMemberRow.site_id == site_id)
            .order_by(UserRow.email)
        )
        with self._database.reading() as session:
            return [Guest(user_id, email, Role(role)) for user_id, email, role in session.execute(query)]

    def add_member(self, site_id: int, user_id: int, role: Role) -> None:
        """Make a user a guest of one site, or change what they may do with it."""
        with self._database.session() as session:
            session.merge(SiteMemberRow(site_id=site_id, user_id=user_id, role=role.value))
            mark_changed(session)
        self.refresh()

    def change_guest(self, site_id: int, user_id: int, role: Role) -> None:
        """Change what a guest may do; raises NotFound where there is no such guest."""
        change = update(SiteMemberRow).where(_guest(site_id, user_id)).values(role=role.value)
        self._change_guest(change)

    def remove_guest(self, site_id: int, user_id: int) -> None:
        """Let a guest see the site no more; raises NotFound where there is no such guest."""
        self._change_guest(delete(SiteMemberRow).where(_guest(site_id, user_id)))

    def _change_guest(self, change: Update | Delete) -> None:
        with self._database.session() as session:
            result = session.execute(change)
            if not isinstance(result, CursorResult) or result.rowcount == 0:
                raise NotFound("This site has no such guest; they may have left.")
            mark_changed(session)
        self.refresh()

    def members(self, site_id: int) -> list[tuple[int, Role]]:
        """List who sees a site, and as what."""
        roles = self._current().roles
        return [(user_id, mine[site_id]) for user_id, mine in roles.items() if site_id in mine]

    def refresh(self) -> None:
        """Look at once, for what this process has just changed."""
        with self._lock:
            self._counter, self._snapshot = self._read()
            self._checked_ms = self._clock()
            self._away_since_ms = None

    def _require_free_domain(self, session: Session, row: SiteRow) -> None:
        """Refuse a domain that still names another site, whose events would go to this one."""
        still = SiteRow.domain_changed_ms > self._clock() - PREVIOUS_DOMAIN_MS
        named = select(SiteRow.id).where(SiteRow.previous_domain == row.domain, still, SiteRow.id != row.id)
        with session.no_autoflush:
            if session.scalar(named.limit(1)) is not None:
                raise Conflict(
                    Phrase(
                        "{domain} was another site's until lately; it can be taken three days after that one changed.",
                        domain=row.domain,
                    ),
                    field="domain",
                )

    def _require_own_host(self, session: Session, row: SiteRow) -> None:
        with session.no_autoflush:
            others = set(session.scalars(select(SiteRow.domain).where(SiteRow.id != row.id)))
        require_own_host(
            Site(
                id=0,
                public_id=row.public_id,
                domain=row.domain,
                custom_domain=row.custom_domain,
                script_path=row.script_path,
                intake_path=row.intake_path,
            ),
            others,
            self._base_url,
        )

    def _current(self) -> Snapshot:
        # The difference is compared both ways: a clock set back must not freeze the snapshot.
        if abs(self._clock() - self._checked_ms) >= _CHECK_EVERY_MS and self._lock.acquire(blocking=False):
            self._checked_ms = self._clock()
            if _is_event_loop():
                # All of intake waits meanwhile, so not for long where the database is far, slow or hangs.
                checking = threading.Thread(target=self._check, name="changes of sites", daemon=True)
                checking.start()
                checking.join(_LOOP_WAITS_SECONDS)
            else:
                self._check()
        since_ms = self._away_since_ms
        if since_ms is not None and self._clock() - since_ms > _KEPT_MS:
            raise Unavailable("The database of sites has been away for over a day.", retry_after_seconds=60)
        return self._snapshot

    def _check(self) -> None:
        """Look for changes, and let go of the lock that whoever starts this holds."""
        try:
            if self._database.change_counter() != self._counter:
                self._counter, self._snapshot = self._read()
            self._away_since_ms = None
        except Unavailable:
            if self._away_since_ms is None:
                self._away_since_ms = self._clock()
                _log.warning("going on with the sites known so far, for a day at most")
        finally:
            self._lock.release()

    def _read(self) -> tuple[int, Snapshot]:
        # Counter first: a change between the two reads is then seen again, never missed.
        counter = self._database.change_counter()
        with self._database.reading() as session:
            return counter, take_snapshot(session, asks_everybody=self.asks_everybody)


def _is_event_loop() -> bool:
    """Whether this thread runs an event loop, which must not wait."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _guest(site_id: int, user_id: int) -> ColumnElement[bool]:
    return and_(SiteMemberRow.site_id == site_id, SiteMemberRow.user_id == user_id)


def _columns(site: Site) -> dict[str, Any]:
    columns: dict[str, Any] = msgspec.to_builtins(site)
    return {name: columns[name] for name in COLUMNS if name != "id"}  # the database gives that


def _taken(error: IntegrityError, domain: str, custom_domain: str) -> Conflict:
    if "custom_domain" in str(error.orig):
        text = Phrase("Another site has {domain} already; choose another host.", domain=custom_domain)
        return Conflict(text, field="custom_domain")
    return Conflict(
        Phrase("There is a site {domain} already; open it, or choose another domain.", domain=domain), field="domain"
    )
