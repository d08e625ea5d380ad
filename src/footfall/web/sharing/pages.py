"""`/share/{domain}` and `/{domain}`: a dashboard for people who are no members of its site.

The pages are those of members; what differs is who is let in, what may be asked, and where links lead.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Any

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.templating import Jinja2Templates

from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.query import Answer, Vocabulary
from footfall.reports.dimensions import PROPERTY
from footfall.reports.panels import CRAWLERS, PROPERTIES
from footfall.reports.shared import rules_of, shared_ask
from footfall.reports.view import View
from footfall.sites import Shown
from footfall.store import Reader
from footfall.texts import Phrase
from footfall.web.language import language_headers, words_for
from footfall.web.pages.dashboard import DashboardPages
from footfall.web.pages.seen import Seen
from footfall.web.session_cookie import is_https
from footfall.web.sharing.embed import Frame, frame_of
from footfall.web.sharing.picture import chart_picture
from footfall.web.sharing.urls import SharedUrls, kept_of
from footfall.web.url_state import read_view

PICTURE_PERIOD = "28d"


@dataclass(frozen=True)
class SharedView:
    """What templates know of being shared."""

    shown: Shown
    frame: Frame
    urls: SharedUrls
    origin: str

    def hides(self, dimension: str) -> bool:
        """Whether nothing is told by this dimension, which has its key of the address here."""
        if dimension.startswith(PROPERTY) or dimension in (PROPERTIES, CRAWLERS):
            return True
        return dimension == "city" and not self.shown.site.public_cities

    @property
    def is_public(self) -> bool:
        """Whether anybody may come here without a link."""
        return self.shown.link is None


class SharedPages:
    """Asks within the rules and renders; ``base_url`` is the address people reach us by, where it was set."""

    def __init__(
        self,
        *,
        reader: Reader,
        templates: Jinja2Templates,
        clock: Callable[[], int],
        vocabulary_of: Callable[[Site, int | None], Vocabulary],
        base_url: str,
    ) -> None:
        self._templates = templates
        self._reader = reader
        self._clock = clock
        self._vocabulary_of = vocabulary_of
        self._base_url = base_url

    def view_of(self, request: Request, shown: Shown) -> SharedView:
        """How this request wants it shown."""
        domain = shown.site.domain
        kept = kept_of(request.query_params.multi_items())
        urls = SharedUrls(domain, View(), f"/share/{domain}" if shown.link else f"/{domain}", kept)
        return SharedView(shown, frame_of(request), urls, self._base_url or _origin(request))

    async def dashboard(self, request: Request, shown: Shown) -> Response:
        """The whole page."""
        pages, seen = await self._pages(request, shown)
        return await pages.dashboard(request, seen)

    async def cards(self, request: Request, shown: Shown) -> Response:
        """All cards, for a page that has its figures already."""
        pages, seen = await self._pages(request, shown)
        return await pages.cards(request, seen)

    async def panel(self, request: Request, shown: Shown, key: str) -> Response:
        """One panel's card."""
        pages, seen = await self._pages(request, shown)
        return await pages.panel(request, seen, key)

    async def whole_list(self, request: Request, shown: Shown, key: str) -> Response:
        """Everything behind a panel's tab."""
        pages, seen = await self._pages(request, shown)
        return await pages.whole_list(request, seen, key)

    async def list_file(self, request: Request, shown: Shown, key: str) -> Response:
        """The list as a CSV file."""
        pages, seen = await self._pages(request, shown)
        return await pages.list_file(request, seen, key)

    async def current(self, request: Request, shown: Shown) -> Response:
        """How many visitors are there now."""
        pages, seen = await self._pages(request, shown)
        return await pages.current(request, seen.site)

    async def picture(self, request: Request, shown: Shown) -> Response:
        """The picture of the chart."""
        vocabulary = await run_in_threadpool(self._vocabulary_of, shown.site, None)
        now = datetime.fromtimestamp(self._clock() / 1000, UTC)
        ask = shared_ask(self._reader, shown, now, vocabulary)
        total = await ask({"metrics": ["visitors"], "date_range": PICTURE_PERIOD})
        question = {"metrics": ["visitors"], "date_range": PICTURE_PERIOD, "dimensions": ["time:day"]}
        steps = await ask({**question, "include": {"time_labels": True}})
        found = {row.dimensions[0]: row.metrics[0] for row in steps.rows}
        values = [found.get(label) or 0 for label in steps.time_labels]
        words = words_for(request)
        figure = words.numbers.whole(total.rows[0].metrics[0] or 0 if total.rows else 0)
        caption = words.of(Phrase("visitors, last 28 days"))
        drawn = await run_in_threadpool(chart_picture, shown.site.domain, figure, caption, values)
        headers = {"cache-control": "private, max-age=3600", **language_headers(words)}
        return Response(drawn, media_type="image/png", headers=headers)

    def ask_password(self, request: Request, shown: Shown, error: FootfallError | None = None) -> Response:
        """What a locked link shows."""
        shared = self.view_of(request, shown)
        shared = replace(shared, urls=replace(shared.urls, view=view_shown(shown, request)))
        context = {"shared": shared, "error": error}
        return self._templates.TemplateResponse(
            request, "shared/password.html", context, error.status if error else 200
        )

    async def _pages(self, request: Request, shown: Shown) -> tuple[DashboardPages, Seen]:
        shared = self.view_of(request, shown)
        vocabulary = await run_in_threadpool(self._vocabulary_of, shown.site, None)

        async def ask(
            reader: Reader, site: Site, question: dict[str, Any], now: datetime, of_members: Vocabulary
        ) -> Answer:
            return await shared_ask(reader, shown, now, vocabulary)(question)

        pages = DashboardPages(
            self._reader,
            self._templates,
            self._clock,
            ask=ask,
            links_of=lambda site, view: replace(shared.urls, view=view),
            read=partial(view_shown, shown),
            more={"shared": shared},
            tells_all=False,
        )
        return pages, Seen(shown.site, goals=list(vocabulary.goals))


def view_shown(shown: Shown, request: Request) -> View:
    """The view of the address; where cities are not shown, the card of places ends with regions."""
    view = read_view(request.query_params.multi_items())
    if rules_of(shown).hides("visit:city") and view.is_narrowed_to("region") and not dict(view.tabs).get("places"):
        return view.with_tab("places", "region")
    return view


def _origin(request: Request) -> str:
    return f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"
