"""`/share/{domain}` and `/{domain}`: a dashboard for people who are no members of its site.

The pages are those of members; what differs is who is let in, what may be asked, and where links lead.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Attempts, HashingThreads, Passwords
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput, NotFound
from footfall.query import Answer, Vocabulary
from footfall.reports.dimensions import PROPERTY
from footfall.reports.panels import CRAWLERS, PROPERTIES
from footfall.reports.shared import rules_of, shared_ask
from footfall.reports.view import View
from footfall.sites import PROOF_SECONDS, SharedAccess, SharedLink, Shown
from footfall.store import Reader
from footfall.texts import Phrase
from footfall.web.forms import require_same_origin
from footfall.web.guard import Guard
from footfall.web.language import language_headers, words_for
from footfall.web.pages.dashboard import DashboardPages
from footfall.web.pages.seen import Seen
from footfall.web.session_cookie import is_https
from footfall.web.sharing.embed import Frame, frame_of, policy_of
from footfall.web.sharing.picture import chart_picture
from footfall.web.sharing.urls import SharedUrls, kept_of, query_of
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
        self.templates = templates
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

    async def _pages(self, request: Request, shown: Shown) -> tuple[DashboardPages, Seen]:
        shared = self.view_of(request, shown)
        vocabulary = await run_in_threadpool(self._vocabulary_of, shown.site, None)

        async def ask(
            reader: Reader, site: Site, question: dict[str, Any], now: datetime, of_members: Vocabulary
        ) -> Answer:
            return await shared_ask(reader, shown, now, vocabulary)(question)

        pages = DashboardPages(
            self._reader,
            self.templates,
            self._clock,
            ask=ask,
            links_of=lambda site, view: replace(shared.urls, view=view),
            read=partial(_view, shown),
            more={"shared": shared},
            tells_all=False,
        )
        return pages, Seen(shown.site, goals=list(vocabulary.goals))


def shared_router(
    *,
    pages: SharedPages,
    access: SharedAccess,
    guard: Guard,
    is_member: Callable[[int, str], bool],
    passwords: Passwords,
    threads: HashingThreads,
    guesses: Attempts,
    visits: Attempts,
    client_of: Callable[[Request], str],
) -> APIRouter:
    """Make the routes; include them last, for `/{domain}` reads as any page.

    ``guesses`` bounds passwords tried, ``visits`` what one client may ask for.
    """
    router = APIRouter(include_in_schema=False)

    def by_link(request: Request, domain: str, auth: str = "") -> Shown:
        visits.spend(client_of(request))
        return access.by_link(domain, auth, lambda link: request.cookies.get(_cookie(link), ""))

    def unlocked(shown: Annotated[Shown, Depends(by_link)]) -> Shown:
        if shown.is_locked:
            raise NotFound("Tell the password of this link first.")
        return shown

    def public(request: Request, domain: str) -> Shown:
        visits.spend(client_of(request))
        return access.public(domain)

    def guarded(answer: Response, request: Request, shown: Shown) -> Response:
        answer.headers["content-security-policy"] = policy_of(shown, frame_of(request))
        return answer

    def ask_password(request: Request, shown: Shown, error: FootfallError | None = None) -> Response:
        shared = pages.view_of(request, shown)
        shared = replace(shared, urls=replace(shared.urls, view=_view(shown, request)))
        context = {"shared": shared, "error": error}
        status = error.status if error else 200
        return pages.templates.TemplateResponse(request, "shared/password.html", context, status)

    @router.get("/share/{domain}")
    async def shared_dashboard(request: Request, shown: Annotated[Shown, Depends(by_link)]) -> Response:
        policy_of(shown, frame_of(request))
        if shown.is_locked:
            return ask_password(request, shown)
        return guarded(await pages.dashboard(request, shown), request, shown)

    @router.post("/share/{domain}/password", dependencies=[Depends(require_same_origin)])
    async def tell_password(
        request: Request, shown: Annotated[Shown, Depends(by_link)], password: Annotated[str, Form()] = ""
    ) -> Response:
        link, target = shown.link, pages.view_of(request, shown).urls
        answer = RedirectResponse(replace(target, view=_view(shown, request)).here(), 303)
        if link is None or not link.has_password:
            return answer
        try:
            await _check_password(link, password, client_of(request))
        except FootfallError as error:
            return ask_password(request, shown, error)
        answer.set_cookie(
            _cookie(link),
            access.proof(link),
            max_age=PROOF_SECONDS,
            path=f"/share/{shown.site.domain}",
            secure=is_https(request),
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _check_password(link: SharedLink, password: str, client: str) -> None:
        # By client and link, so that nobody's guesses keep others out.
        name = f"link {link.id} client {client}"
        guesses.spend(name)
        if not await threads.run(passwords.verify, link.password_hash, password):
            raise InvalidInput("This is not the password of this link.", field="password")
        guesses.forgive(name)

    @router.get("/{domain}")
    async def public_dashboard(request: Request, domain: str) -> Response:
        shown = await run_in_threadpool(_own_or_public, request, domain)
        if shown is None:
            query_string = query_of(request.url.query)
            return RedirectResponse(f"/sites/{domain}" + (f"?{query_string}" if query_string else ""), 303)
        return guarded(await pages.dashboard(request, shown), request, shown)

    def _own_or_public(request: Request, domain: str) -> Shown | None:
        """None for its members, who see more in their own place."""
        user = guard.visitor(request)
        if user is not None and is_member(user.id, domain):
            return None
        request.state.user = None  # a stranger here, whoever they are elsewhere
        return public(request, domain)

    for base, shown_to in (("/share/{domain}", unlocked), ("/{domain}", public)):
        _add_parts(router, base, shown_to, pages, guarded)
    return router


def _add_parts(
    router: APIRouter,
    base: str,
    shown_to: Callable[..., Shown],
    pages: SharedPages,
    guarded: Callable[[Response, Request, Shown], Response],
) -> None:
    ToThem = Annotated[Shown, Depends(shown_to)]  # noqa: N806 (a type)

    @router.get(f"{base}/panels")
    async def cards(request: Request, shown: ToThem) -> Response:
        return guarded(await pages.cards(request, shown), request, shown)

    @router.get(f"{base}/panels/{{panel}}")
    async def panel(request: Request, shown: ToThem, panel: str) -> Response:
        return guarded(await pages.panel(request, shown, panel), request, shown)

    @router.get(f"{base}/panels/{{panel}}/all")
    async def whole_list(request: Request, shown: ToThem, panel: str) -> Response:
        return guarded(await pages.whole_list(request, shown, panel), request, shown)

    @router.get(f"{base}/panels/{{panel}}/all.csv")
    async def list_file(request: Request, shown: ToThem, panel: str) -> Response:
        return await pages.list_file(request, shown, panel)

    @router.get(f"{base}/current")
    async def current(request: Request, shown: ToThem) -> Response:
        return guarded(await pages.current(request, shown), request, shown)

    @router.get(f"{base}/chart.png")
    async def picture(request: Request, shown: ToThem) -> Response:
        return await pages.picture(request, shown)


def _view(shown: Shown, request: Request) -> View:
    """The view of the address; where cities are not shown, the card of places ends with regions."""
    view = read_view(request.query_params.multi_items())
    if rules_of(shown).hides("visit:city") and view.is_narrowed_to("region") and not dict(view.tabs).get("places"):
        return view.with_tab("places", "region")
    return view


def _cookie(link: SharedLink) -> str:
    return f"footfall-link-{link.id}"


def _origin(request: Request) -> str:
    return f"{'https' if is_https(request) else 'http'}://{request.url.netloc}"
