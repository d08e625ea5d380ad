"""Whose a thing of a site is: its caller's alone, or that of all members, which those make who may edit the site."""

from collections.abc import Callable

from fastapi import Request

from footfall.accounts import Caller
from footfall.api.keys import SITES_WORDS, Keys, caller_with
from footfall.domain import Site
from footfall.domain.roles import Right
from footfall.errors import InvalidInput, NotAllowed, NotSignedIn
from footfall.sites import SiteDirectory

EDITORS_SCOPE = "sites:write"
_TYPES = ("personal", "site")


def edit_check(keys: Keys, sites: SiteDirectory) -> Callable[[Request, Site], bool]:
    """Make the look-up that tells whether a request's key may change what all members of a site see."""
    writer_of = caller_with(keys, EDITORS_SCOPE, SITES_WORDS)

    def may_edit(request: Request, site: Site) -> bool:
        try:
            caller = writer_of(request)
        except (NotSignedIn, NotAllowed):
            return False
        is_editor = caller.owner_id is not None and sites.may(caller.owner_id, site.id, Right.EDIT)
        return is_editor or caller.may_use(site.id)

    return may_edit


def holder(kind: str, caller: Caller) -> int | None:
    """The person a new thing of type ``kind`` belongs to, None for the site; raises InvalidInput, NotAllowed."""
    if kind not in _TYPES:
        raise InvalidInput(f"Parameter `type` must be one of {', '.join(_TYPES)}.", field="type")
    if kind == "personal" and caller.owner_id is None:
        raise NotAllowed("The key of a site has no person; send the type site, or use a person's key.")
    return caller.owner_id if kind == "personal" else None


def kind_of(owner_id: int | None) -> str:
    """The type of a thing, as the API shows it."""
    return "site" if owner_id is None else "personal"
