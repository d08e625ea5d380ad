"""`/badge/SITE/PATH.svg|json`: how often a page was viewed, as a small picture that reads "1.2k views"."""

from fastapi import APIRouter, Response
from fastapi.responses import JSONResponse

from footfall.api.public_counts import FOR_ANYBODY, PublicCounts, PublicRoute, no_counter, path_and_ending
from footfall.api.query import Sites
from footfall.errors import NotFound
from footfall.reports.short_count import short_count

_HEIGHT = 20
_LETTER_WIDTH = 7
_PADDING = 8
_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{count} {word}">
<title>{count} {word}</title>
<rect width="{width}" height="{height}" rx="4" fill="#2f3437"/>
<text x="{middle}" y="14" fill="#fff" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle"\
 textLength="{length}" lengthAdjust="spacingAndGlyphs">{count} {word}</text>
</svg>
"""


def badge_router(sites: Sites, counts: PublicCounts) -> APIRouter:
    """Make the route."""
    router = APIRouter(tags=["public"], route_class=PublicRoute)

    @router.get("/badge/{site}/{path:path}")
    async def badge(site: str, path: str) -> Response:
        """Tell how often a page was viewed, or with `TOTAL` all pages of a site, as `.svg` or `.json`."""
        found = sites.by_public_id(site) or sites.by_domain(site)
        if found is None:
            raise no_counter()
        name, ending = path_and_ending(path)
        if ending not in ("svg", "json"):
            raise NotFound("A badge is a .svg or a .json.")
        views = (await counts.of(found, name)).views
        if ending == "svg":
            return picture_response(short_count(views), "views")
        return JSONResponse({"views": views, "text": f"{short_count(views)} views"}, headers=FOR_ANYBODY)

    return router


def picture_response(count: str, word: str) -> Response:
    """A picture that anybody may show and keep for a minute."""
    return Response(_picture(count, word), media_type="image/svg+xml", headers=FOR_ANYBODY)


def _picture(count: str, word: str) -> str:
    length = _LETTER_WIDTH * len(f"{count} {word}")
    width = length + 2 * _PADDING
    return _PICTURE.format(width=width, height=_HEIGHT, middle=width / 2, length=length, count=count, word=word)
