"""Visitors by country, for the map that stands beside the lists of places."""

from dataclasses import replace

from footfall.reports.asking import Asking
from footfall.reports.figures import METRICS
from footfall.reports.headline import totals_question
from footfall.reports.lists import card_question
from footfall.reports.panels import FIRST_ROWS, PANELS
from footfall.reports.view import View

_COUNTRIES = PANELS["places"].tabs[0]
_VISITORS = METRICS["visitors"].name


async def ask_countries(asking: Asking, view: View) -> dict[str, int]:
    """The visitors of each country, by its code, most first.

    It is the question of the countries' list, or where one country is filtered by, of the headline: on one page
    neither is asked a second time.
    """
    if view.is_narrowed_to("country"):
        country = next(one.value for one in view.filters if one.dimension == "country")
        question = totals_question(view, asking.segments)
        totals = await asking.ask(question)
        visitors = totals.rows[0].metrics[question["metrics"].index(_VISITORS)] if totals.rows else 0
        return {country: int(visitors or 0)}
    page = replace(FIRST_ROWS, is_compared=view.comparison.reaches_lists)
    answer = await asking.ask(card_question(_COUNTRIES, view, asking.segments, page))
    return {row.dimensions[0]: int(row.metrics[0] or 0) for row in answer.rows}
