"""All look-ups of this room behind one door, as intake uses them; and their results as a visit's attributes."""

from pathlib import Path

from footfall.domain import VisitAttributes
from footfall.enrich.agent import Agent, device_of, parse_agent
from footfall.enrich.campaign import Campaign
from footfall.enrich.channel import channel_of
from footfall.enrich.client_hints import ClientHints
from footfall.enrich.language import language_of
from footfall.enrich.origin import origin_of
from footfall.enrich.page import Page, parse_page
from footfall.enrich.place import Place, PlaceFinder
from footfall.enrich.screen import screen_class

_AD_CLICKS = {("Google", "gclid"): "(gclid)", ("Bing", "msclkid"): "(msclkid)"}
"""The medium of a paid click that carries no ``utm_medium``, as Plausible has it."""


class Enricher:
    """Everything that can be told about an event without asking anyone. Raises SettingsError for a bad database."""

    def __init__(self, geoip_db: Path | None) -> None:
        self._places = PlaceFinder(geoip_db)

    def page(self, url: str, *, keep_fragment: bool = False, kept_parameters: tuple[str, ...] = ()) -> Page:
        """The page at ``url``; raises InvalidInput."""
        return parse_page(url, keep_fragment=keep_fragment, kept_parameters=kept_parameters)

    def agent(self, user_agent: str, hints: ClientHints | None = None) -> Agent:
        """Browser, system and device class."""
        return parse_agent(user_agent, hints)

    def place(self, ip: str, timezone: str) -> Place:
        """Where an address, else a time zone, is."""
        return self._places.find(ip, timezone)

    def attributes(
        self, page: Page, *, referrer: str, agent: Agent, screen_width: int, language: str, place: Place
    ) -> VisitAttributes:
        """The attributes of a visit that begins on ``page``; ``language`` is a tag or an Accept-Language header."""
        origin, campaign = origin_of(page, referrer), page.campaign
        medium = campaign.utm_medium
        if campaign.click_id_kind and not medium:
            medium = _AD_CLICKS.get((origin.source, campaign.click_id_kind), "")
        return VisitAttributes(  # in the order of its fields: naming them takes four times as long
            origin.source,
            origin.channel,
            origin.referrer,
            campaign.utm_source,
            medium,
            campaign.utm_campaign,
            campaign.utm_content,
            campaign.utm_term,
            campaign.click_id_kind,
            device_of(agent, screen_width),
            agent.browser,
            agent.browser_version,
            agent.os,
            agent.os_version,
            screen_class(screen_width),
            language_of(language),
            place.country,
            place.region,
            place.city,
            place.is_approximate,
        )

    def close(self) -> None:
        """Let go of the place database."""
        self._places.close()


def channel_of_attributes(attributes: VisitAttributes) -> str:
    """The channel that stored or given attributes belong to under the present table."""
    campaign = Campaign(
        utm_source=attributes.utm_source,
        utm_medium=attributes.utm_medium,
        utm_campaign=attributes.utm_campaign,
        utm_content=attributes.utm_content,
        utm_term=attributes.utm_term,
        click_id_kind=attributes.click_id_kind,
    )
    return channel_of(attributes.source, campaign)
