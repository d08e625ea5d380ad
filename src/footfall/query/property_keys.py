"""Which properties events carry."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.shape import Answer
from footfall.query.where import Where
from footfall.store import Reader, Statement


class PropertyKey(NamedTuple):
    """A property, and how many visitors sent how many events with it."""

    key: str
    visitors: int
    events: int
    row_count: int


async def list_property_keys(
    reader: Reader, site: Site, counted: Answer, *, limit: int, offset: int, hidden: Iterable[str]
) -> list[PropertyKey]:
    """The keys on the events of ``counted``: same range, same filters; most visitors first, without ``hidden``."""
    bindings = Bindings()
    where = Where(site, counted.range, bindings).events(counted.question.filters)
    rows: list[tuple[Any, ...]] = await reader.ask(
        Statement(
            "query.property_keys",
            "SELECT toString(key), uniqExact(visitor_id) AS visitors, count(), count() OVER ()"
            f" FROM events ARRAY JOIN mapKeys(props) AS key WHERE {where} AND name != 'engagement'"
            f" AND NOT has({bindings.bind('Array(String)', sorted(hidden))}, key) GROUP BY key"
            f" ORDER BY visitors DESC, key LIMIT {bindings.bind('UInt64', limit)}"
            f" OFFSET {bindings.bind('UInt64', offset)}",
            bindings.parameters,
            site.id,
        )
    )
    return [PropertyKey(*row) for row in rows]
