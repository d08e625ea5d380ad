"""The section of a site's settings in which its owner makes and revokes keys."""

from datetime import date, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request, Response

from footfall.accounts import SCOPES, Key, KeyRing
from footfall.domain import Site
from footfall.errors import FootfallError, InvalidInput
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Reader, SettingsPage

# A key of one site cannot list or create sites.
KEY_SCOPES = {scope: SCOPES[scope] for scope in ("stats:read", "events:write")}
# Days until a key expires, as people choose; 0: it works until it is revoked.
KEY_DAYS = {
    0: Phrase("until it is revoked"),
    30: Phrase("for 30 days"),
    90: Phrase("for 90 days"),
    365: Phrase("for a year"),
}


def keys_reader(keys: KeyRing) -> Reader:
    """What the section's template shows."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        listed = [(key, _last_used(key, site)) for key in keys.of_site(site.id)]
        return {"new_key": "", "keys": listed, "key_scopes": KEY_SCOPES, "key_days": KEY_DAYS}

    return read


def keys_router(*, keys: KeyRing, guard: Guard, page: SettingsPage) -> APIRouter:
    """Make `/sites/{domain}/settings/keys` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings/keys", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    @router.post("", dependencies=own_form)
    def create_key(
        request: Request,
        site: ThisSite,
        scope: Annotated[list[str] | None, Form()] = None,
        expires_days: Annotated[int, Form()] = 0,
    ) -> Response:
        try:
            _check_key_scopes(scope or [])
            new_key = keys.create(scope or [], site_id=site.id, expires_days=expires_days or None)
        except FootfallError as error:
            return page.show(request, site, "keys", error)
        return page.show(request, site, "keys", new_key=new_key)

    @router.post("/{key_id}/revoke", dependencies=own_form)
    def revoke_key(site: ThisSite, key_id: int) -> Response:
        keys.revoke(key_id, site.id)
        return page.saved(site, "keys")

    return router


def _last_used(key: Key, site: Site) -> Phrase:
    used = Phrase("never used")
    if key.last_used_ms is not None:
        used = Phrase("last used on {day}", day=_day(key.last_used_ms, site))
    if key.expires_ms is None:
        return used
    return Phrase("{used}, ends on {day}", used=used, day=_day(key.expires_ms, site))


def _day(moment_ms: int, site: Site) -> date:
    return datetime.fromtimestamp(moment_ms / 1000, site.zone).date()


def _check_key_scopes(scopes: list[str]) -> None:
    if not scopes or not set(scopes) <= KEY_SCOPES.keys():
        raise InvalidInput("Choose at least one thing the key may do.", field="scopes")
