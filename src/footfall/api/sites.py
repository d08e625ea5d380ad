"""`/api/v1/sites` in the shape of Plausible's Sites API, with our ``public_id`` beside each site."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

import msgspec
from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller, Membership, Teams
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.paging import AskedPage, page_of
from footfall.domain import Site, TrackerOptions
from footfall.domain.roles import RIGHTS, Right
from footfall.errors import InvalidInput, NotAllowed, NotFound
from footfall.sites import SiteDirectory

# Options of Plausible's script that ours shares by name; the rest of its list is always on here, or has no meaning.
_SHARED_OPTIONS = ("outbound_links", "file_downloads", "form_submissions", "track_404_pages", "hash_based_routing")
_ALWAYS = {"installation_type": "manual", "revenue_tracking": True, "tagged_events": False, "pageview_props": True}
_TRUTH = {"true": True, "false": False, True: True, False: False}
_CHANGEABLE = ("domain", "timezone")
# Options Plausible's API does not know, with the type of each in JSON.
_OWN_OPTIONS: dict[str, type] = {
    "currency": str,
    "identity_mode": str,
    "week_start": str,
    "retention_days": int,
    "properties_per_event": int,
    "monthly_events": int,
    "public_counter": bool,
    "public_dashboard": bool,
    "public_small_groups": bool,
    "public_cities": bool,
    "allowed_hostnames": list,
    "query_parameters": list,
    "custom_domain": str,
    "script_path": str,
    "intake_path": str,
}


def sites_router(
    *, sites: SiteDirectory, teams: Teams, keys: Keys, delete_site_data: Callable[[Site], Awaitable[None]]
) -> APIRouter:
    """Make the routes of sites; include those of goals first, for `/sites/goals` also reads as a site."""
    router = APIRouter(prefix="/api/v1/sites", tags=["sites"], route_class=TextErrorRoute)
    reader = Depends(caller_with(keys, "sites:read", SITES_WORDS))
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    @router.get("")
    def list_sites(caller: Annotated[Caller, reader], asked: AskedPage, team_id: str = "") -> dict[str, Any]:
        listed = sites.of_team(_team_of_caller(teams, caller, team_id).team.id) if team_id else sites.all()
        mine = sorted((site for site in listed if caller.may_use(site.id)), key=_number)
        page = page_of(mine, _number, asked)
        shown = [_named(site, "domain", "timezone", "public_id") for site in page.items]
        return {"sites": shown, "meta": page.meta}

    @router.post("")
    async def create_site(request: Request, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        if caller.owner_id is None:
            raise NotAllowed("A key of one site cannot create others; use one of a person.")
        fields = await read_body(request)
        options = _options(fields, TrackerOptions())
        domain, timezone = text_field(fields, "domain"), text_field(fields, "timezone", "Etc/UTC")
        given: dict[str, Any] = {"domain": domain, "timezone": timezone} | options
        if fields.get("team_id"):
            chosen = await run_in_threadpool(_team_of_caller, teams, caller, text_field(fields, "team_id"))
            if Right.MANAGE not in RIGHTS[chosen.role]:
                raise NotAllowed("Name a team in which you are an owner or admin.", field="team_id")
            given["team_id"] = chosen.team.id
        return shown(await run_in_threadpool(sites.create, owner_id=caller.owner_id, **given))

    @router.get("/{domain}")
    def get_site(domain: str, caller: Annotated[Caller, reader]) -> dict[str, Any]:
        return shown(site_of_caller(sites, caller, domain))

    @router.put("/{domain}")
    async def change_site(request: Request, domain: str, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        site = site_of_caller(sites, caller, domain)
        fields = await read_body(request)
        changes = {name: text_field(fields, name) for name in _CHANGEABLE if name in fields}
        changes |= _options(fields, site.tracker)
        if not changes:
            raise InvalidInput("Send a new domain, timezone, tracker_script_configuration or another option.")
        return shown(await run_in_threadpool(sites.update, site.id, **changes))

    @router.delete("/{domain}")
    async def delete_site(domain: str, caller: Annotated[Caller, writer]) -> dict[str, str]:
        site = site_of_caller(sites, caller, domain)
        if caller.owner_id is not None and not sites.may(caller.owner_id, site.id, Right.OWN, by_key=True):
            raise NotAllowed("Only an owner of this site can delete it; ask one to do so.")
        await run_in_threadpool(sites.delete, site.id)
        await delete_site_data(site)
        return {"deleted": "true"}  # text, as clients of this API expect

    return router


def _team_of_caller(teams: Teams, caller: Caller, team_id: str) -> Membership:
    if caller.owner_id is None:
        raise NotFound("A key of one site belongs to no team.", field="team_id")
    return teams.membership(caller.owner_id, team_id)


def site_of_caller(sites: SiteDirectory, caller: Caller, domain: str) -> Site:
    """Return the site the caller names; raises NotFound for one that does not exist or is not the caller's."""
    return _reached(sites.by_domain(domain), caller)


def site_of_caller_by_id(sites: SiteDirectory, caller: Caller, public_id: str) -> Site:
    """Return the site of a public id, or of a domain; raises NotFound likewise."""
    return _reached(sites.by_public_id(public_id) or sites.by_domain(public_id), caller)


def _reached(site: Site | None, caller: Caller) -> Site:
    if site is None or not caller.may_use(site.id):
        raise NotFound("Site could not be found", field="site_id")
    return site


def shown(site: Site) -> dict[str, Any]:
    """Return a site as the API shows it."""
    tracker = {name: getattr(site.tracker, name) for name in _SHARED_OPTIONS}
    return _named(site, "domain", "timezone", "public_id", *_OWN_OPTIONS) | {
        "custom_properties": list(site.custom_properties),
        "tracker_script_configuration": {"id": site.public_id} | _ALWAYS | tracker,
    }


def _options(fields: dict[str, Any], current: TrackerOptions) -> dict[str, Any]:
    return _own_options(fields) | _tracker_options(fields, current)


def _own_options(fields: dict[str, Any]) -> dict[str, Any]:
    given = {name: fields[name] for name in _OWN_OPTIONS if name in fields}
    for name, value in given.items():
        if type(value) is not _OWN_OPTIONS[name] or (type(value) is list and not _are_texts(value)):
            raise InvalidInput(f"Parameter `{name}` has the wrong type.", field=name)
    return given


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _tracker_options(fields: dict[str, Any], current: TrackerOptions) -> dict[str, Any]:
    given = fields.get("tracker_script_configuration")
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise InvalidInput("Parameter `tracker_script_configuration` must be an object.")
    chosen = {name: _truth(name, given[name]) for name in _SHARED_OPTIONS if name in given}
    return {"tracker": msgspec.structs.replace(current, **chosen)}


def _truth(name: str, value: Any) -> bool:
    if not isinstance(value, (str, bool)) or value not in _TRUTH:
        raise InvalidInput(f"Parameter `{name}` must be true or false.", field=name)
    return _TRUTH[value]


def _named(site: Site, *names: str) -> dict[str, Any]:
    return {name: getattr(site, name) for name in names}


def _number(site: Site) -> int:
    return site.id
