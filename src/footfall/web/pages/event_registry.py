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


class EventRegistryPage:
    """Shows the section after whatever was asked of it; ``listed_of`` asks the store, too, what there is of a site."""

    def __init__(self, settings: SettingsPage, listed_of: Callable[[Site], Awaitable[ListedRegistry]]) -> None:
        self._settings = settings
        self._listed_of = listed_of

    async def show(self, request: Request, site: Site, error: FootfallError | None = None) -> Response:
        """Show it, with what went wrong if something did."""
        listed = await self._listed_of(site)
        extra: dict[str, Any] = {
            "listed": listed,
            "is_full": {kind.value: kind in listed.full for kind in Kind},
            "type_names": TYPES,
        }
        return await run_in_threadpool(self._settings.show, request, site, "registry", error, **extra)

    def saved(self, site: Site) -> Response:
        """Lead back to it."""
        return self._settings.saved(site, "registry")


def event_registry_pages_router(
    *,
    registry: EventRegistry,
    sites: SiteDirectory,
    guard: Guard,
    page: EventRegistryPage,
) -> APIRouter:
    """Make `/sites/{domain}/settings/events` for the editors of a site; include it before the other sections."""
    router = APIRouter(prefix="/sites/{domain}/settings/events", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.edited_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    @router.get("")
    async def list_events(request: Request, site: ThisSite) -> Response:
        return await page.show(request, site)

    @router.post("/description", dependencies=own_form)
    async def describe_event(request: Request, site: ThisSite, name: _Text = "", description: _Text = "") -> Response:
        try:
            await run_in_threadpool(registry.describe, site.id, name, description)
        except FootfallError as error:
            return await page.show(request, site, error)
        return page.saved(site)

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
            return await page.show(request, site, error)
        return page.saved(site)

    @router.post("/forget", dependencies=own_form)
    async def forget(request: Request, site: ThisSite, kind: Annotated[Kind, Form()], text: _Text = "") -> Response:
        try:
            await run_in_threadpool(registry.forget, site.id, kind, text)
        except FootfallError as error:
            return await page.show(request, site, error)
        return page.saved(site)

    return router
