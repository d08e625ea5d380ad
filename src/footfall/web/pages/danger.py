"""The section of a site's settings in which its owner resets it, gives it away, or deletes it; and the export."""

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
ExportEvents = Callable[[Site, str, dict[str, str]], Awaitable[Response]]
FORMATS = {"csv": "CSV", "jsonl": "JSON lines", "parquet": "Parquet"}


class Stored(NamedTuple):
    """What there is of a site, and would be lost."""

    events: int
    first_day: date | None
    goals: int
    segments: int
    links: int
    keys: int


class Belongings(Protocol):
    """What is asked and done about all that belongs to a site; `app` brings it."""

    def stored(self, site: Site) -> Stored:
        """Count it."""

    def reset(self, site: Site) -> int:
        """Erase all events, visits and profiles; returns how many events that were."""


def danger_reader(belongings: Belongings) -> Reader:
    """What the section's template shows."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        return {"stored": belongings.stored(site), "new_owner": "", "offered": None}

    return read


def export_reader(belongings: Belongings) -> Reader:
    """What the template of the export shows."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        return {"stored": belongings.stored(site), "formats": FORMATS}

    return read


def danger_router(
    *,
    sites: SiteDirectory,
    guard: Guard,
    page: SettingsPage,
    belongings: Belongings,
    inviting: Inviting,
    delete_site_data: DeleteSiteData,
    export_events: ExportEvents,
) -> APIRouter:
    """Make the routes below a site's settings, for its owners."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False)
    own_site = Depends(guard.owned_site)
    managed_site = Depends(guard.managed_site)
    own_form = [Depends(guard.form)]

    def is_confirmed(site: Site, typed: str) -> bool:
        return typed.strip().lower() == site.domain

    def mistyped(site: Site, verb: str) -> InvalidInput:
        return InvalidInput(Phrase("Type {site} to confirm.", site=site.domain), field=f"{verb}_confirmation")

    @router.post("/reset", dependencies=own_form)
    def reset(request: Request, site: Annotated[Site, own_site], confirmation: Annotated[str, Form()] = "") -> Response:
        if not is_confirmed(site, confirmation):
            return page.show(request, site, "reset", mistyped(site, "reset"))
        return page.saved(site, "reset", erased=str(belongings.reset(site)))

    @router.post("/transfer", dependencies=own_form)
    async def transfer(
        request: Request,
        site: Annotated[Site, own_site],
        user: Annotated[User, Depends(guard.user)],
        email: Annotated[str, Form()] = "",
        confirmation: Annotated[str, Form()] = "",
    ) -> Response:
        """Offer it by a link, the same whether or not there is an account of this address: nobody learns which."""

        def show(error: FootfallError | None = None, **extra: Any) -> Awaitable[Response]:
            return run_in_threadpool(page.show, request, site, "transfer", error, **extra)

        try:
            if not is_confirmed(site, confirmation):
                raise mistyped(site, "transfer")
            if email.strip().lower() == user.email:
                raise InvalidInput("This site is yours already.", field="email")
            owner = Role.OWNER
            offered = await inviting.invite(request, user, owner, Place(site_id=site.id), site.domain, email, owner)
        except FootfallError as error:
            return await show(error, new_owner=email)
        return await show(offered=offered)

    @router.post("/delete", dependencies=own_form)
    async def delete_site(
        request: Request, site: Annotated[Site, own_site], confirmation: Annotated[str, Form()] = ""
    ) -> Response:
        if not is_confirmed(site, confirmation):
            return await run_in_threadpool(page.show, request, site, "delete", mistyped(site, "delete"))
        # The site first: nothing new arrives for it while its data goes.
        await run_in_threadpool(sites.delete, site.id)
        await delete_site_data(site)
        return RedirectResponse("/sites", 303)

    # Posted, so that nothing but this page starts it.
    @router.post("/export", dependencies=own_form)
    async def export(
        site: Annotated[Site, managed_site], form: Annotated[str, Form(alias="format")] = "csv"
    ) -> Response:
        if form not in FORMATS:
            raise InvalidInput(f"The format must be one of {', '.join(FORMATS)}.", field="format")
        name = f"{site.domain}-events.{form}"
        headers = {"content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"}
        return await export_events(site, form, headers)

    return router
