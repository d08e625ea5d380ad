"""`/api/v1/sites/PUBLIC_ID/event-registry`: names and properties of events, and what the owner says of them."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller
from footfall.api.body import read_body, text_field
from footfall.api.errors import ShapedErrorRoute
from footfall.api.keys import Keys, caller_with
from footfall.api.sites import site_of_caller_by_id
from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.reports.event_registry import ListedEvent, list_registry
from footfall.sites import EventRegistry, Kind, RegisteredProperty, SiteDirectory, with_allowed
from footfall.store import Reader

_FULL = {
    Kind.NAME: "This site has as many names of events as it may: new ones are kept as (other). Delete some here.",
    Kind.KEY: "This site has as many keys of properties as it may: new ones are left out of events. Delete some here.",
}


def event_registry_router(*, sites: SiteDirectory, registry: EventRegistry, keys: Keys, reader: Reader) -> APIRouter:
    """Make the routes: whoever reads statistics may read the registry, an owner's key changes it."""
    router = APIRouter(
        prefix="/api/v1/sites/{public_id}/event-registry", tags=["event registry"], route_class=ShapedErrorRoute
    )
    may_read = Depends(caller_with(keys, "stats:read"))
    may_write = Depends(caller_with(keys, "sites:write"))

    @router.get("")
    async def read_registry(public_id: str, caller: Annotated[Caller, may_read]) -> dict[str, Any]:
        """Tell every custom name with its figures and properties, and every property with how it is shown."""
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        listed = await list_registry(reader, registry, site)
        return {
            "events": [_event(one) for one in listed.events],
            "properties": [_property(site, one) for one in listed.properties],
            "warnings": [{"code": f"too_many_{kind}s", "warning": _FULL[kind]} for kind in listed.full],
        }

    @router.put("/events")
    async def describe_event(request: Request, public_id: str, caller: Annotated[Caller, may_write]) -> dict[str, Any]:
        """Say what an event means."""
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        fields = await read_body(request)
        name, description = text_field(fields, "name"), _text(fields, "description") or ""
        said = await run_in_threadpool(registry.describe, site.id, name, description)
        return {"name": said.name, "description": said.description}

    @router.delete("/events")
    async def forget_event(name: str, public_id: str, caller: Annotated[Caller, may_write]) -> dict[str, str]:
        """Take a name out, which makes room for another; events keep it."""
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        await run_in_threadpool(registry.forget, site.id, Kind.NAME, name)
        return {"deleted": "true"}

    @router.put("/properties")
    async def change_property(request: Request, public_id: str, caller: Annotated[Caller, may_write]) -> dict[str, Any]:
        """Allow, rename or hide a property; what is left out stays."""
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        fields = await read_body(request)
        key, display_name = text_field(fields, "key"), _text(fields, "display_name")
        is_allowed, is_hidden = _truth(fields, "allowed"), _truth(fields, "hidden")

        def change() -> dict[str, Any]:
            changed = registry.change_property(site.id, key, display_name=display_name, is_hidden=is_hidden)
            allowing = site
            if is_allowed is not None:
                allowing = sites.update(site.id, custom_properties=with_allowed(site, key, is_allowed))
            return _property(allowing, changed)

        return await run_in_threadpool(change)

    @router.delete("/properties")
    async def forget_property(key: str, public_id: str, caller: Annotated[Caller, may_write]) -> dict[str, str]:
        """Take a key out, which makes room for another; events keep it."""
        site = await run_in_threadpool(site_of_caller_by_id, sites, caller, public_id)
        await run_in_threadpool(registry.forget, site.id, Kind.KEY, key)
        return {"deleted": "true"}

    return router


def _event(one: ListedEvent) -> dict[str, Any]:
    return {
        "name": one.name,
        "description": one.description,
        "first_seen_at": _written(one.first_seen_at),
        "last_seen_at": _written(one.last_seen_at) if one.last_seen_at else None,
        "count": one.count,
        "properties": [{"key": key, "type": kind} for key, kind in one.properties],
    }


def _property(site: Site, one: RegisteredProperty) -> dict[str, Any]:
    return {
        "key": one.key,
        "display_name": one.shown_as,
        "allowed": one.key in site.custom_properties,
        "hidden": one.is_hidden,
    }


def _written(at: datetime) -> str:
    return at.isoformat(timespec="seconds")


def _text(fields: dict[str, Any], name: str) -> str | None:
    """A text that may be empty; None where it was not sent."""
    return None if name not in fields else "" if fields[name] == "" else text_field(fields, name)


def _truth(fields: dict[str, Any], name: str) -> bool | None:
    value = fields.get(name)
    if value is not None and not isinstance(value, bool):
        raise InvalidInput(f"Parameter `{name}` must be true or false.", field=name)
    return value
