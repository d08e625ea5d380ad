"""Shared links for programs: find or create as Plausible's Sites API has it, and routes of our own."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller, HashingThreads, Passwords
from footfall.api.body import read_body, text_field
from footfall.api.errors import ShapedErrorRoute, TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.sites import site_of_caller, site_of_caller_by_id
from footfall.domain import Site
from footfall.errors import InvalidInput
from footfall.sites import Segments, SharedLink, SharedLinks, SiteDirectory

_Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
UrlOf = Callable[[Request, Site, SharedLink], str]


def shared_links_wire_router(*, sites: SiteDirectory, links: SharedLinks, keys: Keys, url_of: UrlOf) -> APIRouter:
    """Make the route of Plausible's clients; include it before those of sites."""
    router = APIRouter(prefix="/api/v1/sites/shared-links", tags=["shared links"], route_class=TextErrorRoute)
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    @router.put("")
    async def find_or_create_link(request: Request, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        fields = await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        link = await run_in_threadpool(links.find_or_add, site.id, text_field(fields, "name"))
        return {"name": link.name, "url": url_of(request, site, link)}

    return router


def shared_links_router(
    *,
    sites: SiteDirectory,
    links: SharedLinks,
    segments: Segments,
    keys: Keys,
    passwords: Passwords,
    threads: HashingThreads,
    url_of: UrlOf,
) -> APIRouter:
    """Make `/api/v1/sites/PUBLIC_ID/shared-links`."""
    router = APIRouter(
        prefix="/api/v1/sites/{public_id}/shared-links", tags=["shared links"], route_class=ShapedErrorRoute
    )
    writer = Depends(caller_with(keys, "sites:write"))

    @router.get("")
    def list_links(request: Request, public_id: str, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        return {"shared_links": [_shown(one, url_of(request, site, one)) for one in links.of_site(site.id)]}

    @router.post("", status_code=201)
    async def create_link(request: Request, public_id: str, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        site = site_of_caller_by_id(sites, caller, public_id)
        fields = await read_body(request)
        name, password = text_field(fields, "name"), fields.get("password")
        given = {
            **_segment(await run_in_threadpool(segments.seen_by, site.id, None), fields),
            "embedded_by": _origins(fields),
            "expires_ms": _expires_ms(fields),
        }
        if password is not None:
            given["password_hash"] = await threads.run(passwords.hash, text_field(fields, "password"))
        link = await run_in_threadpool(lambda: links.add(site.id, name, **given))
        return _shown(link, url_of(request, site, link))

    @router.delete("/{link_id}")
    def delete_link(public_id: str, link_id: _Number, caller: Annotated[Caller, writer]) -> dict[str, str]:
        site = site_of_caller_by_id(sites, caller, public_id)
        links.delete(site.id, link_id)
        return {"deleted": "true"}

    return router


def _shown(link: SharedLink, url: str) -> dict[str, Any]:
    ends = link.expires_ms and datetime.fromtimestamp(link.expires_ms / 1000, UTC).isoformat(timespec="seconds")
    return {
        "id": link.id,
        "name": link.name,
        "url": url,
        "has_password": link.has_password,
        "segment": link.segment_name or None,
        "embedded_by": list(link.embedded_by),
        "expires_at": ends or None,
    }


def _segment(known: list[Any], fields: dict[str, Any]) -> dict[str, Any]:
    wanted = fields.get("segment_id")
    if wanted is None:
        return {}
    found = next((one for one in known if one.id == wanted), None)
    if found is None:
        raise InvalidInput("This site has no such segment for all members.", field="segment_id")
    return {"segment_name": found.name, "segment_filters": found.filters}


def _origins(fields: dict[str, Any]) -> list[str]:
    given = fields.get("embedded_by", [])
    if not isinstance(given, list) or not all(isinstance(one, str) for one in given):
        raise InvalidInput("Parameter `embedded_by` must be a list of origins.", field="embedded_by")
    return given


def _expires_ms(fields: dict[str, Any]) -> int | None:
    given = fields.get("expires_at")
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
        if moment.tzinfo is None:
            raise ValueError
        return int(moment.timestamp() * 1000)
    except (TypeError, ValueError, OverflowError):
        text = "Parameter `expires_at` must be a moment with its zone, such as 2026-12-31T23:59:59Z."
        raise InvalidInput(text, field="expires_at") from None
