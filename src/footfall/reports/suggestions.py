"""Values to choose a filter from: those the data have, most visitors first."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from footfall.query.question import MAX_ROWS
from footfall.reports.asking import Asking
from footfall.reports.dimensions import named
from footfall.reports.view import FilterGroup, QueryFilter, View

SUGGESTED = 8
_PROPERTIES = 200


class Suggestion(NamedTuple):
    """A value, and its visitors in the period."""

    value: str
    visitors: int


async def suggest(
    asking: Asking, view: View, dimension: str, text: str, name_of: Callable[[str], str] | None = None
) -> list[Suggestion]:
    """Values of a dimension with this text in them or in what ``name_of`` calls them, in whatever case.

    Those with a name are few enough to be looked through here.
    """
    if not text:
        return await _values(asking, view, dimension, [])
    if name_of is None:
        contains: QueryFilter = ["contains", named(dimension).name, [text], {"case_sensitive": False}]
        return await _values(asking, view, dimension, [contains])
    found, sought = await _values(asking, view, dimension, [], MAX_ROWS), _plain(text)
    return [one for one in found if sought in _plain(one.value) or sought in _plain(name_of(one.value))][:SUGGESTED]


def _plain(text: str) -> str:
    """Without case and accents, as people type."""
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


async def examples(asking: Asking, view: View, group: FilterGroup) -> list[Suggestion]:
    """Values that fit a filter, or that a negated one leaves out; raises InvalidInput for a pattern that is none."""
    sought = group._replace(operator=group.compares.opposite) if group.compares.is_negated else group
    return await _values(asking, view, group.dimension, sought.as_query())


async def _values(
    asking: Asking, view: View, dimension: str, filters: list[QueryFilter], limit: int = SUGGESTED
) -> list[Suggestion]:
    answer = await asking.ask(
        {
            "metrics": ["visitors"],
            "date_range": view.date_range,
            "dimensions": [named(dimension).name],
            "filters": [*view.query_filters(), *filters],
            "pagination": {"limit": limit},
        }
    )
    return [Suggestion(row.dimensions[0], int(row.metrics[0] or 0)) for row in answer.rows]


async def property_names(asking: Asking, view: View) -> list[str]:
    """The properties events of the period have, most visitors first."""
    question = {"metrics": ["visitors"], "date_range": view.date_range, "filters": view.query_filters()}
    return [key.key for key in await asking.property_keys(question, _PROPERTIES, 0)]
