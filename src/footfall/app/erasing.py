"""Erasing a visitor, days or a site everywhere: store, spool, profiles, consents, and what they leave on disk.

Each erasure is noted before it begins: one that a crash cut off is made again, and so are those that a restored backup
has undone.
"""

from collections.abc import Callable, Container, Sequence
from concurrent.futures import TimeoutError as WaitedTooLong
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock

from footfall.app.erasure_log import Erased, ErasureLog, Kind
from footfall.domain import Site
from footfall.errors import InvalidInput, Unavailable
from footfall.metadata import Clock, Database, event_entry
from footfall.profiles import Consents, Profiles
from footfall.sites import SiteDirectory
from footfall.spool import Spool
from footfall.store import Erasure, Finaliser
from footfall.visits import Applier

ERASURES = "erasures.jsonl"
ERASE_AGAIN = "erase-again"
"""File a restore leaves behind: when its backup was made, in UTC milliseconds."""
_WAIT_SECONDS = 60.0
_DAYS = 1 << 16  # as many as the store can tell apart

Deletion = Callable[[], int]
Days = Callable[[], Container[int] | None]
"""The local days whose rollups know of what is erased; None: any."""


@dataclass(frozen=True)
class Eraser:
    """Erases at once and for good; methods return how many events went. Safe to call from any thread.

    ``after_step`` is called with the name of each step an erasure has passed.
    """

    data_dir: Path
    log: ErasureLog
    clock: Clock
    database: Database
    sites: SiteDirectory
    profiles: Profiles
    consents: Consents
    spool: Spool
    applier: Applier
    store: Erasure
    rollups: Finaliser
    after_step: Callable[[str], None]
    turn: Lock = field(default_factory=Lock)

    def visitors(self, site: Site, visitor_ids: Sequence[int]) -> int:
        """Erase these ids of one visitor: events, visits, profile, consents."""
        erased = self._noted(site, "visitor", marks=tuple(map(self.log.mark, visitor_ids)))
        days = partial(self.store.days_of, site.id, visitor_ids)
        return self._erase(erased, lambda: self._delete_visitors(site.id, visitor_ids), days)

    def days(self, site: Site, first_day: int, last_day: int) -> int:
        """Erase the events of these local days, counted from 1970-01-01."""
        if not 0 <= first_day <= last_day < _DAYS:
            raise InvalidInput("The first day must not lie after the last.", field="from")
        erased = self._noted(site, "days", first_day=first_day, last_day=last_day)
        return self._erase(erased, self._deletion(erased), _days(erased))

    def site(self, site: Site) -> int:
        """Erase what is stored about a site that was deleted."""
        erased = self._noted(site, "site")
        return self._erase(erased, self._deletion(erased), _days(erased))

    def copies(self) -> list[str]:
        """Folders in the data folder that hold what an earlier restore moved aside: nothing is erased there."""
        return sorted(path.name for path in self.data_dir.glob("replaced-*"))

    def catch_up(self) -> int:
        """Make again what was cut off or undone by a restore; returns how many erasures that were."""
        note = self.data_dir / ERASE_AGAIN
        with self.turn:
            since_ms = int(note.read_text()) if note.exists() else None
            due = [erased for erased in self.log.all() if _is_due(erased, since_ms)]
            for erased in due:
                self._repeat(erased)
            note.unlink(missing_ok=True)
        return len(due)

    def settle(self) -> None:
        """Wait until the store holds what was acknowledged so far; raises Unavailable where that takes too long."""
        try:
            self.applier.when_applied(self.spool.newest_seq).result(_WAIT_SECONDS)
        except WaitedTooLong as error:
            if not self.spool.depth()[0]:
                return  # that row was set aside as damaged, or its transaction undone
            raise Unavailable("Events wait for the store, which is slow or failing; try again later.") from error

    def _noted(
        self, site: Site, kind: Kind, *, marks: tuple[str, ...] = (), first_day: int = 0, last_day: int = 0
    ) -> Erased:
        return Erased(
            at_ms=self.clock(),
            kind=kind,
            site=site.public_id,
            site_number=site.id,
            marks=marks,
            first_day=first_day,
            last_day=last_day,
        )

    def _erase(self, erased: Erased, delete: Deletion, days: Days) -> int:
        with self.turn:
            self.log.begin(erased)
            self._note(erased)
            self.after_step("erasure noted")
            return self._run(erased, delete, days)

    def _note(self, erased: Erased) -> None:
        """Who asked for it, for the audit log; never whom it was about."""
        days = {"first_day": erased.first_day, "last_day": erased.last_day} if erased.kind == "days" else {}
        with self.database.session() as session:
            session.add(event_entry(self.clock(), f"{erased.kind} erased", erased.site_number, None, days))

    def _repeat(self, erased: Erased) -> None:
        site = self.sites.by_public_id(erased.site)
        if site is None and self.sites.by_id(erased.site_number) is not None:
            return  # the number belongs to another site by now: what was to be erased is not here
        if site is not None and erased.kind == "site":
            self.sites.delete(site.id)
        self._run(erased, self._deletion(erased), _days(erased))

    def _run(self, erased: Erased, delete: Deletion, days: Days) -> int:
        self.settle()
        site = self.sites.by_id(erased.site_number)
        strays = site.stray_days if site else 0
        with self.rollups.forgetting(erased.site_number, days(), strays=strays), self.applier.pause():
            events = delete()
            self.after_step("erased")
            self.applier.reload_visits()
        # Rows that were set aside and journals may hold what was erased.
        self.spool.wipe()
        self.database.empty_journal()
        self.after_step("journals wiped")
        if erased.events is None:
            self.log.finish(erased, events)
        return events

    def _deletion(self, erased: Erased) -> Deletion:
        number = erased.site_number
        deletions: dict[Kind, Deletion] = {
            "visitor": lambda: self._delete_visitors(number, self._marked(number, erased.marks)),
            "days": lambda: self._delete_days(number, erased.first_day, erased.last_day),
            "site": lambda: self.store.site(number),
        }
        return deletions[erased.kind]

    def _delete_visitors(self, site_id: int, visitor_ids: Sequence[int]) -> int:
        self.profiles.erase(site_id, visitor_ids)
        self.consents.erase(site_id, visitor_ids)
        return self.store.visitors(site_id, visitor_ids)

    def _delete_days(self, site_id: int, first_day: int, last_day: int) -> int:
        site = self.sites.by_id(site_id)
        return self.store.days(site, first_day, last_day) if site else 0

    def _marked(self, site_id: int, marks: Sequence[str]) -> list[int]:
        """The visitors behind the marks of the log, of all there are."""
        known = {*self.store.visitor_ids(site_id), *self.profiles.visitor_ids(site_id)}
        known |= self.consents.visitor_ids(site_id)
        return [visitor_id for visitor_id in known if self.log.mark(visitor_id) in marks]


def _days(erased: Erased) -> Days:
    known = range(erased.first_day, erased.last_day + 1) if erased.kind == "days" else None
    return lambda: known


def _is_due(erased: Erased, since_ms: int | None) -> bool:
    return erased.events is None or (since_ms is not None and erased.at_ms >= since_ms)
