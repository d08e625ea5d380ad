"""`/api/v1/sites/custom-props` in the shape of Plausible's Sites API: the properties an owner has named.

Naming one changes nothing that is counted: every property of an event is kept, named or not.
"""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller
from footfall.errors import NotFound
from footfall.sites import SiteDirectory


def custom_properties_router(*, sites: SiteDirectory, keys: Keys) -> APIRouter:
    """Make the routes of named properties; include them before those of sites."""
    router = APIRouter(prefix="/api/v1/sites/custom-props", tags=["sites"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    @router.get("")
    def list_properties(site_id: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        site = site_of_caller(sites, caller, site_id)
        return {"custom_properties": [{"property": name} for name in site.custom_properties]}

    @router.put("")
    async def name_property(request: Request, caller: Annotated[Caller, writer]) -> dict[str, bool]:
        fields = await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        names = [*site.custom_properties, text_field(fields, "property")]
        await run_in_threadpool(sites.update, site.id, custom_properties=names)
        return {"created": True}

    @router.delete("/{name:path}")
    async def forget_property(request: Request, name: str, caller: Annotated[Caller, writer]) -> dict[str, str]:
        fields = dict(request.query_params) | await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        if name not in site.custom_properties:
            raise NotFound("This site has no such property; it may have been removed already.")
        names = [one for one in site.custom_properties if one != name]
        await run_in_threadpool(sites.update, site.id, custom_properties=names)
        return {"deleted": "true"}  # text, as clients of this API expect

    return router
