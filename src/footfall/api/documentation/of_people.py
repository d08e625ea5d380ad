"""Operations on teams and guests, as Plausible's Sites API has them."""

from typing import Any

from msgspec import Struct

from footfall.api.documentation.operation import ASKED_WITH_KEY, SENT_WITH_KEY, TEXT, Operation
from footfall.client.values import Deleted, Neighbours


class ListedTeam(Struct, frozen=True):
    """People who share sites; every team may use the API."""

    id: str
    name: str
    api_available: bool


class Teams(Struct, frozen=True):
    """A page of teams."""

    teams: list[ListedTeam]
    meta: Neighbours


class Guest(Struct, frozen=True, omit_defaults=True):
    """Who sees a site, or is invited to; the link stands there only where no mail could take it."""

    email: str
    role: str
    status: str
    accepted: bool
    invitation_url: str = ""


class Guests(Struct, frozen=True):
    """A page of guests."""

    guests: list[Guest]
    meta: Neighbours


class WantedGuest(Struct, frozen=True):
    """Whom to find or to invite: as `viewer`, `editor` or `admin`."""

    site_id: str
    email: str
    role: str


_SITES = "/api/v1/sites"
_META = {"after": None, "before": None, "limit": 100}
_GUEST: dict[str, Any] = {"email": "bob@example.com", "role": "viewer", "status": "invited", "accepted": False}

OF_PEOPLE = (
    Operation(
        f"GET {_SITES}/teams",
        "list_teams",
        "sites",
        "The teams of the person whose key it is",
        Teams,
        {"teams": [{"id": "p7r2k9m4x1ab", "name": "Shop", "api_available": True}], "meta": _META},
        "sites:read",
        TEXT,
        ASKED_WITH_KEY,
    ),
    Operation(
        f"GET {_SITES}/guests",
        "list_guests",
        "sites",
        "Who sees a site without being in its team, and who is invited to",
        Guests,
        {"guests": [_GUEST], "meta": _META},
        "sites:write",
        TEXT,
        ASKED_WITH_KEY,
    ),
    Operation(
        f"PUT {_SITES}/guests",
        "put_guest",
        "sites",
        "Find a guest, or invite them",
        Guest,
        _GUEST,
        "sites:write",
        TEXT,
        SENT_WITH_KEY,
        body=WantedGuest,
        body_example={"site_id": "example.com", "email": "bob@example.com", "role": "viewer"},
    ),
    Operation(
        f"DELETE {_SITES}/guests/{{email}}",
        "delete_guest",
        "sites",
        "Let a guest see the site no more, or take an invitation back",
        Deleted,
        {"deleted": "true"},
        "sites:write",
        TEXT,
        SENT_WITH_KEY,
        parameters=("site_id",),
    ),
)
