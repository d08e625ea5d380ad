"""The steps each event passes, in order. A step fills in the draft, or gives the reason to drop the event.

Bad input raises InvalidInput: that is the sender's mistake and an error, not a drop.
"""

import secrets
from collections.abc import Callable
from hashlib import blake2b

from msgspec.structs import replace

from footfall.collect import wire
from footfall.collect.address import given_address
from footfall.collect.draft import NO_ATTRIBUTES, NOBODY, Draft
from footfall.collect.quotas import Quotas
from footfall.collect.shields import check_shields
from footfall.domain import DropReason, Event, VisitAttributes
from footfall.enrich import Enricher, channel_of_attributes, find_bot, is_referrer_spam, mask_personal, mask_properties
from footfall.identity import Identity, NetworkNames
from footfall.plans import Metering
from footfall.profiles import LastingIds
from footfall.sites import KnownNames

Step = Callable[[Draft], DropReason | None]

_DAY_MS = 86_400_000
_MAX_ATTRIBUTE_CHARS = 200
_GIVEN = wire.GIVEN_ATTRIBUTES
_DECIDE_CHANNEL = {"source", "utm_source", "utm_medium", "utm_campaign"}


def steps(
    enricher: Enricher,
    identity: Identity,
    lasting_ids: LastingIds,
    networks: NetworkNames,
    quotas: Quotas,
    metering: Metering,
    known_names: KnownNames,
) -> dict[str, Step]:
    """The list that intake is; `/metrics` times and counts each step by its name here."""
    return {
        "consent": check_consent,
        "prefetch": check_prefetch,
        "basics": read_basics,
        "age": check_age,
        "page": read_page(enricher),
        "host": check_host,
        "referrer": check_referrer,
        "agent": read_agent(enricher),
        "bot": check_bot,
        "attributes": add_attributes(enricher),
        "given attributes": prefer_given_attributes,
        "shields": check_shields(networks),
        "quota": check_quota(quotas, metering),
        "identity": identify(identity, lasting_ids),
        "names": keep_known_names(known_names),
    }


def check_consent(draft: Draft) -> DropReason | None:
    """Nobody who asks not to be counted is counted."""
    opted_out = draft.sender.has_opted_out or (draft.sender.asks_not_to_track and draft.site.tracker.respect_dnt)
    return DropReason.OPTED_OUT if opted_out else None


def check_prefetch(draft: Draft) -> DropReason | None:
    """A page fetched ahead was not seen."""
    return DropReason.PREFETCH if draft.sender.is_prefetch else None


def read_basics(draft: Draft) -> None:
    """Name and time."""
    draft.name = mask_personal(wire.event_name(draft.wire))
    # Without a key nobody tells us what time it is.
    draft.timestamp_ms = wire.event_time_ms(draft.wire, draft.now_ms) if draft.sender.is_keyed else draft.now_ms


def check_age(draft: Draft) -> DropReason | None:
    """What the site would not keep is not taken."""
    oldest = wire.OLDEST_MS
    if draft.site.retention_days:
        oldest = max(oldest, draft.now_ms - draft.site.retention_days * _DAY_MS)
    return DropReason.TOO_OLD if draft.timestamp_ms < oldest else None


def read_page(enricher: Enricher) -> Step:
    """Host, path and campaign of the URL."""

    def step(draft: Draft) -> None:
        draft.page = enricher.page(
            draft.wire.url,
            keep_fragment=draft.sender.routes_by_hash or draft.site.tracker.hash_based_routing,
            kept_parameters=draft.site.query_parameters,
        )

    return step


def check_host(draft: Draft) -> DropReason | None:
    """A site that lists its hosts takes events of no other."""
    allowed = draft.site.allowed_hostnames
    return DropReason.HOST_NOT_ALLOWED if allowed and draft.page.hostname not in allowed else None


def check_referrer(draft: Draft) -> DropReason | None:
    """Spammers put their address in the referrer, hoping that an owner clicks on it."""
    return DropReason.REFERRER_SPAM if draft.wire.referrer and is_referrer_spam(draft.wire.referrer) else None


def read_agent(enricher: Enricher) -> Step:
    """Browser, system and device; a keyed caller speaks for its visitor."""

    def step(draft: Draft) -> None:
        sender = draft.sender
        if sender.is_keyed:
            sender.user_agent = wire.bounded(draft.wire.user_agent, 2_000, "user_agent")
            sender.address = given_address(draft.wire.ip)
            sender.hints = None
        draft.agent = enricher.agent(sender.user_agent, sender.hints)

    return step


def check_bot(draft: Draft) -> DropReason | None:
    """A keyed caller may leave the user agent out; a browser never does. A caller's headers are not its visitor's."""
    sender = draft.sender
    if sender.is_library or (sender.is_keyed and not sender.user_agent):
        return None
    draft.crawler = find_bot(sender.user_agent, None if sender.is_keyed else draft.request_signs)
    return DropReason.BOT if draft.crawler else None


def add_attributes(enricher: Enricher) -> Step:
    """Source, channel, place, device: looked up."""

    def step(draft: Draft) -> None:
        draft.attributes = enricher.attributes(
            draft.page,
            referrer=wire.bounded(draft.wire.referrer, 2_000, "referrer"),
            agent=draft.agent,
            screen_width=int(draft.wire.screen_width or 0),
            language=draft.wire.language or draft.sender.language,
            place=enricher.place(draft.sender.address, draft.wire.timezone or ""),
        )

    return step


def prefer_given_attributes(draft: Draft) -> None:
    """What a keyed caller states wins over what was derived."""
    if not draft.sender.is_keyed:
        return
    if wire.gives_no_attributes(draft.wire):
        return
    given = {name: value for name in _GIVEN if (value := getattr(draft.wire, name)) is not None}
    masked = {name: mask_personal(wire.bounded(value, _MAX_ATTRIBUTE_CHARS, name)) for name, value in given.items()}
    draft.attributes = _with_given(draft.attributes, masked)


def check_quota(quotas: Quotas, metering: Metering) -> Step:
    """A site takes as many events in a month as its owner says, and as its team's plan had room for at the last count.

    Of a plan the month is that of the event: one of another month is no view of this one.
    """

    def step(draft: Draft) -> DropReason | None:
        site, used_up = draft.site, metering.used_up
        if site.monthly_events and quotas.is_used_up(site, draft.now_ms):
            return DropReason.QUOTA
        if site.id in used_up.sites and used_up.first_ms <= draft.timestamp_ms < used_up.end_ms:
            return DropReason.QUOTA
        return None

    return step


def identify(identity: Identity, lasting_ids: LastingIds) -> Step:
    """Address and user agent end here."""

    def step(draft: Draft) -> None:
        name = wire.bounded(draft.wire.visitor, wire.MAX_VISITOR_CHARS, "visitor")
        if name:
            named = lasting_ids.of(draft.site, name, is_keyed=draft.sender.is_keyed)
            if named is not None:
                draft.visitor = named
                return
        draft.visitor = identity.of_day(
            draft.site,
            draft.sender.address,
            draft.sender.user_agent,
            at_ms=draft.timestamp_ms,
            now_ms=draft.now_ms,
            scope=draft.sender.import_id,
        )

    return step


def keep_known_names(known: KnownNames) -> Step:
    """Properties; a name or a key that is one too many for the site does not take the event with it."""

    def step(draft: Draft) -> None:
        if isinstance(draft.wire, wire.WireAside):  # it has no name, and its keys are no properties of events
            draft.props = _props(draft)
            return
        draft.name, draft.props = known.fitted(draft.site, draft.name, _props(draft), draft.now_ms)

    return step


def finished(draft: Draft) -> Event:
    """The event a draft has become after its last step."""
    page, sent = draft.page, draft.wire
    amount, currency = wire.event_revenue(sent)
    engagement_ms, scroll_depth = wire.event_engagement(sent, draft.name)
    aside = sent if isinstance(sent, wire.WireAside) else None
    vitals = aside.vitals if aside is not None else None
    visitor = NOBODY if vitals else draft.visitor
    return Event(  # in the order of its fields: naming them takes four times as long
        draft.site.id,
        _event_id(draft),
        draft.name,
        draft.timestamp_ms,
        draft.now_ms,
        visitor.current,
        visitor.previous,
        visitor.is_lasting,
        page.hostname,
        page.path,
        draft.attributes,
        draft.props,
        sent.interactive,
        amount,
        currency,
        engagement_ms,
        scroll_depth,
        None,
        vitals,
        aside is not None and vitals is None,
    )


def crawler_views(draft: Draft) -> list[Event]:
    """The page view of a machine, to be kept apart; none of its other events. Nothing in it tells who sent it."""
    if draft.crawler is None or draft.name != "pageview":
        return []
    view = Event(
        site_id=draft.site.id,
        event_id=_event_id(draft),
        name=draft.name,
        timestamp_ms=draft.timestamp_ms,
        received_ms=draft.now_ms,
        visitor_id=0,
        previous_visitor_id=0,
        is_lasting=False,
        hostname=draft.page.hostname,
        path=draft.page.path,
        attributes=NO_ATTRIBUTES,
        crawler=draft.crawler,
    )
    return [view]


def _props(draft: Draft) -> dict[str, str]:
    props = wire.event_props(draft.wire, draft.site.properties_per_event)
    return mask_properties(props, draft.site.query_parameters) if props else props


def _with_given(attributes: VisitAttributes, given: dict[str, str]) -> VisitAttributes:
    if "source" in given and "utm_source" not in given and not attributes.utm_source:
        given = {**given, "utm_source": ""}
    changed = replace(attributes, **given)
    if "country" in given:
        changed = replace(changed, is_place_approximate=False)
    if "channel" not in given and _DECIDE_CHANNEL & given.keys():
        changed = replace(changed, channel=channel_of_attributes(changed))
    return changed


def _event_id(draft: Draft) -> int:
    """Eight bytes from the sender's id, so that a retry is recognised; random where there's none."""
    name = wire.bounded(draft.wire.id, wire.MAX_ID_CHARS, "id")
    if not name:
        return secrets.randbits(64) or 1
    return int.from_bytes(blake2b(f"{draft.site.id}/{name}".encode(), digest_size=8).digest(), "big") or 1
