"""The section of a site's settings in which its owner resets it, gives it away, or deletes it."""

from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any, NamedTuple, Protocol

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Place, User
from footfall.domain import Site
from footfall.domain.roles import Role
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.inviting import Inviting
from footfall.web.pages.settings_page import Reader, SettingsPage

DeleteSiteData = Callable[[Site], Awaitable[None]]


class Stored(NamedTuple):
    """What there is of a site, and would be lost."""

    events: int
    first_day: date | None
    goals: int
    segments: int
    links: int
    keys: int


class SiteData(Protocol):
    """What is asked and done about all that belongs to a site; `app` brings it."""

    def stored(self, site: Site) -> Stored:
        """Count it."""

    def reset(self, site: Site) -> int:
        """Erase all events, visits and profiles; returns how many events that were."""


def danger_reader(data: SiteData) -> Reader:
    """What the section's template shows."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        return {"stored": data.stored(site), "new_owner": "", "offered": None}

    return read


def danger_router(
    *,
    sites: SiteDirectory,
    guard: Guard,
    page: SettingsPage,
    data: SiteData,
    inviting: Inviting,
    delete_site_data: DeleteSiteData,
) -> APIRouter:
    """Make the routes below a site's settings, for its owners."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False, dependencies=[Depends(guard.form)])
    ThisSite = Annotated[Site, Depends(guard.owned_site)]  # noqa: N806 (a type)

    @router.post("/reset")
    def reset(request: Request, site: ThisSite, confirmation: Annotated[str, Form()] = "") -> Response:
        if mistyped := _mistyped(site, confirmation, "reset"):
            return page.show(request, site, "reset", mistyped)
        return page.saved(site, "reset", erased=str(data.reset(site)))

    @router.post("/transfer")
    async def transfer(
        request: Request,
        site: ThisSite,
        user: Annotated[User, Depends(guard.user)],
        email: Annotated[str, Form()] = "",
        confirmation: Annotated[str, Form()] = "",
    ) -> Response:
        """Offer it by a link, the same whether or not there is an account of this address: nobody learns which."""

        def show(error: FootfallError | None = None, **extra: Any) -> Awaitable[Response]:
            return run_in_threadpool(page.show, request, site, "transfer", error, **extra)

        try:
            if mistyped := _mistyped(site, confirmation, "transfer"):
                raise mistyped
            if email.strip().lower() == user.email:
                raise InvalidInput("This site is yours already.", field="email")
            owner = Role.OWNER
            offered = await inviting.invite(request, user, owner, Place(site_id=site.id), site.domain, email, owner)
        except FootfallError as error:
            return await show(error, new_owner=email)
        return await show(offered=offered)

    @router.post("/delete")
    async def delete_site(request: Request, site: ThisSite, confirmation: Annotated[str, Form()] = "") -> Response:
        if mistyped := _mistyped(site, confirmation, "delete"):
            return await run_in_threadpool(page.show, request, site, "delete", mistyped)
        # The site first: nothing new arrives for it while its data goes.
        await run_in_threadpool(sites.delete, site.id)
        await delete_site_data(site)
        return RedirectResponse("/sites", 303)

    return router


def _mistyped(site: Site, typed: str, verb: str) -> InvalidInput | None:
    """What is wrong where somebody did not type the site's domain to confirm what ``verb`` names."""
    if typed.strip().lower() == site.domain:
        return None
    return InvalidInput(Phrase("Type {site} to confirm.", site=site.domain), field=f"{verb}_confirmation")
