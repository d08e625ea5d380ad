"""The section of a site's settings that lists its events: what each means, and which properties they carry.

Editors see and change it, where the other sections are for owners and admins.
"""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.reports.event_registry import ListedRegistry
from footfall.sites import EventRegistry, Kind, SiteDirectory, with_allowed
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import SettingsPage

TYPES = {str(name): name for name in (Phrase("boolean"), Phrase("number"), Phrase("date"), Phrase("text"))}
"""What the values of a property are, as people read it."""
_Text = Annotated[str, Form()]
_Switch = Annotated[bool, Form()]


def event_registry_pages_router(
    *,
    registry: EventRegistry,
    listed_of: Callable[[Site], Awaitable[ListedRegistry]],
    sites: SiteDirectory,
    guard: Guard,
    page: SettingsPage,
) -> APIRouter:
    """Make `/sites/{domain}/settings/events` for the editors of a site; include it before the other sections.

    ``listed_of`` asks the store, too, what there is of a site.
    """
    router = APIRouter(prefix="/sites/{domain}/settings/events", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.edited_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    async def show(request: Request, site: Site, error: FootfallError | None = None) -> Response:
        listed = await listed_of(site)
        extra: dict[str, Any] = {
            "listed": listed,
            "is_full": {kind.value: kind in listed.full for kind in Kind},
            "type_names": TYPES,
        }
        return await run_in_threadpool(page.show, request, site, "registry", error, **extra)

    @router.get("")
    async def list_events(request: Request, site: ThisSite) -> Response:
        return await show(request, site)

    @router.post("/description", dependencies=own_form)
    async def describe_event(request: Request, site: ThisSite, name: _Text = "", description: _Text = "") -> Response:
        try:
            await run_in_threadpool(registry.describe, site.id, name, description)
        except FootfallError as error:
            return await show(request, site, error)
        return page.saved(site, "registry")

    @router.post("/property", dependencies=own_form)
    async def change_property(
        request: Request,
        site: ThisSite,
        key: _Text = "",
        display_name: _Text = "",
        is_allowed: _Switch = False,
        is_hidden: _Switch = False,
    ) -> Response:
        def change() -> None:
            registry.change_property(site.id, key, display_name=display_name, is_hidden=is_hidden)
            if is_allowed != (key in site.custom_properties):
                sites.update(site.id, custom_properties=with_allowed(site, key, is_allowed))

        try:
            await run_in_threadpool(change)
        except FootfallError as error:
            return await show(request, site, error)
        return page.saved(site, "registry")

    @router.post("/forget", dependencies=own_form)
    async def forget(request: Request, site: ThisSite, kind: Annotated[Kind, Form()], text: _Text = "") -> Response:
        try:
            await run_in_threadpool(registry.forget, site.id, kind, text)
        except FootfallError as error:
            return await show(request, site, error)
        return page.saved(site, "registry")

    return router
