"""The day a site's data begin: where `all` time starts."""

from datetime import date

from footfall.domain import Site
from footfall.domain.calendar import date_of, local_day
from footfall.query.bindings import Bindings
from footfall.store import Reader, Statement


async def first_day(reader: Reader, site: Site, table: str) -> date | None:
    """The local day of the first row of ``table``, which has a time and a local day; None without any."""
    bindings = Bindings()
    of_site = f"site_id = {bindings.bind('UInt32', site.id)}"
    # What came first may be stored a little later than what came after it.
    strays = 2 * site.stray_days
    rows = await reader.ask(
        Statement(
            "query.first_day",
            f"SELECT toUnixTimestamp64Milli(min(timestamp)), count() FROM {table} WHERE {of_site} AND local_day <="
            f" (SELECT local_day FROM {table} WHERE {of_site} ORDER BY local_day LIMIT 1) + {strays:d}",
            bindings.parameters,
            site.id,
        )
    )
    ((first_ms, count),) = rows
    return date_of(local_day(int(first_ms), site.zone)) if count else None
