"""Values to choose a filter from: those the data have, most visitors first."""

from typing import NamedTuple

from footfall.reports.asking import Asking
from footfall.reports.dimensions import GOAL, named
from footfall.reports.view import FilterGroup, QueryFilter, View

SUGGESTED = 8
_PROPERTIES = 200


class Suggestion(NamedTuple):
    """A value, and its visitors in the period."""

    value: str
    visitors: int


async def suggest(asking: Asking, view: View, dimension: str, text: str, codes: list[str]) -> list[Suggestion]:
    """Values of a dimension with this text in them, in whatever case; ``codes`` are values with it in their name."""
    if not text:
        return await _values(asking, view, dimension, [])
    if dimension == GOAL:  # no column: the names are few, and looked through here
        found = await _values(asking, view, dimension, [])
        return [one for one in found if text.lower() in one.value.lower()]
    name = named(dimension).name
    contains: QueryFilter = ["contains", name, [text], {"case_sensitive": False}]
    return await _values(asking, view, dimension, [["or", [contains, ["is", name, codes]]] if codes else contains])


async def examples(asking: Asking, view: View, group: FilterGroup) -> list[Suggestion]:
    """Values that fit a filter, or that a negated one leaves out; raises InvalidInput for a pattern that is none."""
    sought = group._replace(operator=group.compares.opposite) if group.compares.is_negated else group
    return await _values(asking, view, group.dimension, sought.as_query())


async def _values(asking: Asking, view: View, dimension: str, filters: list[QueryFilter]) -> list[Suggestion]:
    answer = await asking.ask(
        {
            "metrics": ["visitors"],
            "date_range": view.date_range,
            "dimensions": [named(dimension).name],
            "filters": [*view.query_filters(), *filters],
            "pagination": {"limit": SUGGESTED},
        }
    )
    return [Suggestion(row.dimensions[0], int(row.metrics[0] or 0)) for row in answer.rows]


async def property_names(asking: Asking, view: View) -> list[str]:
    """The properties events of the period have, most visitors first."""
    question = {"metrics": ["visitors"], "date_range": view.date_range, "filters": view.query_filters()}
    return [key.key for key in await asking.property_keys(question, _PROPERTIES, 0)]
