"""What the query string of a landing page tells about the link that led there."""

from collections.abc import Mapping
from functools import cache

import msgspec

from footfall.enrich.mask import mask_personal
from footfall.enrich.tables import load_table

VALUE_LENGTH = 200
_SOURCE_PARAMETERS = ("utm_source", "source", "ref")
CAMPAIGN_PARAMETERS = (*_SOURCE_PARAMETERS, "utm_medium", "utm_campaign", "utm_content", "utm_term")
"""What may be kept of any query string: it is about links, not about people."""


class Campaign(msgspec.Struct, frozen=True, gc=False):
    """The tags of a link; empty text where there is none."""

    utm_source: str = ""  # or the parameter `source`, or `ref`
    utm_medium: str = ""
    utm_campaign: str = ""
    utm_content: str = ""
    utm_term: str = ""
    click_id_kind: str = ""  # the parameter's name, never its value


class ClickIdKind(msgspec.Struct, frozen=True):
    """A parameter some network adds to links."""

    is_paid: bool  # added to paid clicks only
    category: str  # of the network; "" where it serves several


NO_CAMPAIGN = Campaign()
UNKNOWN_KIND = ClickIdKind(is_paid=False, category="")


@cache
def click_id_kinds() -> dict[str, ClickIdKind]:
    """All known kinds by parameter name."""
    return {name: ClickIdKind(**row) for name, row in load_table("click_ids").items()}


def read_campaign(parameters: Mapping[str, str]) -> Campaign:
    """The campaign in a decoded query string."""
    if not parameters:
        return NO_CAMPAIGN
    return Campaign(
        utm_source=next(filter(None, (_tag(parameters, name) for name in _SOURCE_PARAMETERS)), ""),
        utm_medium=_tag(parameters, "utm_medium"),
        utm_campaign=_tag(parameters, "utm_campaign"),
        utm_content=_tag(parameters, "utm_content"),
        utm_term=_tag(parameters, "utm_term"),
        click_id_kind=next((kind for kind in click_id_kinds() if parameters.get(kind)), ""),
    )


def _tag(parameters: Mapping[str, str], name: str) -> str:
    return mask_personal(parameters.get(name, "").strip())[:VALUE_LENGTH]
