"""What the head of a site's pages shows: its sites, current visitors, period, comparison and filters."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from footfall.domain import Site
from footfall.reports.compared import COMPARISONS, CUSTOM_RANGE
from footfall.reports.dimensions import grouped
from footfall.reports.figures import METRICS
from footfall.reports.periods import PERIOD_GROUPS, PERIODS
from footfall.reports.view import View
from footfall.sites import Segment
from footfall.web.chips import chips_of
from footfall.web.links import Links

Context = dict[str, Any]


def view_context(site: Site, links: Links) -> Context:
    """What every part of a site's pages needs."""
    return {"site": site, "view": links.view, "links": links, "metrics": METRICS}


def head_context(
    links: Links, site: Site, sites: list[Site], current: int, now: datetime, segments: Sequence[Segment] = ()
) -> Context:
    """What `parts/site_head.html` needs; ``current`` is how many visitors are there now."""
    view: View = links.view
    compared = view.comparison
    return view_context(site, links) | {
        "sites": sites,
        "current": current,
        "dimension_groups": grouped(),
        "chips": chips_of(view, {one.id: one.name for one in segments}),
        "segments": segments,
        "period_groups": [[PERIODS[key] for key in group] for group in PERIOD_GROUPS],
        "periods": PERIODS,
        "period_days": (view.first, view.last) if view.first and view.last else None,
        "comparisons": [kind for kind in COMPARISONS.values() if kind.key != CUSTOM_RANGE],
        "comparison_days": (compared.first, compared.last) if compared.first and compared.last else None,
        "first_day": view.first or "",
        "last_day": view.last or "",
        "today": now.astimezone(site.zone).date(),
    }
