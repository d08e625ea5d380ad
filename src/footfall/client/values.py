"""What Footfall's API takes and answers, as values; the OpenAPI description is made from the same shapes.

A field that is not always there has a default.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct, field

from footfall.client.frames import Columns


class Money(Struct, frozen=True):
    """An amount: as a number, and written for a narrow place and to the cent."""

    value: float
    currency: str
    short: str
    long: str


Figure = int | float | Money | None
"""What one metric came to; None where there is nothing to tell."""


class Revenue(Struct, frozen=True):
    """Money that an event brought; text keeps its cents exact."""

    amount: str | int | float
    currency: str


class Event(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One event to send. Without an ``id`` it is given one, under which it is stored once however often it is sent."""

    name: str
    url: str
    id: str | None = None
    visitor: str | None = None
    timestamp: datetime | str | int | None = None
    referrer: str | None = None
    props: Mapping[str, str | int | float | bool] | None = None
    revenue: Revenue | None = None
    interactive: bool = True
    ip: str | None = None
    user_agent: str | None = None
    language: str | None = None
    timezone: str | None = None
    engagement_time_ms: int | None = None
    scroll_depth: int | None = None
    screen_width: int | None = None
    country: str | None = None
    region: str | None = None
    city: str | None = None
    browser: str | None = None
    browser_version: str | None = None
    os: str | None = None
    os_version: str | None = None
    device: str | None = None
    source: str | None = None
    channel: str | None = None
    utm_source: str | None = None
    utm_medium: str | None = None
    utm_campaign: str | None = None
    utm_content: str | None = None
    utm_term: str | None = None


class Drop(Struct, frozen=True):
    """An event that was refused: its place among those sent, and the reason."""

    index: int
    reason: str


class Wrong(Struct, frozen=True):
    """An event that could not be understood: its place among those sent, the field, and a sentence."""

    index: int
    field: str
    message: str


class Receipt(Struct, frozen=True):
    """What became of events: how many are kept, and the places of those that are not."""

    accepted: int
    duplicates: list[int]
    dropped: list[Drop]
    errors: list[Wrong]


class ComparedRow(Struct, frozen=True):
    """The row of the other range that belongs to a row, and the change since in percent, of rates in points."""

    dimensions: list[str]
    metrics: list[Figure]
    change: list[float | None]


class QueryRow(Struct, frozen=True):
    """One row: values in the order they were asked."""

    metrics: list[Figure]
    dimensions: list[str]
    comparison: ComparedRow | None = None


class MetricWarning(Struct, frozen=True):
    """Why a metric could not be told."""

    code: str
    warning: str


class QueryMeta(Struct, frozen=True):
    """What was asked for beside the rows."""

    imports_included: bool = False
    imports_skip_reason: str = ""
    imports_warning: str = ""
    time_labels: list[str] = []
    total_rows: int = 0
    comparison_date_range: list[str] = []
    comparison_time_labels: list[str] = []
    metric_warnings: dict[str, MetricWarning] = {}


class AskedQuery(Struct, frozen=True):
    """The question with its defaults filled in; it can be asked again."""

    site_id: str
    metrics: list[str]
    date_range: list[str]
    filters: list[Any]
    dimensions: list[str]
    order_by: list[Any]
    include: dict[str, Any]
    pagination: dict[str, int]


class QueryAnswer(Columns, Struct, frozen=True):
    """The answer to a question of the query language."""

    results: list[QueryRow]
    meta: QueryMeta
    query: AskedQuery

    def columns(self) -> dict[str, list[Any]]:
        """The rows by dimension and metric; money by its amount alone."""
        names = [*self.query.dimensions, *self.query.metrics]
        rows = [(*row.dimensions, *map(_plain, row.metrics)) for row in self.results]
        return _by_column(names, rows)


class ReportMeta(Struct, frozen=True):
    """The range a report is about, and which of its rows these are."""

    from_at: str = field(name="from")
    to_at: str = field(name="to")
    timezone: str
    page: int
    limit: int
    total_rows: int
    compared_with: dict[str, str] | None = None


class Report(Columns, Struct, frozen=True):
    """Rows of a report, figures by name; with a comparison each has those before under ``previous``."""

    results: list[dict[str, Any]]
    meta: ReportMeta

    def columns(self) -> dict[str, list[Any]]:
        """The rows by name; figures before as ``previous_NAME``."""
        flat = [_flat(row) for row in self.results]
        names = list(dict.fromkeys(name for row in flat for name in row))
        return _by_column(names, [[row.get(name) for name in names] for row in flat])


class TrackerScript(Struct, frozen=True):
    """What the script of a site records; ``id`` is its public id."""

    id: str
    installation_type: str
    revenue_tracking: bool
    tagged_events: bool
    pageview_props: bool
    outbound_links: bool
    file_downloads: bool
    form_submissions: bool
    track_404_pages: bool
    hash_based_routing: bool


class Site(Struct, frozen=True):
    """One tracked website."""

    domain: str
    timezone: str
    public_id: str
    currency: str
    identity_mode: str
    retention_days: int
    properties_per_event: int
    monthly_events: int
    public_counter: bool
    allowed_hostnames: list[str]
    query_parameters: list[str]
    custom_domain: str
    script_path: str
    intake_path: str
    custom_properties: list[str]
    tracker_script_configuration: TrackerScript


class ListedSite(Struct, frozen=True):
    """A site in a list."""

    domain: str
    timezone: str
    public_id: str


class Neighbours(Struct, frozen=True):
    """Where the pages next to this one begin; None where there is none."""

    after: str | None
    before: str | None
    limit: int


class Sites(Struct, frozen=True):
    """A page of sites."""

    sites: list[ListedSite]
    meta: Neighbours


class Goal(Struct, frozen=True):
    """A goal: an event, a page, or how far down a page; ``domain`` is told of one just added."""

    id: str
    goal_type: str
    display_name: str
    event_name: str | None
    page_path: str | None
    custom_props: dict[str, str]
    scroll_threshold: int = 0
    domain: str = ""


class Goals(Struct, frozen=True):
    """A page of goals."""

    goals: list[Goal]
    meta: Neighbours


class Segment(Struct, frozen=True):
    """Filters under a name: ``type`` is `personal`, or `site` for all its members."""

    id: int
    name: str
    type: str
    filters: list[Any]


class Segments(Struct, frozen=True):
    """The segments a caller sees."""

    segments: list[Segment]


class Deleted(Struct, frozen=True):
    """It is gone; ``deleted`` is the text `true`."""

    deleted: str


def _plain(figure: Figure) -> int | float | None:
    return figure.value if isinstance(figure, Money) else figure


def _flat(row: Mapping[str, Any]) -> dict[str, Any]:
    before = row.get("previous") or {}
    return {name: value for name, value in row.items() if name != "previous"} | {
        f"previous_{name}": value for name, value in before.items()
    }


def _by_column(names: Sequence[str], rows: Sequence[Sequence[Any]]) -> dict[str, list[Any]]:
    return {name: [row[index] for row in rows] for index, name in enumerate(names)}
