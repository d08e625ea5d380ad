"""What the store knows of the names and properties of a site's events: how often, since when, and of which type."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.records import in_utc
from footfall.store import Reader, Statement

_NEWEST_EVENTS = 100_000
_MOST_ROWS = 50_000
# The first type that all values fit; what no other fits is text.
_TYPES = (
    ("boolean", "lower(value) IN ('true', 'false')"),
    ("number", "isNotNull(toFloat64OrNull(value))"),
    ("date", "match(value, '^[0-9]{4}-[0-9]{2}-[0-9]{2}') AND isNotNull(parseDateTimeBestEffortOrNull(value))"),
)


class NameFigures(NamedTuple):
    """How many events have a name, and when the first and the last of them happened."""

    name: str
    events: int
    first_seen_at: datetime
    last_seen_at: datetime


class PropertyFigures(NamedTuple):
    """A key that events of a name have: the type of its values, and how many of the newest events have it."""

    name: str
    key: str
    type: str
    events: int


async def name_figures(reader: Reader, site: Site) -> list[NameFigures]:
    """Every custom name, the commonest first."""
    bindings = Bindings()
    rows = await reader.ask(
        Statement(
            "query.name_figures",
            f"SELECT toString(name), count() AS events, min(timestamp), max(timestamp) FROM events"
            f" WHERE site_id = {bindings.bind('UInt32', site.id)} AND name NOT IN ('pageview', 'engagement')"
            f" GROUP BY name ORDER BY events DESC, name LIMIT {_MOST_ROWS:d}",
            bindings.parameters,
            site.id,
        )
    )
    return [NameFigures(name, int(count), in_utc(first), in_utc(last)) for name, count, first, last in rows]


async def property_figures(reader: Reader, site: Site) -> list[PropertyFigures]:
    """The keys that the newest events with properties have, by name and key."""
    bindings = Bindings()
    tests = ", ".join(f"countIf({test})" for _, test in _TYPES)
    rows = await reader.ask(
        Statement(
            "query.property_figures",
            f"SELECT toString(name), toString(key), count(), {tests} FROM (SELECT name, props FROM events"
            f" WHERE site_id = {bindings.bind('UInt32', site.id)} AND name != 'engagement' AND notEmpty(props)"
            f" ORDER BY local_day DESC LIMIT {_NEWEST_EVENTS:d})"
            " ARRAY JOIN mapKeys(props) AS key, mapValues(props) AS value"
            f" GROUP BY name, key ORDER BY name, key LIMIT {_MOST_ROWS:d}",
            bindings.parameters,
            site.id,
        )
    )
    return [PropertyFigures(name, key, _type(count, fitting), int(count)) for name, key, count, *fitting in rows]


def _type(count: int, fitting: Sequence[Any]) -> str:
    return next((name for (name, _), fit in zip(_TYPES, fitting, strict=True) if fit == count), "text")
