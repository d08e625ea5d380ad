"""The dashboard of a site: the page, one of its panels, a whole list, and the current visitors.

Every answer is a function of the URL and the clock. Fragments are what htmx swaps in; without script the same links
load the whole page.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from footfall import query
from footfall.accounts import User
from footfall.domain import Site
from footfall.errors import NotFound
from footfall.query import Answer
from footfall.reports.asking import Ask, Question
from footfall.reports.dashboard import ask_dashboard
from footfall.reports.headline import span_days
from footfall.reports.intervals import offered
from footfall.reports.lists import ask_list
from footfall.reports.panels import FIRST_ROWS, LEAST_ROWS, PANELS, ROWS_SHOWN, Page, Panel, chosen_tab
from footfall.reports.view import View
from footfall.sites import SiteDirectory
from footfall.store import Reader
from footfall.web.chart import chart_of
from footfall.web.links import Links
from footfall.web.list_options import ROWS_PER_PAGE, read_list_options
from footfall.web.site_head import Context, head_context, view_context
from footfall.web.url_state import read_view

ReadView = Callable[[Request], View]
LinksOf = Callable[[Site, View], Links]
AskStore = Callable[[Reader, Site, dict[str, Any], datetime], Awaitable[Answer]]
_ROWS_SHOWN = frozenset(str(number) for number in range(LEAST_ROWS, ROWS_SHOWN + 1))


class DashboardPages:
    """Asks and renders; ``read`` and ``links_of`` know addresses, ``more`` is for the templates."""

    def __init__(
        self,
        reader: Reader,
        templates: Jinja2Templates,
        clock: Callable[[], int],
        *,
        ask: AskStore = query.ask,
        links_of: LinksOf = lambda site, view: Links(site.domain, view),
        read: ReadView = lambda request: read_view(request.query_params.multi_items()),
        more: Context | None = None,
    ) -> None:
        self._reader = reader
        self._templates = templates
        self._clock = clock
        self._ask_store = ask
        self._links_of = links_of
        self._read = read
        self._more = more or {}

    async def dashboard(self, request: Request, site: Site, sites: list[Site]) -> Response:
        """The whole page."""
        now, view = self._now(), self._read(request)
        dashboard, current = await asyncio.gather(
            ask_dashboard(self._ask(site, now), site, view, now), query.current_visitors(self._reader, site, now)
        )
        headline = dashboard.headline
        context = {
            "dashboard": dashboard,
            "chart": chart_of(headline, view.metric),
            "is_silent": not view.filters and not headline.figures[0].value and not headline.figures[0].previous,
            "intervals": offered(span_days(headline.range)),
        }
        return self._render(request, "dashboard.html", self._head(site, sites, view, current, now) | context)

    async def panel(self, request: Request, site: Site, key: str) -> Response:
        """One panel's card."""
        view, panel = self._read(request), _panel(key)
        found = await ask_list(self._ask(site, self._now()), view, panel, chosen_tab(panel, view), _rows(request))
        return self._render(request, "parts/panel.html", self._common(site, view) | {"list": found})

    async def whole_list(self, request: Request, site: Site, sites: list[Site], key: str) -> Response:
        """Everything behind a panel's tab, a page at a time."""
        now, view, panel = self._now(), self._read(request), _panel(key)
        tab = chosen_tab(panel, view)
        options = read_list_options(request.query_params, tab)
        found, current = await asyncio.gather(
            ask_list(self._ask(site, now), view, panel, tab, options.page(tab)),
            query.current_visitors(self._reader, site, now),
        )
        context = {"list": found, "options": options, "rows_per_page": ROWS_PER_PAGE}
        return self._render(request, "whole_list.html", self._head(site, sites, view, current, now) | context)

    async def current(self, request: Request, site: Site) -> Response:
        """How many visitors are there now."""
        current = await query.current_visitors(self._reader, site, self._now())
        return self._render(request, "parts/current.html", self._common(site, View()) | {"current": current})

    def _ask(self, site: Site, now: datetime) -> Ask:
        async def ask(question: Question) -> Answer:
            return await self._ask_store(self._reader, site, question, now)

        return ask

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock() / 1000, UTC)

    def _common(self, site: Site, view: View) -> Context:
        return view_context(site, self._links_of(site, view))

    def _head(self, site: Site, sites: list[Site], view: View, current: int, now: datetime) -> Context:
        return head_context(self._links_of(site, view), site, sites, current, now)

    def _render(self, request: Request, template: str, context: Context) -> Response:
        headers = {"cache-control": "no-store"}
        return self._templates.TemplateResponse(request, template, context | self._more, headers=headers)


def dashboard_router(
    sites: SiteDirectory,
    reader: Reader,
    templates: Jinja2Templates,
    *,
    current_user: Callable[..., User],
    current_site: Callable[..., Site],
    clock: Callable[[], int],
    ask: AskStore = query.ask,
) -> APIRouter:
    """The routes below `/sites/{domain}`.

    ``current_user`` and ``current_site`` are dependencies that refuse who may not see the site; ``clock`` gives UTC
    milliseconds.
    """
    pages = DashboardPages(reader, templates, clock, ask=ask)
    router = APIRouter(prefix="/sites/{domain}", include_in_schema=False)
    ThisUser = Annotated[User, Depends(current_user)]  # noqa: N806 (a type)
    ThisSite = Annotated[Site, Depends(current_site)]  # noqa: N806

    @router.get("")
    async def dashboard(request: Request, user: ThisUser, site: ThisSite) -> Response:
        return await pages.dashboard(request, site, sites.of_user(user.id))

    @router.get("/panels/{panel}")
    async def panel(request: Request, site: ThisSite, panel: str) -> Response:
        return await pages.panel(request, site, panel)

    @router.get("/panels/{panel}/all")
    async def whole_list(request: Request, user: ThisUser, site: ThisSite, panel: str) -> Response:
        return await pages.whole_list(request, site, sites.of_user(user.id), panel)

    @router.get("/current")
    async def current(request: Request, site: ThisSite) -> Response:
        return await pages.current(request, site)

    return router


def _rows(request: Request) -> Page:
    """As many rows as the card has room for where it stands."""
    text = request.query_params.get("rows", "")
    return Page(limit=int(text)) if text in _ROWS_SHOWN else FIRST_ROWS


def _panel(key: str) -> Panel:
    if key not in PANELS:
        raise NotFound("There is no such panel; go back to the dashboard.")
    return PANELS[key]
