"""An admitted event, after enrichment and identity."""

import msgspec

NO_SCROLL_DEPTH = 255
"""The scroll depth of an event that carries none (depths are 0–100)."""


class VisitAttributes(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a visit came from, where it is and what it was made with.

    Every event is enriched with its own; the visit keeps those of its first event and copies them onto the others.
    Empty text means unknown everywhere.
    """

    source: str = ""
    channel: str = "Direct"
    referrer: str = ""  # scheme, host and path, scrubbed; never a query string
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""
    click_id_kind: str = ""  # the parameter's name, such as gclid; never its value
    device: str = ""  # Desktop, Laptop, Tablet, Mobile, TV, Console, Wearable
    browser: str = ""
    browser_version: str = ""
    os: str = ""
    os_version: str = ""
    screen: str = ""  # width class in CSS pixels, such as 1280–1599
    language: str = ""  # BCP 47 primary language with region, such as de-DE
    country: str = ""  # ISO 3166-1 alpha-2
    region: str = ""  # ISO 3166-2, such as EE-37
    city: str = ""
    is_place_approximate: bool = False  # the country was read from the browser's time zone


class Crawler(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A machine that reads pages."""

    name: str
    kind: str  # ai-training, ai-search, ai-assistant, search-engine, seo, monitoring, scanner, … or unknown
    vendor: str = ""  # of AI crawlers


class Vitals(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """How fast a page was, in milliseconds but for the layout shift; None where it was not measured."""

    lcp: float | None = None
    inp: float | None = None
    cls: float | None = None
    fcp: float | None = None
    ttfb: float | None = None


NO_VITALS = Vitals()


class Event(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One thing that happened on one site, ready for the spool.

    Times are UTC milliseconds since 1970. ``visitor_id`` is a keyed hash; ``previous_visitor_id`` is the id under
    yesterday's salt while that salt lives, else 0: the applier keeps it when it has an open visit.
    """

    site_id: int
    event_id: int
    name: str
    timestamp_ms: int
    received_ms: int
    visitor_id: int
    previous_visitor_id: int
    is_lasting: bool
    hostname: str
    path: str
    attributes: VisitAttributes
    props: dict[str, str] = {}
    is_interactive: bool = True
    revenue_amount: str = ""  # decimal text with at most three places, empty without revenue
    revenue_currency: str = ""  # ISO 4217
    engagement_ms: int = 0
    scroll_depth: int = NO_SCROLL_DEPTH
    crawler: Crawler | None = None  # set on a view by a machine, which is kept apart and has no visitor
    vitals: Vitals | None = None  # set on a report of them, which is no event and has no visitor
    is_identity: bool = False  # a report of what the site says of its visitor: ``props``, and no event

    @property
    def is_pageview(self) -> bool:
        """Whether this is a view."""
        return self.name == "pageview"

    @property
    def is_aside(self) -> bool:
        """Whether this is kept apart from events: no figure counts it."""
        return self.is_identity or self.vitals is not None

    @property
    def is_engagement(self) -> bool:
        """Whether this only tells how long and how deep a page was read."""
        return self.name == "engagement"
