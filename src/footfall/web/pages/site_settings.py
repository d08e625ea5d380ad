"""The settings of one site: what it is, what its script records, its keys, and its end."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import SCOPES, Key, KeyRing
from footfall.domain import Site, TrackerOptions
from footfall.errors import FootfallError, InvalidInput
from footfall.sites import SiteDirectory, currencies, timezones
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Section, SettingsPage

DeleteSiteData = Callable[[Site], Awaitable[None]]


class Switch(NamedTuple):
    """One tracker option as people see it."""

    option: str
    label: str
    hint: str


SWITCHES = (
    Switch("outbound_links", "Outbound links", "A click on a link to another site is an event."),
    Switch("file_downloads", "File downloads", "A click on a link to a file is an event."),
    Switch("form_submissions", "Form submissions", "Sending a form is an event; what was entered is never read."),
    Switch("track_404_pages", "Pages not found", "A page that says it is missing is an event."),
    Switch("hash_based_routing", "Routes after #", "A change of the part after # is a view."),
    Switch("track_localhost", "Localhost", "Views on a developer's own machine count."),
    Switch("respect_dnt", "Do Not Track", "Visitors who ask not to be tracked are not counted."),
)
# A key of one site cannot list or create sites.
KEY_SCOPES = {scope: SCOPES[scope] for scope in ("stats:read", "events:write")}
# Days until a key expires, as people choose; 0: it works until it is revoked.
KEY_DAYS = {0: "until it is revoked", 30: "for 30 days", 90: "for 90 days", 365: "for a year"}


def general_section(keys: KeyRing) -> Section:
    """What the templates of the options and keys read."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        return {
            "new_key": "",
            "keys": [(key, _last_used(key, site)) for key in keys.of_site(site.id)],
            "key_scopes": KEY_SCOPES,
            "key_days": KEY_DAYS,
            "switches": SWITCHES,
            "timezones": timezones(),
            "currencies": currencies(),
        }

    return read


def site_settings_router(
    *,
    sites: SiteDirectory,
    keys: KeyRing,
    guard: Guard,
    page: SettingsPage,
    delete_site_data: DeleteSiteData,
) -> APIRouter:
    """Make `/sites/{domain}/settings` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings", include_in_schema=False)
    own_site = Depends(guard.managed_site)
    own_form = [Depends(guard.form)]

    def save(request: Request, site: Site, section: str, **changes: Any) -> Response:
        try:
            changed = sites.update(site.id, **changes)
        except FootfallError as error:
            return page.show(request, site, section=section, error=error)
        return page.saved(changed, section)

    @router.get("")
    def settings(request: Request, site: Annotated[Site, own_site]) -> Response:
        return page.show(request, site)

    @router.post("/general", dependencies=own_form)
    def save_general(
        request: Request,
        site: Annotated[Site, own_site],
        new_domain: Annotated[str, Form()],
        timezone: Annotated[str, Form()],
        currency: Annotated[str, Form()],
    ) -> Response:
        return save(request, site, "general", domain=new_domain, timezone=timezone, currency=currency)

    @router.post("/tracker", dependencies=own_form)
    def save_tracker(
        request: Request, site: Annotated[Site, own_site], on: Annotated[list[str] | None, Form()] = None
    ) -> Response:
        chosen = on or []
        tracker = TrackerOptions(**{switch.option: switch.option in chosen for switch in SWITCHES})
        return save(request, site, "tracker", tracker=tracker)

    @router.post("/hostnames", dependencies=own_form)
    def save_hostnames(
        request: Request, site: Annotated[Site, own_site], hostnames: Annotated[str, Form()] = ""
    ) -> Response:
        return save(request, site, "hostnames", allowed_hostnames=hostnames.split())

    @router.post("/data", dependencies=own_form)
    def save_data(
        request: Request,
        site: Annotated[Site, own_site],
        identity_mode: Annotated[str, Form()],
        retention_days: Annotated[int, Form()],
        properties_per_event: Annotated[int, Form()],
        monthly_events: Annotated[int, Form()],
        query_parameters: Annotated[str, Form()] = "",
        public_counter: Annotated[bool, Form()] = False,
    ) -> Response:
        return save(
            request,
            site,
            "data",
            identity_mode=identity_mode,
            retention_days=retention_days,
            properties_per_event=properties_per_event,
            monthly_events=monthly_events,
            query_parameters=query_parameters.split(),
            public_counter=public_counter,
        )

    @router.post("/keys", dependencies=own_form)
    def create_key(
        request: Request,
        site: Annotated[Site, own_site],
        scope: Annotated[list[str] | None, Form()] = None,
        expires_days: Annotated[int, Form()] = 0,
    ) -> Response:
        try:
            _check_key_scopes(scope or [])
            new_key = keys.create(scope or [], site_id=site.id, expires_days=expires_days or None)
        except FootfallError as error:
            return page.show(request, site, section="keys", error=error)
        return page.show(request, site, section="keys", new_key=new_key)

    @router.post("/keys/{key_id}/revoke", dependencies=own_form)
    def revoke_key(site: Annotated[Site, own_site], key_id: int) -> Response:
        keys.revoke(key_id, site.id)
        return page.saved(site, "keys")

    @router.post("/delete", dependencies=own_form)
    async def delete_site(
        request: Request, site: Annotated[Site, own_site], confirmation: Annotated[str, Form()] = ""
    ) -> Response:
        if confirmation.strip().lower() != site.domain:
            error = InvalidInput(f"Type {site.domain} to delete it.", field="confirmation")
            return await run_in_threadpool(page.show, request, site, section="delete", error=error)
        # The site first: nothing new arrives for it while its data goes.
        await run_in_threadpool(sites.delete, site.id)
        await delete_site_data(site)
        return RedirectResponse("/sites", 303)

    return router


def _last_used(key: Key, site: Site) -> str:
    used = f"last used on {_day(key.last_used_ms, site)}" if key.last_used_ms is not None else "never used"
    return f"{used}, ends on {_day(key.expires_ms, site)}" if key.expires_ms is not None else used


def _day(moment_ms: int, site: Site) -> str:
    return datetime.fromtimestamp(moment_ms / 1000, site.zone).date().isoformat()


def _check_key_scopes(scopes: list[str]) -> None:
    if not scopes or not set(scopes) <= KEY_SCOPES.keys():
        raise InvalidInput("Choose at least one thing the key may do.", field="scopes")
