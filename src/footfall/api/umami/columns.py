"""Umami's names of what answers are broken down and filtered by, and the dimension each is here: one row each."""

from footfall.query import DIMENSIONS
from footfall.query.dimensions import NO_PROPERTY, NO_SOURCE, NOT_SET

TAG = "event:props:tag"

# None: not kept here, so that there is nothing to list, and a filter is refused.
COLUMNS: dict[str, str | None] = {
    "path": "event:page",
    "entry": "visit:entry_page",
    "exit": "visit:exit_page",
    "referrer": "visit:referrer",
    "domain": "visit:source",
    "title": None,
    "query": None,
    "event": "event:name",
    "tag": TAG,
    "hostname": "event:hostname",
    "utmSource": "visit:utm_source",
    "utmMedium": "visit:utm_medium",
    "utmCampaign": "visit:utm_campaign",
    "utmContent": "visit:utm_content",
    "utmTerm": "visit:utm_term",
    "browser": "visit:browser",
    "os": "visit:os",
    "device": "visit:device",
    "screen": "visit:screen_size",
    "language": "visit:language",
    "country": "visit:country",
    "region": "visit:region",
    "city": "visit:city",
    "distinctId": None,
    "channel": "visit:channel",
}

# Rows of these say which country they lie in.
IN_COUNTRIES = ("region", "city")


def name_of_nothing(dimension: str) -> str | None:
    """What an answer calls the lack of a value, where that is no value of its own."""
    if dimension == TAG:
        return NO_PROPERTY
    blank = DIMENSIONS[dimension].blank
    return blank if blank in (NOT_SET, NO_SOURCE) and dimension != "event:page" else None
