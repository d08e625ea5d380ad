"""Web Vitals: what three of four page loads were no slower than, by page or device."""

from typing import Any, NamedTuple

from footfall.domain import Site
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.where import Where
from footfall.store import VITALS, Reader, Statement

FIGURES = ("samples", "lcp", "inp", "cls", "fcp", "ttfb")
"""How many loads were measured, then milliseconds; of the layout shift a share of the window."""

BY = {"page": "path", "device": "toString(device)"}
_DECIMALS = {"cls": 3}


class VitalsOf(NamedTuple):
    """The figures of one page or device, null where nobody measured; ``value`` is empty for all together."""

    value: str
    figures: tuple[int | float | None, ...]
    row_count: int


async def vitals_of(
    reader: Reader, site: Site, within: DateRange, by: str = "", *, limit: int, offset: int = 0
) -> list[VitalsOf]:
    """75th percentiles of a range, those with most loads first."""
    bindings = Bindings()
    quantiles = ", ".join(
        f"if(isNaN(quantileExact(0.75)({name}) AS p_{name}) OR count({name}) = 0, NULL,"
        f" round(toFloat64(p_{name}), {_DECIMALS.get(name, 0):d}))"
        for name in FIGURES[1:]
    )
    sql = (
        f"SELECT {BY.get(by, repr(''))} AS value, count() AS samples, {quantiles}, count() OVER () FROM asides"
        f" WHERE {Where(site, within, bindings).events(())} AND kind = {bindings.bind('String', VITALS)}"
        f" GROUP BY value ORDER BY samples DESC, value LIMIT {bindings.bind('UInt64', limit)}"
        f" OFFSET {bindings.bind('UInt64', offset)}"
    )
    rows: list[tuple[Any, ...]] = await reader.ask(Statement("query.vitals", sql, bindings.parameters, site.id))
    return [VitalsOf(value, (int(samples), *figures), int(count)) for value, samples, *figures, count in rows]
