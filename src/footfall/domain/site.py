"""A tracked website, as intake and queries need it."""

from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from footfall.domain.calendar import DAY_MS
from footfall.domain.shields import Shields

STRAY_DAYS = 2
"""How far apart the days of one moment may lie in two zones: they are up to 26 hours apart."""

_AFTER_CHANGE_DAYS = 2 * STRAY_DAYS
"""How long after a change of zone events may still come under a day of the zone before."""

PREVIOUS_DOMAIN_MS = 3 * DAY_MS
"""How long after a change of domain the one before still names the site: as long as Plausible allows."""


class IdentityMode(StrEnum):
    """Who a visitor is said to be."""

    COOKIELESS = "cookieless"
    CONSENTED = "consented"
    IDENTIFIED = "identified"


class WeekStart(StrEnum):
    """The day that weeks begin on."""

    MONDAY = "monday"
    SATURDAY = "saturday"
    SUNDAY = "sunday"

    @property
    def weekday(self) -> int:
        """The day as dates count it: Monday is 0."""
        return {WeekStart.MONDAY: 0, WeekStart.SATURDAY: 5, WeekStart.SUNDAY: 6}[self]


class TrackerOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the served script records besides page views; set per site, never in the snippet."""

    outbound_links: bool = True
    file_downloads: bool = True
    form_submissions: bool = False
    track_404_pages: bool = False
    hash_based_routing: bool = False
    track_localhost: bool = False
    respect_dnt: bool = True


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """One tracked website.

    ``id`` is internal and appears in no URL; ``public_id`` is random and stands in the snippet.
    """

    id: int
    public_id: str
    domain: str
    previous_domain: str = ""  # empty: it has never changed
    domain_changed_ms: int = 0
    timezone: str = "Etc/UTC"
    currency: str = "EUR"
    identity_mode: IdentityMode = IdentityMode.COOKIELESS
    tracker: TrackerOptions = TrackerOptions()
    allowed_hostnames: tuple[str, ...] = ()  # empty: every host is accepted
    query_parameters: tuple[str, ...] = ()  # kept in paths besides the standard ones
    retention_days: int = 0  # 0: kept for ever
    properties_per_event: int = 30
    monthly_events: int = 0  # taken in a calendar month; 0: no limit
    public_counter: bool = False  # anybody may read how often a page was viewed
    public_dashboard: bool = False  # anybody may see the dashboard
    public_small_groups: bool = False  # who is no member sees groups of fewer than five visitors, too
    public_cities: bool = False  # who is no member sees cities, too
    custom_properties: tuple[str, ...] = ()  # those the owner has named; others are kept all the same
    week_start: WeekStart = WeekStart.MONDAY
    zone_changed_ms: int = 0  # 0: its zone has never changed
    channel_rules: str = ""  # the rules that the channels of its stored events were told by; empty: older ones
    custom_domain: str = ""  # host for its script and intake alone; empty: none
    script_path: str = ""  # of the script there; empty: that of every site
    intake_path: str = ""  # of its intake there, likewise
    created_ms: int = 0
    shields: Shields | None = None  # None: nobody is kept out

    @property
    def zone(self) -> ZoneInfo:
        """The zone all of the site's days are counted in."""
        return ZoneInfo(self.timezone)

    def is_still_named(self, domain: str, now_ms: int) -> bool:
        """Whether the site had this domain before so short a time ago that it still names the site."""
        return domain == self.previous_domain and now_ms < self.domain_changed_ms + PREVIOUS_DOMAIN_MS

    @property
    def stray_days(self) -> int:
        """By how many days the day an event is stored under may differ from its day in the site's zone."""
        return STRAY_DAYS if self.zone_changed_ms else 0

    @property
    def strays_until(self) -> int:
        """The last local day of which events may be stored under a neighbouring day, -1 without such days.

        An event is stored under its day in the zone the site had when it came, whatever zone it was given since.
        """
        return self.zone_changed_ms // DAY_MS + _AFTER_CHANGE_DAYS if self.zone_changed_ms else -1

    def days_stored(self, first: int, last: int) -> tuple[int, int]:
        """The days under which events of these local days are stored; where to look, not what counts."""
        if first > self.strays_until:
            return first, last
        return max(first - STRAY_DAYS, 0), last + STRAY_DAYS
