"""Where a visit came from: its source by name, its channel and its scrubbed referrer."""

from functools import lru_cache

import msgspec

from footfall.enrich.campaign import Campaign
from footfall.enrich.channel import channel_of
from footfall.enrich.page import Page
from footfall.enrich.referrer import referrer_host, scrub_referrer
from footfall.enrich.source import find_source, find_tagged_source


class Origin(msgspec.Struct, frozen=True, gc=False):
    """Where a visit came from; ``source`` and ``referrer`` are empty for a direct one."""

    source: str
    channel: str
    referrer: str


def origin_of(page: Page, referrer: str) -> Origin:
    """The origin of a view of ``page`` with ``referrer`` as the browser sent it."""
    return _origin(page.campaign, scrub_referrer(referrer, page.hostname) if referrer else "")


@lru_cache(maxsize=16_384)
def _origin(campaign: Campaign, referrer: str) -> Origin:
    source = source_of(campaign, referrer)
    return Origin(source, channel_of(source, campaign), referrer)


def source_of(campaign: Campaign, referrer: str) -> str:
    """The name of the source: of the tag if there is one, else of the scrubbed referrer, else the referrer's host."""
    if campaign.utm_source:
        tagged = find_tagged_source(campaign.utm_source)
        return tagged.name if tagged else campaign.utm_source
    host = referrer_host(referrer)
    known = find_source(host)
    return known.name if known else host
