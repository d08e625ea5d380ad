"""Visits that reach out of a range whose days are all read from rollups, which leave them out.

They are few, and the same for every panel of a page: found once, each panel then reads them alone, where it would merge
all visits of the days about the range's end to find them.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.where import Where
from footfall.store import Statement

MAX_REACHING = 1_000
"""More are not named one by one: reading their names costs a question more than to look for them."""


def reaching_visits(site: Site, within: DateRange) -> Statement:
    """Asks for visits that may reach out of the range, by what is known of them before it is merged."""
    bindings = Bindings()
    sql = (
        f"SELECT DISTINCT opened_day, visit_id FROM visits WHERE {Where(site, within, bindings).may_reach_out()}"
        f" ORDER BY opened_day, visit_id LIMIT {MAX_REACHING + 1:d} SETTINGS max_threads = 1"
    )
    return Statement("query.reaching_visits", sql, bindings.parameters, site.id)


def reaching_of(rows: Sequence[tuple[Any, ...]]) -> tuple[tuple[date, int], ...] | None:
    """What ``reaching_visits`` came to, as the visits are sorted; None where there are too many to name."""
    return None if len(rows) > MAX_REACHING else tuple((day, int(visit_id)) for day, visit_id in rows)
