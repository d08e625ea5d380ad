"""The section of a site's settings in which its owner keeps networks, countries, pages and hosts out."""

from collections.abc import Callable
from typing import Annotated, Any, NamedTuple

from fastapi import APIRouter, Depends, Form, Request, Response

from footfall.domain import Site
from footfall.errors import FootfallError
from footfall.sites import Shield, ShieldKind, SiteShields
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.pages.settings_page import Reader, SettingsPage

ClientOf = Callable[[Request], str]


class Kind(NamedTuple):
    """A kind of shield as people see it."""

    name: str
    example: str


KINDS = {
    ShieldKind.ADDRESS: Kind(Phrase("Address"), Phrase("203.0.113.7 or 2001:db8::/32")),
    ShieldKind.COUNTRY: Kind(Phrase("Country"), "DE"),
    ShieldKind.PAGE: Kind(Phrase("Page"), "/admin/**"),
    ShieldKind.HOSTNAME: Kind(Phrase("Host"), Phrase("staging.example.com or *.example.net")),
}
NOTHING_TYPED = {"kind": ShieldKind.ADDRESS, "value": "", "label": ""}


def shields_reader(shields: SiteShields, client_of: ClientOf) -> Reader:
    """What the section's template reads."""

    def read(request: Request, site: Site) -> dict[str, Any]:
        listed = [(shield, KINDS[shield.kind].name, _shown(shield)) for shield in shields.of_site(site.id)]
        return {
            "shields": listed,
            "shield_kinds": KINDS,
            "own_address": client_of(request),
            "typed_shield": NOTHING_TYPED,
        }

    return read


def shields_router(*, shields: SiteShields, guard: Guard, page: SettingsPage, client_of: ClientOf) -> APIRouter:
    """Make `/sites/{domain}/settings/shields` for the owners of a site."""
    router = APIRouter(prefix="/sites/{domain}/settings/shields", include_in_schema=False)
    ThisSite = Annotated[Site, Depends(guard.managed_site)]  # noqa: N806 (a type)
    own_form = [Depends(guard.form)]

    def add(request: Request, site: Site, kind: ShieldKind, value: str, label: str) -> Response:
        try:
            shields.add(site.id, kind, value, label)
        except FootfallError as error:
            typed = {"kind": kind, "value": value, "label": label}
            return page.show(request, site, "shields", error, typed_shield=typed)
        return page.saved(site, "shields")

    @router.post("", dependencies=own_form)
    def add_shield(
        request: Request,
        site: ThisSite,
        kind: Annotated[ShieldKind, Form()],
        value: Annotated[str, Form()] = "",
        label: Annotated[str, Form()] = "",
    ) -> Response:
        return add(request, site, kind, value, label)

    @router.post("/own-address", dependencies=own_form)
    def add_own_address(request: Request, site: ThisSite) -> Response:
        return add(request, site, ShieldKind.ADDRESS, _own_network(client_of(request)), "My own address")

    @router.post("/{shield_id}/remove", dependencies=own_form)
    def remove_shield(site: ThisSite, shield_id: int) -> Response:
        shields.delete(site.id, shield_id)
        return page.saved(site, "shields")

    return router


def _own_network(address: str) -> str:
    """A device with IPv6 changes the second half of its address every day."""
    return f"{address}/64" if ":" in address else address


def _shown(shield: Shield) -> str:
    """What a shield keeps out; a country is named by the template, in its reader's language."""
    return "" if shield.kind is ShieldKind.COUNTRY else shield.hint
