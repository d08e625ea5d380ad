"""Giving events their visits: one visitor's events on one site, each at most 30 minutes after the one before.

Assigning changes nothing by itself: the changes go into an ``Assignment`` and are kept only once the store holds the
batch, so that a failed insert can be tried again from the same state.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from operator import attrgetter
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from footfall.domain import DropReason, Event, VisitAttributes
from footfall.domain.calendar import local_day
from footfall.store import AppliedEvent, Aside, CrawlerView, StoredVisit

VISIT_GAP_MS = 30 * 60_000
_FORGET_AFTER_MS = 2 * VISIT_GAP_MS  # an event may come as late as a visit may pause

_MOST_ATTRIBUTES = 100_000

VisitorKey = tuple[int, int]  # site id, visitor id


@dataclass
class Assignment:
    """What one batch comes to."""

    applied: list[AppliedEvent] = field(default_factory=list)
    crawler_views: list[CrawlerView] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    dropped: list[tuple[Event, DropReason]] = field(default_factory=list)
    visits: dict[VisitorKey, list[StoredVisit]] = field(default_factory=dict)
    zones: dict[int, ZoneInfo | None] = field(default_factory=dict)

    def zone(self, site_id: int, find: Callable[[int], ZoneInfo | None]) -> ZoneInfo | None:
        """The site's zone, the same for the whole batch."""
        if site_id not in self.zones:
            self.zones[site_id] = find(site_id)
        return self.zones[site_id]


class OpenVisits:
    """The visits that later events may still belong to, in memory. Used by one thread.

    ``zone_of_site`` gives None for a site that was deleted: its events are dropped.
    """

    def __init__(self, zone_of_site: Callable[[int], ZoneInfo | None]) -> None:
        self._zone_of_site = zone_of_site
        self._visits: dict[VisitorKey, tuple[StoredVisit, ...]] = {}
        self._attributes: dict[VisitAttributes, VisitAttributes] = {}

    def __len__(self) -> int:
        return len(self._visits)

    def load(self, visits: Iterable[StoredVisit]) -> None:
        """Hold these visits and no others."""
        self._visits.clear()
        for visit in visits:
            key = visit.site_id, visit.visitor_id
            self._visits[key] = (*self._visits.get(key, ()), visit)

    def assign(self, events: Iterable[Event], known: Iterable[StoredVisit] = ()) -> Assignment:
        """Give each event its visit, in order of time.

        ``known`` are visits from the store, for events older than what is held in memory.
        """
        assignment = Assignment()
        for visit in known:
            visits = self._visits_of(assignment, (visit.site_id, visit.visitor_id))
            if all(visit.visit_id != other.visit_id for other in visits):
                visits.append(visit)
        for event in sorted(events, key=attrgetter("timestamp_ms")):
            self._assign_one(assignment, event)
        return assignment

    def keep(self, assignment: Assignment, now_ms: int) -> None:
        """Take over the visits of a batch that is stored, but those no event can reach any more."""
        oldest = now_ms - _FORGET_AFTER_MS
        for key, visits in assignment.visits.items():
            self._keep_reachable(key, visits, oldest)

    def forget_old(self, now_ms: int) -> None:
        """Let go of visits that ended an hour ago or earlier."""
        oldest = now_ms - _FORGET_AFTER_MS
        for key, visits in list(self._visits.items()):
            if visits[-1].last_ms < oldest:
                self._keep_reachable(key, visits, oldest)

    def _keep_reachable(self, key: VisitorKey, visits: Sequence[StoredVisit], oldest: int) -> None:
        reachable = tuple([visit for visit in visits if visit.last_ms >= oldest])
        if reachable:
            self._visits[key] = reachable
        else:
            self._visits.pop(key, None)

    def _assign_one(self, assignment: Assignment, event: Event) -> None:
        zone = assignment.zone(event.site_id, self._zone_of_site)
        if event.crawler is not None:
            if zone is not None:  # that it is gone need not be counted: the view was dropped at intake
                day = local_day(event.timestamp_ms, zone)
                assignment.crawler_views.append(CrawlerView(event, event.crawler, day))
            return
        if zone is None:
            assignment.dropped.append((event, DropReason.UNKNOWN_SITE))
            return
        if event.is_aside:  # it neither opens a visit nor prolongs one
            about = 0 if event.vitals else self._find(assignment, event)[0]
            assignment.asides.append(Aside(event, about, local_day(event.timestamp_ms, zone)))
            return
        visitor_id, visits, place = self._find(assignment, event)
        day = local_day(event.timestamp_ms, zone)
        if place is not None:
            visit = visits[place] = _prolong(visits[place], event.timestamp_ms)
        elif event.is_engagement:
            assignment.dropped.append((event, DropReason.NO_VISIT))
            return
        else:
            visit = _open(event, visitor_id, day, self._shared(event.attributes))
            visits.append(visit)
        assignment.applied.append(AppliedEvent(event, visit, day))

    def _shared(self, attributes: VisitAttributes) -> VisitAttributes:
        """One value for all visits that have the same: they are most of what an open visit takes in memory."""
        if len(self._attributes) > _MOST_ATTRIBUTES:
            self._attributes.clear()
        return self._attributes.setdefault(attributes, attributes)

    def _find(self, assignment: Assignment, event: Event) -> tuple[int, list[StoredVisit], int | None]:
        """The visitor id that counts, that visitor's visits, and the place of the event's own among them.

        Yesterday's id counts only while it has an open visit: so a visit over midnight stays one visit.
        """
        before = event.site_id, event.previous_visitor_id
        if event.previous_visitor_id and (before in assignment.visits or before in self._visits):
            visits = self._visits_of(assignment, before)
            place = _place_of(visits, event.timestamp_ms)
            if place is not None:
                return event.previous_visitor_id, visits, place
        visits = self._visits_of(assignment, (event.site_id, event.visitor_id))
        return event.visitor_id, visits, _place_of(visits, event.timestamp_ms)

    def _visits_of(self, assignment: Assignment, key: VisitorKey) -> list[StoredVisit]:
        visits = assignment.visits.get(key)
        if visits is None:
            visits = assignment.visits[key] = list(self._visits.get(key, ()))
        return visits


def _place_of(visits: list[StoredVisit], at_ms: int) -> int | None:
    """The visit within reach; of several, the one that goes on rather than one that would begin earlier."""
    best = None
    for place, visit in enumerate(visits):
        if not visit.first_ms - VISIT_GAP_MS <= at_ms <= visit.last_ms + VISIT_GAP_MS:
            continue
        if best is None or visit.first_ms <= at_ms:
            best = place
    return best


def _prolong(visit: StoredVisit, at_ms: int) -> StoredVisit:
    if at_ms > visit.last_ms:
        return replace(visit, last_ms=at_ms)
    return visit if at_ms >= visit.first_ms else replace(visit, first_ms=at_ms)


def _open(event: Event, visitor_id: int, day: int, attributes: VisitAttributes) -> StoredVisit:
    at_ms = event.timestamp_ms
    return StoredVisit(
        site_id=event.site_id,
        visitor_id=visitor_id,
        visit_id=_visit_id(event.site_id, visitor_id, at_ms),
        opened_ms=at_ms,
        opened_day=day,
        first_ms=at_ms,
        last_ms=at_ms,
        attributes=attributes,
    )


def _visit_id(site_id: int, visitor_id: int, opened_ms: int) -> int:
    """The same visit gets the same id on every attempt."""
    name = b"%d/%d/%d" % (site_id, visitor_id, opened_ms)
    return int.from_bytes(blake2b(name, digest_size=8).digest(), "big") or 1
