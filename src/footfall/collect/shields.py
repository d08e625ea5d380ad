"""What the owner of a site keeps out: networks, countries, pages and hosts."""

import socket
from collections.abc import Callable

from footfall.collect.draft import Draft
from footfall.domain import DropReason, Shields
from footfall.identity import NetworkNames, as_ipv6


def check_shields(names: NetworkNames) -> Callable[[Draft], DropReason | None]:
    """The step that gives the shield an event meets first, if any."""

    def step(draft: Draft) -> DropReason | None:
        shields = draft.site.shields
        return None if shields is None else _met(shields, draft, names)

    return step


def _met(shields: Shields, draft: Draft, names: NetworkNames) -> DropReason | None:
    if shields.networks and _is_inside(draft.sender.address, shields, draft.site.id, names):
        return DropReason.SHIELD_ADDRESS
    if draft.attributes.country in shields.countries:
        return DropReason.SHIELD_COUNTRY
    if shields.hostnames and shields.hostnames.fullmatch(draft.page.hostname):
        return DropReason.SHIELD_HOSTNAME
    if shields.pages and shields.pages.fullmatch(draft.page.path.partition("?")[0]):
        return DropReason.SHIELD_PAGE
    return None


def _is_inside(address: str, shields: Shields, site_id: int, names: NetworkNames) -> bool:
    if not address:
        return False
    number = as_ipv6(socket.inet_pton(socket.AF_INET6 if ":" in address else socket.AF_INET, address))
    return any(names.name(site_id, number, bits) in networks for bits, networks in shields.networks.items())
