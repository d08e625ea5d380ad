"""The sites of this install: made, changed and deleted here, and looked up in memory."""

import logging
import secrets
import string
import threading
from typing import Any

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError, OperationalError

from footfall.domain import Site
from footfall.enrich import channel_rules
from footfall.errors import Conflict, NotFound
from footfall.metadata import Clock, Database, mark_changed
from footfall.metadata.tables import ApiKeyRow, InstallRow, SiteMemberRow, SiteRow, UserRow
from footfall.sites.options import checked_options
from footfall.sites.snapshot import COLUMNS, Role, Snapshot, site_of, take_snapshot

_log = logging.getLogger(__name__)

_CHECK_EVERY_MS = 500
_PUBLIC_ID_LENGTH = 12
_PUBLIC_ID_ALPHABET = string.ascii_lowercase + string.digits


class SiteDirectory:
    """Look-ups come from a snapshot; one made stale by another process is replaced within a second."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._lock = threading.Lock()
        self._counter, self._snapshot = self._read()
        self._checked_ms = clock()

    def by_public_id(self, public_id: str) -> Site | None:
        """Find the site whose snippet carries ``public_id``."""
        return self._current().by_public_id.get(public_id)

    def by_domain(self, domain: str) -> Site | None:
        """Find the site of ``domain``, spelt as it is kept."""
        return self._current().by_domain.get(domain)

    def by_id(self, site_id: int) -> Site | None:
        """Find the site numbered ``site_id``."""
        return self._current().by_id.get(site_id)

    def all(self) -> list[Site]:
        """List every site by domain."""
        return list(self._current().by_id.values())

    def of_user(self, user_id: int) -> list[Site]:
        """List by domain the sites the user is a member of."""
        snapshot = self._current()
        mine = snapshot.roles.get(user_id, {})
        return [site for site in snapshot.by_id.values() if site.id in mine]

    def may_read(self, user_id: int, site_id: int) -> bool:
        """Tell whether the user is a member of the site."""
        return site_id in self._current().roles.get(user_id, {})

    def may_manage(self, user_id: int, site_id: int) -> bool:
        """Tell whether the user is an owner of the site."""
        return self._current().roles.get(user_id, {}).get(site_id) is Role.OWNER

    def create(self, domain: str, timezone: str = "Etc/UTC", owner_id: int | None = None, **options: Any) -> Site:
        """Make a site; without ``owner_id`` it belongs to the owner of the install, as soon as there is one.

        Raises InvalidInput for a wrong option, Conflict if the domain is taken.
        """
        blank = Site(
            id=0, public_id=_new_public_id(), domain="", channel_rules=channel_rules(), created_ms=self._clock()
        )
        row = SiteRow(**_columns(blank) | checked_options({"domain": domain, "timezone": timezone} | options))
        try:
            with self._database.session() as session:
                session.add(row)
                session.flush()
                owner = owner_id if owner_id is not None else session.scalar(select(InstallRow.owner_id))
                if owner is not None:
                    session.add(SiteMemberRow(site_id=row.id, user_id=owner, role=Role.OWNER.value))
                mark_changed(session)
        except IntegrityError as error:
            raise _taken(row.domain) from error
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
                for name, value in checked.items():
                    setattr(row, name, value)
                mark_changed(session)
        except IntegrityError as error:
            raise _taken(checked.get("domain", "")) from error
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

    def add_member(self, site_id: int, user_id: int, role: Role) -> None:
        """Let a user see a site, or change what they may do with it."""
        with self._database.session() as session:
            session.merge(SiteMemberRow(site_id=site_id, user_id=user_id, role=role.value))
            mark_changed(session)
        self.refresh()

    def transfer(self, site_id: int, to_user_id: int, from_user_id: int) -> None:
        """Make another member the owner; who gives it away still sees it. Keys of the site end: somebody may hold them.

        Raises NotFound where the site or the new owner is gone.
        """
        with self._database.session() as session:
            if session.get(SiteRow, site_id) is None or session.get(UserRow, to_user_id) is None:
                raise NotFound("The site or this person does not exist any more.")
            session.merge(SiteMemberRow(site_id=site_id, user_id=from_user_id, role=Role.VIEWER.value))
            session.merge(SiteMemberRow(site_id=site_id, user_id=to_user_id, role=Role.OWNER.value))
            session.execute(delete(ApiKeyRow).where(ApiKeyRow.site_id == site_id))
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

    def _current(self) -> Snapshot:
        # The difference is compared both ways: a clock set back must not freeze the snapshot.
        if abs(self._clock() - self._checked_ms) >= _CHECK_EVERY_MS and self._lock.acquire(blocking=False):
            try:
                self._check()
            finally:
                self._lock.release()
        return self._snapshot

    def _check(self) -> None:
        self._checked_ms = self._clock()
        try:
            if self._database.change_counter() != self._counter:
                self._counter, self._snapshot = self._read()
        except OperationalError:
            # Intake goes on with the sites it knows while the database is away.
            _log.warning("The database of sites cannot be read just now; going on with the sites known so far.")

    def _read(self) -> tuple[int, Snapshot]:
        # Counter first: a change between the two reads is then seen again, never missed.
        counter = self._database.change_counter()
        with self._database.reading() as session:
            return counter, take_snapshot(session)


def _new_public_id() -> str:
    return "".join(secrets.choice(_PUBLIC_ID_ALPHABET) for _ in range(_PUBLIC_ID_LENGTH))


def _columns(site: Site) -> dict[str, Any]:
    columns: dict[str, Any] = msgspec.to_builtins(site)
    return {name: columns[name] for name in COLUMNS if name != "id"}  # the database gives that


def _taken(domain: str) -> Conflict:
    return Conflict(f"There is a site {domain} already; open it, or choose another domain.", field="domain")
