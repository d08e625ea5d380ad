"""The section of a site's settings that says what was refused, and why: each reason in one sentence."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from fastapi import Request

from footfall.collect.verdicts import ACCEPTED, REJECTED
from footfall.domain import DropReason, Site
from footfall.texts import Phrase
from footfall.web.pages.settings_page import Reader

CountsOf = Callable[[Site], Mapping[str, int]]
"""Events of a site by outcome in its last 30 days."""

SENTENCES: dict[str, str] = {
    DropReason.UNKNOWN_SITE: Phrase("The site was deleted while they were on their way."),
    DropReason.HOST_NOT_ALLOWED: Phrase("They came from a host that is not on your list."),
    DropReason.SHIELD_ADDRESS: Phrase("They came from an address you keep out."),
    DropReason.SHIELD_COUNTRY: Phrase("They came from a country you keep out."),
    DropReason.SHIELD_PAGE: Phrase("They happened on a page you keep out."),
    DropReason.SHIELD_HOSTNAME: Phrase("They happened on a host you keep out."),
    DropReason.OPTED_OUT: Phrase("The visitor asked not to be counted."),
    DropReason.BOT: Phrase("A program sent them, not a person."),
    DropReason.REFERRER_SPAM: Phrase("Their referrer advertises a site that fakes visits."),
    DropReason.PREFETCH: Phrase("The browser fetched the page ahead, and nobody had seen it yet."),
    DropReason.RATE: Phrase("One sender sent too many within a minute."),
    DropReason.QUOTA: Phrase("The site had had its events of the month."),
    DropReason.UNSUPPORTED: Phrase("They tell of something that is not kept."),
    DropReason.TOO_OLD: Phrase("They are older than what the site keeps."),
    DropReason.NO_VISIT: Phrase("They tell how long a page was read, but the visit was over."),
    DropReason.DUPLICATE: Phrase("They had been sent before."),
    REJECTED: Phrase("They could not be understood."),
}


class Refused(NamedTuple):
    """One reason, and how many events it met."""

    outcome: str
    sentence: str
    events: int


def refused_reader(counts_of: CountsOf) -> Reader:
    """What the section's template reads."""

    def read(_request: Request, site: Site) -> dict[str, Any]:
        counts = counts_of(site)
        refused = [Refused(outcome, text, counts.get(outcome, 0)) for outcome, text in SENTENCES.items()]
        refused.sort(key=lambda each: -each.events)
        return {"refused": [each for each in refused if each.events], "taken": counts.get(ACCEPTED, 0)}

    return read
