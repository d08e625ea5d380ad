"""What pages and the API ask about a site's data as a whole: is there any, and away with it."""

import asyncio
from collections.abc import Awaitable, Callable

from footfall.app.install import Install
from footfall.domain import Site
from footfall.store import Reader, Statement


def has_events(reader: Reader) -> Callable[[Site], Awaitable[bool]]:
    """Tell whether anything has happened on a site yet."""

    async def look(site: Site) -> bool:
        sql = "SELECT 1 FROM events WHERE site_id = {site:UInt32} LIMIT 1"
        return bool(await reader.ask(Statement("web.has_events", sql, {"site": site.id})))

    return look


def delete_site_data(install: Install) -> Callable[[Site], Awaitable[None]]:
    """Erase a site's events, visits and salts; what of it still waits in the spool is dropped on its way out."""

    def delete(site: Site) -> None:
        install.salts.forget_site(site.id)
        install.rights.eraser.site(site)

    async def delete_in_thread(site: Site) -> None:
        await asyncio.to_thread(delete, site)

    return delete_in_thread
