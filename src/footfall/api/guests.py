"""`/api/v1/sites/guests` in the shape of Plausible's Sites API: who sees one site without being in its team."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Caller, Invitations, Place
from footfall.api.body import read_body, text_field
from footfall.api.errors import TextErrorRoute
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.api.paging import AskedPage, page_of
from footfall.api.sites import site_of_caller
from footfall.domain import Site
from footfall.domain.roles import GIVES, Role
from footfall.errors import InvalidInput, NotAllowed, NotFound
from footfall.sites import SiteDirectory

# Owners of a site are the owners of its team.
_ROLES = (Role.VIEWER, Role.EDITOR, Role.ADMIN)

InviteGuest = Callable[[Request, int, Site, str, Role], Awaitable[str]]
"""Invites an address to a site, as this person; tells the link where no mail went out, else an empty text."""


def guests_router(*, sites: SiteDirectory, invitations: Invitations, invite: InviteGuest, keys: Keys) -> APIRouter:
    """Make the routes of guests, for keys that may change the site; include them before those of sites."""
    router = APIRouter(prefix="/api/v1/sites/guests", tags=["sites"], route_class=TextErrorRoute)
    writer = Depends(caller_with(keys, "sites:write", SITES_WORDS))

    def known(site: Site) -> list[dict[str, Any]]:
        """Guests and those who are invited, by address."""
        accepted = [_shown(guest.email, guest.role, accepted=True) for guest in sites.guests(site.id)]
        offers = invitations.open_at(Place(site_id=site.id))
        invited = [_shown(offer.email, offer.role, accepted=False) for offer in offers]
        return sorted([*accepted, *invited], key=lambda shown: (shown["email"], shown["status"]))

    @router.get("")
    def list_guests(site_id: str, caller: Annotated[Caller, writer], asked: AskedPage) -> dict[str, Any]:
        listed = known(site_of_caller(sites, caller, site_id))
        page = page_of(range(len(listed)), int, asked)
        return {"guests": [listed[number] for number in page.items], "meta": page.meta}

    @router.put("")
    async def find_or_invite_guest(request: Request, caller: Annotated[Caller, writer]) -> dict[str, Any]:
        fields = await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        email, role = text_field(fields, "email").strip().lower(), _role(text_field(fields, "role"))
        found = _of(email, await run_in_threadpool(known, site))
        if found is not None:
            return found
        if caller.owner_id is None:
            raise NotAllowed("A key of one site invites nobody; use one of a person.")
        url = await invite(request, caller.owner_id, site, email, role)
        return _shown(email, role, accepted=False) | ({"invitation_url": url} if url else {})

    @router.delete("/{email}")
    async def remove_guest(request: Request, email: str, caller: Annotated[Caller, writer]) -> dict[str, str]:
        fields = dict(request.query_params) | await read_body(request)
        site = site_of_caller(sites, caller, text_field(fields, "site_id"))
        await run_in_threadpool(remove, site, email.strip().lower(), caller)
        return {"deleted": "true"}  # text, as clients of this API expect

    def remove(site: Site, email: str, caller: Caller) -> None:
        giver = sites.role(caller.owner_id, site.id) if caller.owner_id is not None else Role.ADMIN
        guests = [guest for guest in sites.guests(site.id) if guest.email == email]
        offers = [offer for offer in invitations.open_at(Place(site_id=site.id)) if offer.email == email]
        if not guests and not offers:
            raise NotFound("This site has no such guest; they may have left.")
        for guest in guests:
            if guest.role not in GIVES[giver or Role.VIEWER]:
                raise NotAllowed("Only an owner of this site may do this; ask one to do so.")
            sites.remove_guest(site.id, guest.user_id)
        for offer in offers:
            invitations.withdraw(offer.id, offer.place)

    return router


def _shown(email: str, role: Role, *, accepted: bool) -> dict[str, Any]:
    """One guest; clients of different ages look for ``status`` or for ``accepted``."""
    return {
        "email": email,
        "role": role.value,
        "status": "accepted" if accepted else "invited",
        "accepted": accepted,
    }


def _of(email: str, listed: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    return next((shown for shown in listed if shown["email"] == email), None)


def _role(text: str) -> Role:
    if text not in _ROLES:
        raise InvalidInput(f"Parameter `role` must be one of {', '.join(_ROLES)}.", field="role")
    return Role(text)
