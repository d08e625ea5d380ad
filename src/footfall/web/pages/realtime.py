"""What happens on a site right now, as a page that fills itself: its figures come by `api.live`, as they happen."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from footfall import query
from footfall.realtime.window import MINUTES
from footfall.reports.view import View
from footfall.store import Reader
from footfall.web.pages.dashboard import DashboardPages
from footfall.web.pages.seen import Seen
from footfall.web.world_map import world_map

ROWS = 10


def realtime_router(pages: DashboardPages, reader: Reader, *, seen: Callable[..., Seen]) -> APIRouter:
    """Make `/sites/{domain}/realtime`; ``seen`` refuses who may not see the site."""
    router = APIRouter(prefix="/sites/{domain}/realtime", include_in_schema=False)
    ThisSeen = Annotated[Seen, Depends(seen)]  # noqa: N806 (a type)

    @router.get("")
    async def realtime(request: Request, seen: ThisSeen) -> Response:
        now = pages.now()
        current = await query.current_visitors(reader, seen.site, now)
        context = {
            "minutes": MINUTES,
            "rows": ROWS,
            "map": world_map({}, each=True),
        }
        return pages.render(request, "realtime.html", pages.head(seen, View(), current, now) | context)

    return router
