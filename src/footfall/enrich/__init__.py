"""Tells from what a browser sends where a visit came from, where it is and what it was made with.

Pure look-ups in our own tables and packaged ones, cached by what they look up; never by address, and nothing is asked
of the network. Who the visitor is, and what is stored, are decided elsewhere.
"""

from footfall.enrich.agent import Agent, device_of, parse_agent
from footfall.enrich.bot import find_bot
from footfall.enrich.campaign import Campaign
from footfall.enrich.channel import CHANNEL_RULES, channel_of, channel_rules
from footfall.enrich.client_hints import ClientHints
from footfall.enrich.enricher import Enricher, channel_of_attributes
from footfall.enrich.evidence import RequestSigns
from footfall.enrich.language import language_of
from footfall.enrich.mask import mask_personal
from footfall.enrich.origin import Origin, origin_of
from footfall.enrich.page import Page, parse_page
from footfall.enrich.place import Place, PlaceFinder, country_of_timezone
from footfall.enrich.place_names import country_name
from footfall.enrich.properties import mask_properties
from footfall.enrich.referrer import is_referrer_spam, scrub_referrer
from footfall.enrich.screen import screen_class
from footfall.enrich.source import Category, KnownSource, find_source, find_tagged_source

__all__ = [
    "CHANNEL_RULES",
    "Agent",
    "Campaign",
    "Category",
    "ClientHints",
    "Enricher",
    "KnownSource",
    "Origin",
    "Page",
    "Place",
    "PlaceFinder",
    "RequestSigns",
    "channel_of",
    "channel_of_attributes",
    "channel_rules",
    "country_name",
    "country_of_timezone",
    "device_of",
    "find_bot",
    "find_source",
    "find_tagged_source",
    "is_referrer_spam",
    "language_of",
    "mask_personal",
    "mask_properties",
    "origin_of",
    "parse_agent",
    "parse_page",
    "screen_class",
    "scrub_referrer",
]
