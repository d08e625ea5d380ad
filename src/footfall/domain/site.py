"""A tracked website, as intake and queries need it."""

from enum import StrEnum
from zoneinfo import ZoneInfo

import msgspec

from footfall.domain.shields import Shields


class IdentityMode(StrEnum):
    """Who a visitor is said to be."""

    COOKIELESS = "cookieless"
    CONSENTED = "consented"
    IDENTIFIED = "identified"


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
    week_start: int = 0  # the weekday on which weeks begin; 0: Monday
    public_dashboard: bool = False  # anybody may see the dashboard
    public_small_groups: bool = False  # who is no member sees groups of fewer than five visitors, too
    public_cities: bool = False  # who is no member sees cities, too
    custom_properties: tuple[str, ...] = ()  # those the owner has named; others are kept all the same
    created_ms: int = 0
    shields: Shields | None = None  # None: nobody is kept out

    @property
    def zone(self) -> ZoneInfo:
        """The zone all of the site's days are counted in."""
        return ZoneInfo(self.timezone)
