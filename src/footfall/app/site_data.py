"""What pages and the API ask about a site's data as a whole: is there any, and away with it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime, timedelta

from starlette.responses import Response

from footfall.api.streamed import StreamedResponse, passed_on
from footfall.app.install import Install
from footfall.domain import Site
from footfall.query import RAW_TABLES, ask, raw_rows
from footfall.store import Reader, Statement
from footfall.web.pages.danger import Stored

_EPOCH = date(1970, 1, 1)
_LAST_DAY = (1 << 16) - 1  # the last the store can tell


def has_events(reader: Reader) -> Callable[[Site], Awaitable[bool]]:
    """Tell whether anything has happened on a site yet."""

    async def look(site: Site) -> bool:
        sql = "SELECT 1 FROM events WHERE site_id = {site:UInt32} LIMIT 1"
        return bool(await reader.ask(Statement("web.has_events", sql, {"site": site.id}, site.id)))

    return look


def delete_site_data(install: Install) -> Callable[[Site], Awaitable[None]]:
    """Erase a site's events, visits and salts; what of it still waits in the spool is dropped on its way out."""

    def delete(site: Site) -> None:
        install.visitors.salts.forget_site(site.id)
        install.rights.eraser.site(site)

    async def delete_in_thread(site: Site) -> None:
        await asyncio.to_thread(delete, site)

    return delete_in_thread


def events_of_site(install: Install) -> Callable[[Site, str, dict[str, str]], Awaitable[Response]]:
    """Answer with all events of a site in one of RAW_FORMATS, without the properties its owner hides."""

    async def export(site: Site, form: str, headers: dict[str, str]) -> Response:
        await asyncio.to_thread(install.people.audit_log.note, "events exported", site.id)
        now = datetime.fromtimestamp(install.clock() / 1000, UTC)
        everything = await ask(install.storage.reader, site, {"metrics": ["events"], "date_range": "all"}, now)
        hidden = await asyncio.to_thread(install.belongings.registry.hidden, site.id)
        found = await raw_rows(install.storage.reader, site, RAW_TABLES["events"], everything.range, (), form, hidden)
        return StreamedResponse(passed_on(found.blocks), media_type="application/octet-stream", headers=headers)

    return export


class DataOfSites:
    """All there is of a site: counted before it is lost, and erased."""

    def __init__(self, install: Install) -> None:
        self._install = install

    def stored(self, site: Site) -> Stored:
        """Count it."""
        install = self._install
        sql = "SELECT count(), toUInt16(min(local_day)) FROM events WHERE site_id = {site:UInt32}"
        ((events, first_day),) = install.storage.reader.run(Statement("web.stored", sql, {"site": site.id}))
        return Stored(
            events=int(events),
            first_day=_EPOCH + timedelta(days=int(first_day)) if events else None,
            goals=len(install.belongings.goals.of_site(site.id)),
            segments=len(install.belongings.segments.seen_by(site.id, None)),
            links=len(install.belongings.shared_links.of_site(site.id)),
            keys=len(install.people.keys.of_site(site.id)),
        )

    def reset(self, site: Site) -> int:
        """Erase all events, visits and profiles; consents stay, for they are the proof that they were given."""
        install = self._install
        install.visitors.profiles.delete_before(site.id, install.clock() + 1)
        return install.rights.eraser.days(site, 0, _LAST_DAY)


def roll_up_again(install: Install, sites: Sequence[Site]) -> int:
    """Forget the rollups of these sites and compute them from events; returns how many days and months there were."""
    for site in sites:
        install.storage.finaliser.forget_days(site.id)
    return install.storage.finaliser.run(sites, install.clock())
