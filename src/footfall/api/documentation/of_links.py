"""Operations on shared links: our own, and the one that Plausible's clients call."""

from typing import Any

from footfall.api.documentation.operation import SENT_WITH_KEY, TEXT, Operation
from footfall.api.documentation.shapes import NamedLink, NewLink, SharedLink, SharedLinks, WantedLink
from footfall.client.values import Deleted

_LINKS = "/api/v1/sites/{public_id}/shared-links"
_TAG = "shared links"
_URL = "https://stats.example.com/share/example.com?auth=Yq3kX0m9TzqW1vB7"
_LINK: dict[str, Any] = {
    "id": 6,
    "name": "For our agency",
    "url": _URL,
    "has_password": False,
    "segment": None,
    "embedded_by": ["https://example.com"],
    "expires_at": "2026-12-31T23:59:59+00:00",
}

OF_LINKS = (
    Operation(
        "PUT /api/v1/sites/shared-links",
        "find_or_create_link",
        _TAG,
        "The link of a name, made if need be",
        NamedLink,
        {"name": "For our agency", "url": _URL},
        "sites:write",
        TEXT,
        SENT_WITH_KEY,
        body=WantedLink,
        body_example={"site_id": "example.com", "name": "For our agency"},
    ),
    Operation(
        f"GET {_LINKS}",
        "list_links",
        _TAG,
        "The shared links of a site",
        SharedLinks,
        {"shared_links": [_LINK]},
        "sites:write",
    ),
    Operation(
        f"POST {_LINKS}",
        "create_link",
        _TAG,
        "Make a shared link",
        SharedLink,
        _LINK,
        "sites:write",
        refusals=(*SENT_WITH_KEY, 503),
        body=NewLink,
        body_example={"name": "For our agency", "embedded_by": ["https://example.com"]},
        status=201,
    ),
    Operation(
        f"DELETE {_LINKS}/{{link_id}}",
        "delete_link",
        _TAG,
        "Delete a shared link",
        Deleted,
        {"deleted": "true"},
        "sites:write",
        refusals=SENT_WITH_KEY,
    ),
)
