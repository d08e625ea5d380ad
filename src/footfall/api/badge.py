"""`/badge/SITE/PATH.svg|json`: how often a page was viewed, as a small picture that reads "1.2k views"."""

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
from footfall.errors import NotFound
from footfall.reports.short_count import short_count
from footfall.texts import Words, counted

_HEIGHT = 20
_LETTER_WIDTH = 7
_PADDING = 8
_PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" role="img" aria-label="{text}">
<title>{text}</title>
<rect width="{width}" height="{height}" rx="4" fill="#2f3437"/>
<text x="{middle}" y="14" fill="#fff" font-family="system-ui, sans-serif" font-size="12" text-anchor="middle"\
 textLength="{length}" lengthAdjust="spacingAndGlyphs">{text}</text>
</svg>
"""


def badge_router(sites: Sites, counts: PublicCounts) -> APIRouter:
    """Make the route."""
    router = APIRouter(tags=["public"], route_class=PublicRoute)

    @router.get("/badge/{site}/{path:path}")
    async def badge(request: Request, site: str, path: str) -> Response:
        """Tell how often a page was viewed, or with `TOTAL` all pages of a site, as `.svg` or `.json`."""
        found = sites.by_public_id(site) or sites.by_domain(site)
        if found is None:
            raise no_counter()
        name, ending = path_and_ending(path)
        if ending not in ("svg", "json"):
            raise NotFound("A badge is a .svg or a .json.")
        views = (await counts.of(found, name)).views
        words = words_for_anybody(request)
        text = words.of(counted("{shown} view", "{shown} views", views, shown=short_count(views, words)))
        if ending == "svg":
            return picture_response(text, words)
        return JSONResponse({"views": views, "text": text}, headers=headers_for_anybody(words))

    return router


def picture_response(text: str, words: Words) -> Response:
    """A picture that anybody may show and keep for a minute."""
    return Response(_picture(text), media_type="image/svg+xml", headers=headers_for_anybody(words))


def _picture(text: str) -> str:
    length = _LETTER_WIDTH * len(text)
    width = length + 2 * _PADDING
    return _PICTURE.format(width=width, height=_HEIGHT, middle=width / 2, length=length, text=text)
