"""Visitors by country, for the map that stands beside the lists of places."""

from footfall.reports.asking import Ask
from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.view import View

_COUNTRIES = 300


async def ask_countries(ask: Ask, view: View) -> dict[str, int]:
    """The visitors of each country, by its code, most first."""
    answer = await ask(
        {
            "metrics": ["visitors"],
            "date_range": view.date_range,
            "dimensions": [DIMENSIONS["country"].name],
            "filters": view.query_filters(),
            "pagination": {"limit": _COUNTRIES},
        }
    )
    return {row.dimensions[0]: int(row.metrics[0] or 0) for row in answer.rows}
