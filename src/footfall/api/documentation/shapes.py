"""Shapes of answers and bodies that only the description names; those of the client stand in `footfall.client`."""

from typing import Any

from msgspec import Struct, field

from footfall.accounts import Entry
from footfall.client.values import Figure
from footfall.collect.visitor_doors import WireConsent, WireIdentify
from footfall.collect.wire import WireEvent
from footfall.plans import MonthOfViews
from footfall.realtime.watched import Message


class Event(WireEvent, frozen=True):
    """One event; all but `name` and `url` may be left out."""


class Batch(Struct, frozen=True):
    """Up to 1,000 events of a site, which is named by domain or public id."""

    site: str
    events: list[Event]


class Consent(WireConsent, frozen=True):
    """That a visitor agreed, or does not any more."""


class Identity(WireIdentify, frozen=True):
    """Who a visitor is, as the site says."""


class Kept(Struct, frozen=True):
    """How many were kept; 0 where the header `X-Footfall-Dropped` tells why."""

    accepted: int


class Health(Struct, frozen=True):
    """The process lives."""

    status: str


class Readiness(Struct, frozen=True):
    """Events are taken; how many groups wait, and whether the store and the spool are well."""

    status: str
    waiting: int
    store: str
    spool: str


class Crawler(Struct, frozen=True):
    """What one machine read."""

    name: str
    vendor: str
    kind: str
    views: int
    pages: int
    last_seen_at: str


class Crawlers(Struct, frozen=True):
    """The machines that read a site between two moments."""

    first_at: str
    end_at: str
    crawlers: list[Crawler]


class Verdicts(Struct, frozen=True):
    """What became of events: kept, not understood, or dropped by reason."""

    accepted: int
    rejected: int
    dropped: dict[str, int]


class AuditMeta(Struct, frozen=True):
    """Which page of the audit log this is, and how many entries there are."""

    page: int
    limit: int
    total_rows: int


class AuditEntries(Struct, frozen=True):
    """Who did what."""

    results: list[Entry]
    meta: AuditMeta


class Used(Struct, frozen=True):
    """How much is used of how much; null is no limit."""

    used: int
    limit: int | None


class TeamUsage(Struct, frozen=True):
    """What a team uses of its plan; months are those of UTC, the newest first."""

    plan: str
    month: str
    views: Used
    sites: Used
    people: Used
    api: bool
    custom_domain: bool
    months: list[MonthOfViews]


class Shield(Struct, frozen=True):
    """What a site keeps out."""

    id: str
    kind: str
    value: str
    label: str


class NewShield(Struct, frozen=True):
    """What to keep out: `address`, `country`, `page` or `hostname`."""

    kind: str
    value: str
    label: str = ""


class Shields(Struct, frozen=True):
    """All that a site keeps out."""

    shields: list[Shield]


class NewSegment(Struct, frozen=True):
    """Filters, the name they get, and who sees them: `personal` or `site`."""

    name: str
    filters: list[Any]
    type: str = "personal"


class NewGoal(Struct, frozen=True):
    """A goal to find or make: `event` with its name, `page` or `scroll` with a path."""

    site_id: str
    goal_type: str
    event_name: str = ""
    page_path: str = ""
    display_name: str = ""
    scroll_threshold: int = 0
    custom_props: dict[str, str] = {}


class TrackerOptions(Struct, frozen=True):
    """What the script of a site is to record."""

    outbound_links: bool = True
    file_downloads: bool = True
    form_submissions: bool = False
    track_404_pages: bool = False
    hash_based_routing: bool = False


class NewSite(Struct, frozen=True):
    """A site to make."""

    domain: str
    timezone: str = "Etc/UTC"
    team_id: str = ""
    tracker_script_configuration: TrackerOptions = TrackerOptions()


class SiteChanges(Struct, frozen=True, omit_defaults=True):
    """What to change of a site; what is left out stays."""

    domain: str = ""
    timezone: str = ""
    currency: str = ""
    identity_mode: str = ""
    retention_days: int = 0
    properties_per_event: int = 30
    monthly_events: int = 0
    public_counter: bool = False
    allowed_hostnames: list[str] = []
    query_parameters: list[str] = []
    custom_domain: str = ""
    script_path: str = ""
    intake_path: str = ""
    tracker_script_configuration: TrackerOptions = TrackerOptions()


class NewAnnotation(Struct, frozen=True):
    """A note on days: its text, the first and the last day, and who sees it: `personal` or `site`."""

    text: str
    first: str = field(name="from")
    last: str | None = field(name="to", default=None)
    type: str = "personal"


class AnnotationChanges(Struct, frozen=True):
    """What to change of a note; what is left out stays."""

    text: str = ""
    first: str = field(name="from", default="")
    last: str = field(name="to", default="")


class Annotation(Struct, frozen=True):
    """A note on days."""

    id: int
    text: str
    type: str
    first: str = field(name="from")
    last: str = field(name="to")


class Annotations(Struct, frozen=True):
    """The notes a caller sees."""

    annotations: list[Annotation]


class RebuiltChannels(Struct, frozen=True):
    """Months whose channels were told again by other rules, of so many."""

    months_done: int
    months: int


class RebuiltRollups(Struct, frozen=True):
    """Closed days that are rolled up, of so many."""

    days_done: int
    days: int


class Rebuild(Struct, frozen=True):
    """How far stored data follow the time zone of the site and the rules of channels."""

    is_done: bool
    channels: RebuiltChannels
    rollups: RebuiltRollups


class SiteProperty(Struct, frozen=True):
    """A property the owner has named."""

    property: str


class SiteProperties(Struct, frozen=True):
    """All properties the owner has named."""

    custom_properties: list[SiteProperty]


class NewSiteProperty(Struct, frozen=True):
    """A property to name."""

    site_id: str
    property: str


class Created(Struct, frozen=True):
    """It is there."""

    created: bool


class EventDescription(Struct, frozen=True):
    """What an event of this name means."""

    name: str
    description: str = ""


class TypedKey(Struct, frozen=True):
    """A property of an event, and what its values look like."""

    key: str
    type: str


class RegisteredEvent(EventDescription, frozen=True, kw_only=True):
    """A name with its figures."""

    first_seen_at: str
    last_seen_at: str | None
    count: int
    properties: list[TypedKey]


class RegisteredProperty(Struct, frozen=True):
    """A property, and how it is shown."""

    key: str
    display_name: str
    allowed: bool
    hidden: bool


class PropertyChanges(Struct, frozen=True):
    """What to change of a property."""

    key: str
    display_name: str = ""
    allowed: bool | None = None
    hidden: bool | None = None


class OwnerWarning(Struct, frozen=True):
    """What an owner should know."""

    code: str
    warning: str


class Registry(Struct, frozen=True):
    """The registry of a site."""

    events: list[RegisteredEvent]
    properties: list[RegisteredProperty]
    warnings: list[OwnerWarning]


class WantedLink(Struct, frozen=True):
    """The link to find or make."""

    site_id: str
    name: str


class NamedLink(Struct, frozen=True):
    """A link as Plausible's clients read it."""

    name: str
    url: str


class NewLink(Struct, frozen=True):
    """A link to make."""

    name: str
    password: str | None = None
    segment_id: int | None = None
    embedded_by: list[str] = []
    expires_at: str | None = None


class SharedLink(NamedLink, frozen=True, kw_only=True):
    """A link with what it shows, to whom and until when."""

    id: int
    has_password: bool
    segment: str | None
    embedded_by: list[str]
    expires_at: str | None


class SharedLinks(Struct, frozen=True):
    """The links of a site."""

    shared_links: list[SharedLink]


class Erased(Struct, frozen=True):
    """How many events are gone, and folders with copies that an earlier restore moved aside."""

    erased_events: int
    copies_left: list[str]


class Badge(Struct, frozen=True):
    """How often a page was viewed."""

    views: int
    text: str


class Counter(Struct, frozen=True):
    """How many visits saw a page, with commas."""

    count: str
    count_unique: str


class V1Value(Struct, frozen=True):
    """A figure, and what it was before where that was asked."""

    value: Figure
    change: float | None = None
    comparison_value: Figure = None


class V1Aggregate(Struct, frozen=True):
    """Figures by metric."""

    results: dict[str, V1Value]


class V1Rows(Struct, frozen=True):
    """Rows: what each is about, and its figures."""

    results: list[dict[str, str | Figure]]


class Live(Message, frozen=True):
    """What happens right now; `events` and `is_whole` are told to members of the site only."""


class TeamOfMine(Struct, frozen=True):
    """A team somebody is in, and as what."""

    public_id: str
    name: str
    role: str
    requires_second_factor: bool


class SignedInUser(Struct, frozen=True):
    """Who is signed in."""

    email: str
    owns_install: bool
    has_second_factor: bool
    teams: list[TeamOfMine]


class SignInState(Struct, frozen=True):
    """How far a sign-in has come: `signed_in`, `code_needed`, `link_sent` or `signed_out`.

    `form_token` is what logging out sends back, in a field or as the header `X-Form-Token`.
    """

    state: str
    user: SignedInUser | None
    form_token: str | None


class WantedAccount(Struct, frozen=True):
    """An account to make: with the secret of an invitation or of a mailed link, else for an address."""

    email: str = ""
    password: str = ""
    invitation: str = ""
    link: str = ""
    setup_code: str = ""


class Credentials(Struct, frozen=True):
    """An address and its password, and a code where one is needed; the code alone where it was asked for."""

    email: str = ""
    password: str = ""
    code: str = ""


class EndedSession(Struct, frozen=True):
    """The token of the session's forms."""

    form_token: str = ""
