"""Which crawlers read a site, and the pages each of them read."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from footfall.accounts import User
from footfall.domain import Site
from footfall.query import current_visitors
from footfall.reports.crawlers import ALL, GROUPS, MOST_PAGES, PURPOSES, ask_crawled_pages, ask_crawlers
from footfall.sites import SiteDirectory
from footfall.store import Reader
from footfall.web.crawler_links import CrawlerLinks
from footfall.web.guard import Guard
from footfall.web.site_head import Context, head_context
from footfall.web.url_state import read_view


def crawlers_router(
    *, sites: SiteDirectory, reader: Reader, guard: Guard, templates: Jinja2Templates, clock: Callable[[], int]
) -> APIRouter:
    """Make `/sites/{domain}/crawlers` for the members of a site; ``clock`` gives UTC milliseconds."""
    router = APIRouter(prefix="/sites/{domain}/crawlers", include_in_schema=False)
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)
    ThisSite = Annotated[Site, Depends(guard.site)]  # noqa: N806

    def now() -> datetime:
        return datetime.fromtimestamp(clock() / 1000, UTC)

    async def show(
        request: Request, template: str, links: CrawlerLinks, user: User, site: Site, **more: object
    ) -> Response:
        current = await current_visitors(reader, site, now())
        context: Context = head_context(links, site, sites.of_user(user.id), current, now())
        context |= {"purposes": PURPOSES, **more}
        return templates.TemplateResponse(request, template, context, headers={"cache-control": "no-store"})

    @router.get("")
    async def crawlers(request: Request, user: ThisUser, site: ThisSite) -> Response:
        links = _links(request, site)
        report = await ask_crawlers(reader, site, links.view, GROUPS[links.group], now())
        return await show(request, "crawlers/list.html", links, user, site, report=report)

    @router.get("/pages")
    async def pages(request: Request, user: ThisUser, site: ThisSite, name: str = "") -> Response:
        links = replace(_links(request, site), name=name)
        found = await ask_crawled_pages(reader, site, links.view, name, now())
        return await show(request, "crawlers/pages.html", links, user, site, found=found, most_pages=MOST_PAGES)

    return router


def _links(request: Request, site: Site) -> CrawlerLinks:
    """The period of the dashboard, and the group where there is such a one; filters are left behind."""
    view = replace(read_view(request.query_params.multi_items()), filters=(), tabs=())
    group = request.query_params.get("group", "")
    return CrawlerLinks(site.domain, view, group if group in GROUPS else ALL.key)
