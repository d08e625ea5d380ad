"""All reports: one row each. A new one is one row here and one in docs/reference/reports.md."""

from typing import Any

from footfall.api.native.asked import Report
from footfall.api.native.breakdown import breakdown, over_time
from footfall.api.native.goals import goals
from footfall.api.native.properties import properties
from footfall.api.native.visits import visits
from footfall.api.native.vitals import vitals
from footfall.query import FIGURES_OF_VITALS

_ALWAYS = ("period", "from", "to", "filter", "format")
_TOTAL = (*_ALWAYS, "metrics", "compare", "imports")
_PAGED = (*_ALWAYS, "limit", "page")
_LISTED = (*_PAGED, "metrics", "sort", "compare", "imports")
_HEADLINE = ("visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration")
_OF_EVENTS = ("visitors", "events")
_UNFILTERED = tuple(name for name in _PAGED if name != "filter")


def _by(name: str, title: str, *dimensions: str, **more: Any) -> Report:
    """A breakdown by dimensions of visits; their names after the colon are the fields."""
    fields = tuple(dimension.partition(":")[2] for dimension in dimensions)
    return Report(name, title, breakdown, dimensions=dimensions, takes=_LISTED, **{"fields": fields, **more})


_ALL = (
    Report("stats", "Figures of a period", breakdown, metrics=_HEADLINE, takes=_TOTAL),
    Report(
        "timeseries",
        "Figures over time",
        over_time,
        fields=("time",),
        metrics=("visitors", "visits", "pageviews"),
        takes=(*_TOTAL, "interval"),
    ),
    _by("pages", "Pages", "event:page", metrics=("visitors", "pageviews", "bounce_rate", "time_on_page")),
    _by("entry-pages", "Pages visits began on", "visit:entry_page"),
    _by("exit-pages", "Pages visits ended on", "visit:exit_page", metrics=("visitors", "visits")),
    _by("sources", "Where visits came from", "visit:source"),
    _by("referrers", "Pages that link here", "visit:referrer"),
    _by("channels", "Kinds of sources", "visit:channel"),
    _by(
        "campaigns",
        "Campaigns of tagged links",
        "visit:utm_campaign",
        only=(["is_not", "visit:utm_campaign", ["(not set)"]],),
    ),
    _by(
        "traffic-sources",
        "Source, medium and campaign together",
        "visit:source",
        "visit:utm_medium",
        "visit:utm_campaign",
        metrics=("visits", "visitors", "bounce_rate"),
    ),
    _by("countries", "Countries, by ISO 3166-1 code", "visit:country"),
    _by("regions", "Regions, by ISO 3166-2 code", "visit:region"),
    _by("cities", "Cities with region and country", "visit:city", "visit:region", "visit:country"),
    _by("devices", "Kinds of device", "visit:device"),
    _by("browsers", "Browsers", "visit:browser"),
    _by("systems", "Operating systems", "visit:os"),
    _by("screens", "Widths of screens", "visit:screen_size", fields=("screen",)),
    _by("languages", "Languages of browsers", "visit:language"),
    _by(
        "events",
        "Custom events",
        "event:name",
        fields=("event",),
        metrics=_OF_EVENTS,
        only=(["is_not", "event:name", ["pageview", "engagement"]],),
    ),
    Report(
        "properties",
        "Properties of events, or the values of one",
        properties,
        fields=("value",),
        metrics=_OF_EVENTS,
        takes=(*_LISTED, "property"),
    ),
    Report("goals", "Goals", goals, fields=("goal",), metrics=("visitors", "events", "conversion_rate"), takes=_PAGED),
    Report(
        "visits",
        "Single visits, newest first",
        visits,
        fields=("visitor", "started_at", "entry_page", "exit_page", "source", "country", "device"),
        metrics=("seconds", "pageviews", "events"),
        takes=_PAGED,
    ),
    Report("vitals", "Web Vitals: 75th percentiles", vitals, metrics=FIGURES_OF_VITALS, takes=_UNFILTERED),
    Report(
        "vitals-pages",
        "Web Vitals by page",
        vitals,
        fields=("page",),
        metrics=FIGURES_OF_VITALS,
        takes=_UNFILTERED,
    ),
    Report(
        "vitals-devices",
        "Web Vitals by kind of device",
        vitals,
        fields=("device",),
        metrics=FIGURES_OF_VITALS,
        takes=_UNFILTERED,
    ),
)

REPORTS = {report.name: report for report in _ALL}
