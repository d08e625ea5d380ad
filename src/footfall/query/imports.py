"""Whether imported days belong to an answer, and why not.

They are days of totals by one dimension, so they answer what rollups answer, as far as the other product has told:
nothing by the hour, by two dimensions, by what a visitor did besides, by goal or property.
"""

from dataclasses import replace

from footfall.domain.calendar import day_bounds_ms
from footfall.query.dates import DateRange
from footfall.query.metrics import Source
from footfall.query.plan import Plan
from footfall.query.rolled import TOTAL
from footfall.store import ImportedSpan

_OF_VISIT = (
    *("source", "referrer", "channel", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"),
    *("device", "browser", "browser_version", "os", "os_version", "country", "region", "city"),
)
KNOWN = {
    Source.VISITS: (TOTAL, *_OF_VISIT, "entry_page", "exit_page"),
    Source.EVENTS: (TOTAL, *_OF_VISIT, "page", "name"),
}
"""The dimensions of imported days, as the rollups name them."""

WARNINGS = {
    "no_imported_data": "",
    "out_of_range": "No imported day lies in this range before the first day of the site's own events.",
    "unsupported_interval": "Imported data are totals of days; ask by day, week or month to include them.",
    "unsupported_query": "Imported data are totals by one dimension and cannot answer this; they are left out.",
}
"""Why imported data are left out, and what to tell whoever asked for them."""


def with_imports(plan: Plan, span: ImportedSpan | None) -> Plan:
    """The plan that reads imported days as well, or says why it does not."""
    if span is None:
        return replace(plan, imports_skipped="no_imported_data")
    days = _within(plan.range, span)
    if days is None:
        return replace(plan, imports_skipped="out_of_range")
    if plan.buckets is not None and plan.buckets.files_by_start:
        return replace(plan, imports_skipped="unsupported_interval")
    if any(part.rollup not in KNOWN.get(part.source, ()) for part in plan.parts):
        return replace(plan, imports_skipped="unsupported_query")
    return replace(plan, imported=days)


def _within(within: DateRange, span: ImportedSpan) -> ImportedSpan | None:
    """The imported days that lie whole in the range."""
    first, last = within.local_days
    if day_bounds_ms(first, within.zone)[0] < within.first_ms:
        first += 1
    if day_bounds_ms(last, within.zone)[1] > within.end_ms:
        last -= 1
    found = ImportedSpan(max(first, span.first_day), min(last, span.last_day))
    return found if found.first_day <= found.last_day else None
