"""The dashboard of a site: the page, one of its panels, a whole list, and the current visitors.

Every answer is a function of the URL and the clock. Fragments are what htmx swaps in; without script the same links
load the whole page.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.templating import Jinja2Templates

from footfall import query
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput, NotFound
from footfall.query import Answer, PropertyKey, Vocabulary, resolve_date_range
from footfall.query.crawlers import CrawlerFigures, crawled_range, crawlers_of
from footfall.reports.asking import Asking, Question, asked_once
from footfall.reports.country_map import ask_countries
from footfall.reports.dashboard import ask_cards
from footfall.reports.filter_operators import IS
from footfall.reports.headline import ask_headline, span_days
from footfall.reports.intervals import offered
from footfall.reports.lists import Room, ask_list
from footfall.reports.panels import LEAST_ROWS, PANELS, ROWS_SHOWN, Page, Panel, chosen_tab
from footfall.reports.periods import ALL_TIME
from footfall.reports.view import View
from footfall.store import Reader
from footfall.web.chart import chart_of
from footfall.web.dates import range_days
from footfall.web.links import Links
from footfall.web.list_file import csv_of
from footfall.web.list_options import ROWS_PER_PAGE, read_list_options
from footfall.web.page_in_parts import GAP, in_parts
from footfall.web.pages.seen import Seen
from footfall.web.rebuilds import RebuildOf, nothing_under_way
from footfall.web.refusals import refusal
from footfall.web.site_head import Context, head_context, view_context
from footfall.web.url_state import read_view
from footfall.web.world_map import WorldMap, world_map

ReadView = Callable[[Request], View]
LinksOf = Callable[[Site, View], Links]
AskStore = Callable[[Reader, Site, dict[str, Any], datetime, Vocabulary], Awaitable[Answer]]
AskStoreOverTime = Callable[[Reader, Site, dict[str, Any], datetime, Vocabulary], Awaitable[tuple[Answer, Answer]]]
_ROWS_SHOWN = frozenset(str(number) for number in range(LEAST_ROWS, ROWS_SHOWN + 1))
_FEW_VISITORS = 20


class DashboardPages:
    """Asks and renders; ``read`` and ``links_of`` know addresses, ``more`` is for the templates.

    Where not ``tells_all``, nothing is told but by ``ask``, which knows what its readers may see. ``over_time`` tells
    rows over time and their total at once; without it ``ask`` is asked for each.
    """

    def __init__(
        self,
        reader: Reader,
        templates: Jinja2Templates,
        clock: Callable[[], int],
        *,
        ask: AskStore = query.ask,
        over_time: AskStoreOverTime | None = None,
        links_of: LinksOf = lambda site, view: Links(site.domain, view),
        read: ReadView = lambda request: read_view(request.query_params.multi_items()),
        more: Context | None = None,
        tells_all: bool = True,
        rebuild_of: RebuildOf = nothing_under_way,
        watched: Callable[[Site], int | None] = lambda _: None,
    ) -> None:
        self._reader = reader
        self._templates = templates
        self._clock = clock
        self._ask_store = ask
        self._over_time = over_time
        self._links_of = links_of
        self._read = read
        self._more = more or {}
        self._tells_all = tells_all
        self._rebuild_of = rebuild_of
        self._watched = watched

    async def dashboard(self, request: Request, seen: Seen) -> Response:
        """The whole page; filters that cannot be answered stay in its head, to be changed.

        Where a link swaps the view, the cards come with a request of their own: figures and chart are there sooner.
        """
        now, view = self.now(), self._read(request)
        is_swap = "hx-request" in request.headers and "hx-history-restore-request" not in request.headers
        try:
            if not is_swap and not self._may_be_refused(view):
                _check_range(view, seen.site, now)
                return await self._in_parts(request, seen, view, now)
            asking = self.asking(seen, now)
            figures, cards, current = await asyncio.gather(
                self._figures(asking, seen, view, now),
                _nothing() if is_swap else self._cards(asking, view),
                self.current_visitors(seen.site, now),
            )
        except InvalidInput as error:
            return self.refused(request, seen, view, error)
        context = self.head(seen, view, current, now) | figures | cards
        return self.render(request, "dashboard.html", context)

    def _may_be_refused(self, view: View) -> bool:
        """Whether somebody may ask in this view for what is not told, which the status has to say."""
        return bool(view.filters) or (bool(view.tabs) and not self._tells_all)

    async def _in_parts(self, request: Request, seen: Seen, view: View, now: datetime) -> Response:
        """Send the head at once, then figures and chart, then the cards."""
        asking, common = self.asking(seen, now), self._common(seen.site, view)
        figures = asyncio.create_task(self._figures(asking, seen, view, now))
        cards = asyncio.create_task(self._cards(asking, view))
        try:
            current = await self.current_visitors(seen.site, now)
        except BaseException:
            figures.cancel()
            cards.cancel()
            raise

        async def parts() -> AsyncIterator[Response]:
            try:
                for task, template in ((figures, "parts/figures.html"), (cards, "parts/cards.html")):
                    yield self.render(request, template, common | await task)
            except FootfallError as error:
                yield self.render(request, "parts/failed.html", common | {"message": error.phrase})
            finally:
                figures.cancel()
                cards.cancel()

        frame = self.render(request, "dashboard.html", self.head(seen, view, current, now) | {"gap": GAP})
        return in_parts(frame, parts())

    async def cards(self, request: Request, seen: Seen) -> Response:
        """All cards, for a page that has its figures already."""
        view = self._read(request)
        cards = await self._cards(self.asking(seen, self.now()), view)
        return self.render(request, "parts/cards.html", self._common(seen.site, view) | cards)

    async def _figures(self, asking: Asking, seen: Seen, view: View, now: datetime) -> Context:
        """What `parts/figures.html` needs."""
        headline = await ask_headline(asking, seen.site, view, now)
        notes = await run_in_threadpool(seen.annotations_of, range_days(headline.range))
        visitors = headline.figures[0].value or 0
        return {
            "headline": headline,
            "chart": chart_of(headline, view.metric, notes),
            "is_silent": not view.filters and not visitors and not headline.figures[0].previous,
            "is_small": 0 < visitors < _FEW_VISITORS,
            "rebuild": await run_in_threadpool(self._rebuild_of, seen.site),
            "intervals": offered(span_days(headline.range)),
        }

    async def _cards(self, asking: Asking, view: View) -> Context:
        """What `parts/cards.html` needs."""
        cards = await ask_cards(asking, view)
        return {"lists": cards.lists, "map": _map(view, cards.countries)}

    async def panel(self, request: Request, seen: Seen, key: str) -> Response:
        """One panel's card."""
        view, panel = self._read(request), _panel(key)
        asking = self.asking(seen, self.now())
        room = _room(request)
        page = Page(
            limit=max(room), is_compared=view.comparison.reaches_lists, has_sparks="sparks" in request.query_params
        )
        found, countries = await asyncio.gather(
            ask_list(asking, view, panel, chosen_tab(panel, view, asking.has_goals), page),
            _countries(asking, view, panel),
        )
        context = {"list": found.cut_to(room), "map": _map(view, countries), "has_sparks": page.has_sparks}
        return self.render(request, "parts/panel.html", self._common(seen.site, view) | context)

    async def whole_list(self, request: Request, seen: Seen, key: str) -> Response:
        """Everything behind a panel's tab, a page at a time."""
        now, view, panel = self.now(), self._read(request), _panel(key)
        tab = chosen_tab(panel, view, bool(seen.goals))
        options = read_list_options(request.query_params, tab)
        try:
            found, current = await asyncio.gather(
                ask_list(self.asking(seen, now), view, panel, tab, options.page(tab)),
                self.current_visitors(seen.site, now),
            )
        except InvalidInput as error:
            return self.refused(request, seen, view, error)
        context = {"list": found, "options": options, "rows_per_page": ROWS_PER_PAGE}
        return self.render(request, "whole_list.html", self.head(seen, view, current, now) | context)

    async def list_file(self, request: Request, seen: Seen, key: str) -> Response:
        """The list as a CSV file."""
        view, panel = self._read(request), _panel(key)
        tab = chosen_tab(panel, view, bool(seen.goals))
        options = read_list_options(request.query_params, tab)
        found = await ask_list(self.asking(seen, self.now()), view, panel, tab, options.whole(tab))
        name = f"{seen.site.domain}-{panel.key}.csv"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return Response(csv_of(found), media_type="text/csv; charset=utf-8", headers=headers)

    async def current(self, request: Request, site: Site) -> Response:
        """How many visitors are there now."""
        current = await self.current_visitors(site, self.now())
        return self.render(request, "parts/current.html", self._common(site, View()) | {"current": current})

    def refused(self, request: Request, seen: Seen, view: View, error: InvalidInput) -> Response:
        """The page with what is wrong with its filters in place of its figures."""
        context = self.head(seen, view, 0, self.now()) | {"message": refusal(error)}
        return self.render(request, "refused.html", context, 400)

    def asking(self, seen: Seen, now: datetime) -> Asking:
        """Whom reports about this site ask at this moment."""

        async def ask(question: Question) -> Answer:
            asked = _with_imports(question) if self._tells_all else question
            return await self._ask_store(self._reader, seen.site, asked, now, seen.vocabulary)

        async def property_keys(question: Question, limit: int, offset: int) -> list[PropertyKey]:
            if not self._tells_all:
                return []
            counted = await ask(question)
            hidden = seen.vocabulary.hidden
            return await query.list_property_keys(
                self._reader, seen.site, counted, limit=limit, offset=offset, hidden=hidden
            )

        async def crawlers(date_range: str | list[str]) -> list[CrawlerFigures]:
            if not self._tells_all:
                return []
            span = await crawled_range(self._reader, seen.site, date_range, now)
            return await crawlers_of(self._reader, seen.site, span)

        async def over_time(question: Question) -> tuple[Answer, Answer]:
            if self._over_time is None:
                return await asyncio.gather(ask(query.total_question(question)), ask(question))
            return await self._over_time(self._reader, seen.site, _with_imports(question), now, seen.vocabulary)

        ask_once, over_time_once = asked_once(ask, over_time)
        return Asking(ask_once, over_time_once, property_keys, crawlers, seen.vocabulary.segments, bool(seen.goals))

    async def current_visitors(self, site: Site, now: datetime) -> int:
        """How many visitors there are; of a site that is watched, as its listeners were told."""
        known = self._watched(site)
        return await query.current_visitors(self._reader, site, now) if known is None else known

    def head(self, seen: Seen, view: View, current: int, now: datetime) -> Context:
        """What the head of the page shows."""
        return head_context(self._links_of(seen.site, view), seen.site, seen.sites, current, now, seen.segments)

    def now(self) -> datetime:
        """The moment it is."""
        return datetime.fromtimestamp(self._clock() / 1000, UTC)

    def render(self, request: Request, template: str, context: Context, status: int = 200) -> Response:
        """A page or a part of one; what it tells is true for this moment only."""
        headers = {"cache-control": "no-store"}
        return self._templates.TemplateResponse(request, template, context | self._more, status, headers)

    def _common(self, site: Site, view: View) -> Context:
        return view_context(site, self._links_of(site, view))


def dashboard_router(
    pages: DashboardPages, *, seen: Callable[..., Seen], current_site: Callable[..., Site]
) -> APIRouter:
    """The routes below `/sites/{domain}`; ``seen`` and ``current_site`` refuse who may not see the site."""
    router = APIRouter(prefix="/sites/{domain}", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(current_site)]  # noqa: N806 (a type)
    ThisSeen = Annotated[Seen, Depends(seen)]  # noqa: N806

    @router.get("")
    async def dashboard(request: Request, seen: ThisSeen) -> Response:
        return await pages.dashboard(request, seen)

    @router.get("/panels")
    async def cards(request: Request, seen: ThisSeen) -> Response:
        return await pages.cards(request, seen)

    @router.get("/panels/{panel}")
    async def panel(request: Request, seen: ThisSeen, panel: str) -> Response:
        return await pages.panel(request, seen, panel)

    @router.get("/panels/{panel}/all")
    async def whole_list(request: Request, seen: ThisSeen, panel: str) -> Response:
        return await pages.whole_list(request, seen, panel)

    @router.get("/panels/{panel}/all.csv")
    async def list_file(request: Request, seen: ThisSeen, panel: str) -> Response:
        return await pages.list_file(request, seen, panel)

    @router.get("/current")
    async def current(request: Request, site: ThisSite) -> Response:
        return await pages.current(request, site)

    return router


def _check_range(view: View, site: Site, now: datetime) -> None:
    """Raise InvalidInput for a range nobody can be told of, while the status can still say so."""
    if view.period != ALL_TIME:
        resolve_date_range(view.date_range, site, now)


def _with_imports(question: Question) -> Question:
    return question | {"include": {**question.get("include", {}), "imports": True}}


async def _nothing() -> Context:
    return {}


def view_of(request: Request) -> View:
    """The view an address asks for."""
    return read_view(request.query_params.multi_items())


def _room(request: Request) -> Room:
    """As many rows as the card has room for where it stands."""
    in_pairs, in_threes = (request.query_params.get(name, "") for name in ("rows", "wide"))
    shown = int(in_pairs) if in_pairs in _ROWS_SHOWN else ROWS_SHOWN
    return Room(shown, int(in_threes) if in_threes in _ROWS_SHOWN else shown)


def _panel(key: str) -> Panel:
    if key not in PANELS:
        raise NotFound("There is no such panel; go back to the dashboard.")
    return PANELS[key]


async def _countries(asking: Asking, view: View, panel: Panel) -> dict[str, int]:
    return await ask_countries(asking, view) if panel.has_map else {}


def _map(view: View, countries: dict[str, int]) -> WorldMap:
    """Where one country is filtered by, the map looks at it."""
    chosen = [group for group in view.groups if group.dimension == "country" and group.operator == IS]
    return world_map(countries, focus=chosen[0].values[0] if len(chosen) == 1 == len(chosen[0].values) else "")
