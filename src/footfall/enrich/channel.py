"""Which channel a visit came through: the first match of one ordered table.

The rules are those of Google's published default channel group with assistants added:
https://support.google.com/analytics/answer/9756891
"""

import re
from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from importlib.resources import files

import msgspec

from footfall.enrich.campaign import UNKNOWN_KIND, Campaign, click_id_kinds
from footfall.enrich.source import Category, find_tagged_source

_PAID_MEDIUM = re.compile(r".*cp.*|ppc|retargeting|paid.*|\((?:gclid|msclkid)\)")
_SHOP_CAMPAIGN = re.compile(r"(?:.*[^a-df-z])?shop.*|.*shopping.*")
_DISPLAY_MEDIUMS = frozenset({"display", "banner", "expandable", "interstitial", "cpm"})
_SOCIAL_MEDIUMS = frozenset(
    {
        "social",
        "social-network",
        "social-media",
        "sm",
        "social network",
        "social media",
        "social_network",
        "social_media",
    }
)
_EMAIL_WORDS = frozenset({"email", "e-mail", "e_mail", "e mail", "newsletter"})
_REFERRAL_MEDIUMS = frozenset({"referral", "app", "link"})


class Arrival(msgspec.Struct, frozen=True, gc=False):
    """What the rules look at; all text in lower case."""

    source: str
    category: Category | str  # "" where the source is not known
    medium: str
    campaign: str
    is_paid: bool
    is_cross_network: bool


def _is_shopping(arrival: Arrival) -> bool:
    return arrival.category == Category.SHOPPING or bool(_SHOP_CAMPAIGN.fullmatch(arrival.campaign))


def _is_push(arrival: Arrival) -> bool:
    medium = arrival.medium
    return medium.endswith("push") or "mobile" in medium or "notification" in medium or arrival.source == "firebase"


DIRECT = "Direct"

_WRITTEN_IN = (
    *("channel.py", "source.py", "host.py", "tables/click_ids.toml"),
    *(f"tables/{category}.toml" for category in Category),
)

CHANNEL_RULES: tuple[tuple[str, Callable[[Arrival], bool]], ...] = (
    ("Cross-network", lambda a: a.is_cross_network),
    ("Paid Shopping", lambda a: a.is_paid and _is_shopping(a)),
    ("Paid Search", lambda a: a.is_paid and a.category == Category.SEARCH),
    ("Paid Social", lambda a: a.is_paid and a.category == Category.SOCIAL),
    ("Paid Video", lambda a: a.is_paid and a.category == Category.VIDEO),
    ("Display", lambda a: a.medium in _DISPLAY_MEDIUMS),
    ("Paid Other", lambda a: a.is_paid),
    ("Organic Shopping", _is_shopping),
    ("Organic Social", lambda a: a.category == Category.SOCIAL or a.medium in _SOCIAL_MEDIUMS),
    ("Organic Video", lambda a: a.category == Category.VIDEO or "video" in a.medium),
    ("AI Assistants", lambda a: a.category == Category.AI),
    ("Organic Search", lambda a: a.category == Category.SEARCH or a.medium == "organic"),
    ("Email", lambda a: a.category == Category.EMAIL or a.source in _EMAIL_WORDS or a.medium in _EMAIL_WORDS),
    ("Affiliates", lambda a: a.medium in {"affiliate", "affiliates"}),
    ("Audio", lambda a: a.medium == "audio"),
    ("SMS", lambda a: "sms" in {a.source, a.medium}),
    ("Mobile Push Notifications", _is_push),
    ("Referral", lambda a: bool(a.source) or a.medium in _REFERRAL_MEDIUMS),
    (DIRECT, lambda _: True),
)


@cache
def channel_rules() -> str:
    """Names the rules as they are now: another name where another visit may belong to another channel.

    It is made of what the rules are written in, comments included: to tell channels again without need costs less than
    to forget to raise a number.
    """
    rules = blake2b(digest_size=12)
    for name in _WRITTEN_IN:
        rules.update(files("footfall.enrich").joinpath(name).read_bytes())
    return rules.hexdigest()


def channel_of(source: str, campaign: Campaign) -> str:
    """The channel of a visit, from what is stored of it: so it can be told again when the table changes.

    ``source`` is the source's name, empty for none.
    """
    arrival = _arrival(source, campaign)
    return next(channel for channel, applies in CHANNEL_RULES if applies(arrival))


def _arrival(source: str, campaign: Campaign) -> Arrival:
    medium, name = campaign.utm_medium.lower(), campaign.utm_campaign.lower()
    click_id = click_id_kinds().get(campaign.click_id_kind, UNKNOWN_KIND)
    known = find_tagged_source(source) if source else None
    return Arrival(
        source=source.lower(),
        category=known.category if known else (click_id.category if not source else ""),
        medium=medium,
        campaign=name,
        is_paid=click_id.is_paid or bool(_PAID_MEDIUM.fullmatch(medium)),
        is_cross_network="cross-network" in name or medium == "cross-network",
    )
