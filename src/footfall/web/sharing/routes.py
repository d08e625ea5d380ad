"""The routes of `/share/{domain}` and `/{domain}`: whom they let in, and what they answer."""

from collections.abc import Callable
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.errors import FootfallError
from footfall.sites import Shown
from footfall.web.forms import require_same_origin
from footfall.web.sharing.admittance import Admittance, LinkPasswords
from footfall.web.sharing.embed import frame_of, policy_of
from footfall.web.sharing.pages import SharedPages, view_shown
from footfall.web.sharing.urls import query_of


def shared_router(*, pages: SharedPages, admittance: Admittance, link_passwords: LinkPasswords) -> APIRouter:
    """Make the routes; include them last, for `/{domain}` reads as any page."""
    router = APIRouter(include_in_schema=False)
    ByLink = Annotated[Shown, Depends(admittance.by_link)]  # noqa: N806 (a type)

    @router.get("/share/{domain}")
    async def shared_dashboard(request: Request, shown: ByLink) -> Response:
        policy_of(shown, frame_of(request))
        if shown.is_locked:
            return pages.ask_password(request, shown)
        return _guarded(await pages.dashboard(request, shown), request, shown)

    @router.post("/share/{domain}/password", dependencies=[Depends(require_same_origin)])
    async def tell_password(request: Request, shown: ByLink, password: Annotated[str, Form()] = "") -> Response:
        link, target = shown.link, pages.view_of(request, shown).urls
        answer = RedirectResponse(replace(target, view=view_shown(shown, request)).here(), 303)
        if link is None or not link.has_password:
            return answer
        try:
            await link_passwords.check(request, link, password)
        except FootfallError as error:
            return pages.ask_password(request, shown, error)
        link_passwords.carry_proof(request, answer, link, shown.site.domain)
        return answer

    @router.get("/{domain}")
    async def public_dashboard(request: Request, domain: str) -> Response:
        shown = await run_in_threadpool(admittance.own_or_public, request, domain)
        if shown is None:
            query_string = query_of(request.url.query)
            return RedirectResponse(f"/sites/{domain}" + (f"?{query_string}" if query_string else ""), 303)
        return _guarded(await pages.dashboard(request, shown), request, shown)

    for base, shown_to in (("/share/{domain}", admittance.unlocked), ("/{domain}", admittance.public)):
        _add_parts(router, base, shown_to, pages)
    return router


def _add_parts(router: APIRouter, base: str, shown_to: Callable[..., Shown], pages: SharedPages) -> None:
    """Add what is below a dashboard, by a link or without one."""
    ToThem = Annotated[Shown, Depends(shown_to)]  # noqa: N806 (a type)

    @router.get(f"{base}/panels")
    async def cards(request: Request, shown: ToThem) -> Response:
        return _guarded(await pages.cards(request, shown), request, shown)

    @router.get(f"{base}/panels/{{panel}}")
    async def panel(request: Request, shown: ToThem, panel: str) -> Response:
        return _guarded(await pages.panel(request, shown, panel), request, shown)

    @router.get(f"{base}/panels/{{panel}}/all")
    async def whole_list(request: Request, shown: ToThem, panel: str) -> Response:
        return _guarded(await pages.whole_list(request, shown, panel), request, shown)

    @router.get(f"{base}/panels/{{panel}}/all.csv")
    async def list_file(request: Request, shown: ToThem, panel: str) -> Response:
        return await pages.list_file(request, shown, panel)

    @router.get(f"{base}/current")
    async def current(request: Request, shown: ToThem) -> Response:
        return _guarded(await pages.current(request, shown), request, shown)

    @router.get(f"{base}/chart.png")
    async def picture(request: Request, shown: ToThem) -> Response:
        return await pages.picture(request, shown)


def _guarded(answer: Response, request: Request, shown: Shown) -> Response:
    """The answer with who may show it in a frame."""
    answer.headers["content-security-policy"] = policy_of(shown, frame_of(request))
    return answer
