"""Everything that can be asked, as values: a client sends a call and gives back what it answers.

```python
table = client.ask(report("pages", "example.com", period="30d"))
```
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Generic, Literal, TypeVar
from urllib.parse import quote

import msgspec

from footfall.client.values import (
    Deleted,
    Goal,
    Goals,
    QueryAnswer,
    Report,
    Segment,
    Segments,
    Site,
    Sites,
)

Answer = TypeVar("Answer")
Span = str | tuple[date | str, date | str]
"""A date range in one word, such as `30d`, or its first and last day."""

ReportName = Literal[
    "stats",
    "timeseries",
    "pages",
    "entry-pages",
    "exit-pages",
    "sources",
    "referrers",
    "channels",
    "campaigns",
    "traffic-sources",
    "countries",
    "regions",
    "cities",
    "devices",
    "browsers",
    "systems",
    "screens",
    "languages",
    "events",
    "properties",
    "goals",
    "visits",
    "vitals",
    "vitals-pages",
    "vitals-devices",
]

_SITES = "/api/v1/sites"


class Call(msgspec.Struct, Generic[Answer], frozen=True):
    """One request, and the type of what it answers."""

    answer: type[Answer]
    method: str
    path: str
    query: tuple[tuple[str, str], ...] = ()
    body: dict[str, Any] | None = None


def query(
    site: str,
    metrics: Sequence[str],
    date_range: Span = "28d",
    *,
    dimensions: Sequence[str] = (),
    filters: Sequence[Any] = (),
    order_by: Sequence[tuple[str, str]] = (),
    include: Mapping[str, Any] | None = None,
    limit: int | None = None,
    offset: int | None = None,
) -> Call[QueryAnswer]:
    """A question of the query language, `POST /api/v2/query`."""
    pagination = {name: value for name, value in (("limit", limit), ("offset", offset)) if value is not None}
    body = {
        "site_id": site,
        "metrics": list(metrics),
        "date_range": date_range if isinstance(date_range, str) else [str(day) for day in date_range],
        "dimensions": list(dimensions),
        "filters": list(filters),
        "order_by": [list(one) for one in order_by],
        "include": dict(include or {}),
        "pagination": pagination,
    }
    return Call(QueryAnswer, "POST", "/api/v2/query", body={name: part for name, part in body.items() if part})


def report(
    name: ReportName,
    site: str,
    period: Span = "28d",
    *,
    filters: Sequence[str] = (),
    metrics: Sequence[str] = (),
    sort: str = "",
    limit: int | None = None,
    page: int | None = None,
    compare: Literal["", "previous"] = "",
    interval: Literal["", "minute", "hour", "day", "week", "month"] = "",
    property: str = "",  # noqa: A002 (its name on the wire)
) -> Call[Report]:
    """A report of a site; ``filters`` are `DIMENSION:OPERATOR:VALUE`."""
    span = [("period", period)] if isinstance(period, str) else list(zip(("from", "to"), map(str, period), strict=True))
    given = (
        ("metrics", ",".join(metrics)),
        ("sort", sort),
        ("limit", limit),
        ("page", page),
        ("compare", compare),
        ("interval", interval),
        ("property", property),
    )
    parameters = [*span, *(("filter", one) for one in filters), *_given(given)]
    return Call(Report, "GET", f"{_of(site)}/{name}", tuple(parameters))


def sites(*, limit: int | None = None, after: str = "", before: str = "") -> Call[Sites]:
    """The sites that the key reaches, a page at a time."""
    return Call(Sites, "GET", _SITES, _page(limit, after, before))


def site(domain: str) -> Call[Site]:
    """A site."""
    return Call(Site, "GET", _of(domain))


def create_site(domain: str, timezone: str = "Etc/UTC", **options: Any) -> Call[Site]:
    """Make a site; ``options`` are those of the Sites API."""
    return Call(Site, "POST", _SITES, body={"domain": domain, "timezone": timezone, **options})


def change_site(domain: str, **changes: Any) -> Call[Site]:
    """Change a site; what is left out stays."""
    return Call(Site, "PUT", _of(domain), body=changes)


def delete_site(domain: str) -> Call[Deleted]:
    """Delete a site and all its data."""
    return Call(Deleted, "DELETE", _of(domain))


def goals(site: str, *, limit: int | None = None, after: str = "", before: str = "") -> Call[Goals]:
    """The goals of a site, a page at a time."""
    return Call(Goals, "GET", f"{_SITES}/goals", (("site_id", site), *_page(limit, after, before)))


def put_event_goal(
    site: str, event_name: str, *, display_name: str = "", properties: Mapping[str, str] | None = None
) -> Call[Goal]:
    """Find or make the goal of an event, perhaps only with these properties."""
    more = {"event_name": event_name, "custom_props": dict(properties or {})}
    return _put_goal(site, "event", display_name, more)


def put_page_goal(site: str, page_path: str, *, display_name: str = "", scroll_threshold: int = 0) -> Call[Goal]:
    """Find or make the goal of a page, or with a threshold in percent that of scrolling so far down it."""
    kind = "scroll" if scroll_threshold else "page"
    more = {"page_path": page_path, "scroll_threshold": scroll_threshold}
    return _put_goal(site, kind, display_name, more)


def delete_goal(site: str, goal_id: str) -> Call[Deleted]:
    """Delete a goal."""
    return Call(Deleted, "DELETE", f"{_SITES}/goals/{_quoted(goal_id)}", (("site_id", site),))


def segments(site: str) -> Call[Segments]:
    """The segments of a site that the caller sees."""
    return Call(Segments, "GET", f"{_of(site)}/segments")


def add_segment(
    site: str, name: str, filters: Sequence[Any], *, kind: Literal["personal", "site"] = "personal"
) -> Call[Segment]:
    """Keep filters under a name."""
    body = {"name": name, "type": kind, "filters": list(filters)}
    return Call(Segment, "POST", f"{_of(site)}/segments", body=body)


def delete_segment(site: str, segment_id: int) -> Call[Deleted]:
    """Delete a segment."""
    return Call(Deleted, "DELETE", f"{_of(site)}/segments/{segment_id}")


def _put_goal(site: str, kind: str, display_name: str, more: Mapping[str, Any]) -> Call[Goal]:
    given = {"display_name": display_name, **more}
    body = {"site_id": site, "goal_type": kind} | {name: value for name, value in given.items() if value}
    return Call(Goal, "PUT", f"{_SITES}/goals", body=body)


def _page(limit: int | None, after: str, before: str) -> tuple[tuple[str, str], ...]:
    return tuple(_given((("limit", limit), ("after", after), ("before", before))))


def _given(parameters: Sequence[tuple[str, Any]]) -> list[tuple[str, str]]:
    return [(name, str(value)) for name, value in parameters if value not in ("", None)]


def _of(site: str) -> str:
    return f"{_SITES}/{_quoted(site)}"


def _quoted(text: str) -> str:
    return quote(text, safe="")
