"""`/api/v1/sites/PUBLIC_ID/shields`: what the owner of a site keeps out."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.errors import InvalidInput
from footfall.sites import Shield, ShieldKind, SiteDirectory, SiteShields


def shields_api_router(*, sites: SiteDirectory, shields: SiteShields, keys: Keys) -> APIRouter:
    """Make the routes of shields."""
    router = APIRouter(prefix="/api/v1/sites/{public_id}/shields", tags=["shields"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    @router.get("")
    def list_shields(public_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        return {"shields": [_shown(shield) for shield in shields.of_site(site.id)]}

    @router.post("")
    async def add_shield(request: Request, public_id: str, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        fields = await read_body(request)
        kind = _kind(text_field(fields, "kind"))
        value, label = text_field(fields, "value"), str(fields.get("label") or "")
        return _shown(await run_in_threadpool(shields.add, site.id, kind, value, label))

    @router.delete("/{shield_id}")
    def delete_shield(public_id: str, shield_id: int, caller: Annotated[Caller, writer]) -> dict[str, str]:
        shields.delete(site_of_caller_by_id(sites, caller, public_id).id, shield_id)
        return {"deleted": "true"}

    return router


def _shown(shield: Shield) -> dict[str, Any]:
    return {"id": str(shield.id), "kind": shield.kind.value, "value": shield.hint, "label": shield.label}


def _kind(text: str) -> ShieldKind:
    if text not in set(ShieldKind):
        raise InvalidInput(f"Parameter `kind` must be one of {', '.join(ShieldKind)}.", field="kind")
    return ShieldKind(text)
