"""`/badge/SITE/PATH.svg|png|json`: how often a page was viewed, as a small picture that reads "1.2k views"."""

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from footfall.api.public_counts import (
    PublicCounts,
    PublicRoute,
    headers_for_anybody,
    no_counter,
    path_and_ending,
    words_for_anybody,
)
from footfall.api.query import Sites
from footfall.api.small_picture import AS_PICTURE
from footfall.errors import NotFound
from footfall.reports.short_count import short_count
from footfall.texts import counted


def badge_router(sites: Sites, counts: PublicCounts) -> APIRouter:
    """Make the route."""
    router = APIRouter(tags=["public"], route_class=PublicRoute)

    @router.get("/badge/{site}/{path:path}")
    async def badge(request: Request, site: str, path: str) -> Response:
        """Tell how often a page was viewed, or with `TOTAL` all pages of a site, as `.svg`, `.png` or `.json`."""
        found = sites.by_public_id(site) or sites.by_domain(site)
        if found is None:
            raise no_counter()
        name, ending = path_and_ending(path)
        if ending != "json" and ending not in AS_PICTURE:
            raise NotFound("A badge is a .svg, a .png or a .json.")
        views = (await counts.of(found, name)).views
        words = words_for_anybody(request)
        text = words.of(counted("{shown} view", "{shown} views", views, shown=short_count(views, words)))
        if ending == "json":
            return JSONResponse({"views": views, "text": text}, headers=headers_for_anybody(words))
        return AS_PICTURE[ending](text, words)

    return router
