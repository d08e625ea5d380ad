"""The dimensions people filter by: one row each, from the word in the URL to the name in queries."""

from collections.abc import Mapping
from typing import NamedTuple

from footfall.query.dimensions import MAX_PROPERTY_LENGTH, PROPERTY_PREFIX
from footfall.texts import Phrase

PROPERTY = "property."
GOAL = "goal"
SEGMENT = "segment"


class Dimension(NamedTuple):
    """``key`` stands in URLs, ``name`` in queries, ``title`` on screen, ``group`` above it where one is chosen."""

    key: str
    name: str
    title: str
    group: str


_DID = Phrase("What people did")
_ALL = (
    Dimension("page", "event:page", Phrase("Page"), Phrase("Pages")),
    Dimension("entry_page", "visit:entry_page", Phrase("Entry page"), Phrase("Pages")),
    Dimension("exit_page", "visit:exit_page", Phrase("Exit page"), Phrase("Pages")),
    Dimension("hostname", "event:hostname", Phrase("Hostname"), Phrase("Pages")),
    Dimension("source", "visit:source", Phrase("Source"), Phrase("Sources")),
    Dimension("channel", "visit:channel", Phrase("Channel"), Phrase("Sources")),
    Dimension("referrer", "visit:referrer", Phrase("Referrer"), Phrase("Sources")),
    Dimension("utm_campaign", "visit:utm_campaign", Phrase("Campaign"), Phrase("Campaigns")),
    Dimension("utm_source", "visit:utm_source", Phrase("Campaign source"), Phrase("Campaigns")),
    Dimension("utm_medium", "visit:utm_medium", Phrase("Campaign medium"), Phrase("Campaigns")),
    Dimension("utm_content", "visit:utm_content", Phrase("Campaign content"), Phrase("Campaigns")),
    Dimension("utm_term", "visit:utm_term", Phrase("Campaign term"), Phrase("Campaigns")),
    Dimension("country", "visit:country", Phrase("Country"), Phrase("Places")),
    Dimension("region", "visit:region", Phrase("Region"), Phrase("Places")),
    Dimension("city", "visit:city", Phrase("City"), Phrase("Places")),
    Dimension("language", "visit:language", Phrase("Language"), Phrase("Places")),
    Dimension("browser", "visit:browser", Phrase("Browser"), Phrase("Devices")),
    Dimension("browser_version", "visit:browser_version", Phrase("Browser version"), Phrase("Devices")),
    Dimension("os", "visit:os", Phrase("System"), Phrase("Devices")),
    Dimension("os_version", "visit:os_version", Phrase("System version"), Phrase("Devices")),
    Dimension("device", "visit:device", Phrase("Device"), Phrase("Devices")),
    Dimension("screen", "visit:screen_size", Phrase("Screen"), Phrase("Devices")),
    Dimension("event", "event:name", Phrase("Event"), _DID),
    Dimension(GOAL, "event:goal", Phrase("Goal"), _DID),
)

DIMENSIONS = {one.key: one for one in _ALL}
_SEGMENT = Dimension(SEGMENT, "segment", Phrase("Segment"), "")


def dimension(key: str) -> Dimension | None:
    """The dimension of this key; those of properties are made as they are named, `property.plan`."""
    if not key.startswith(PROPERTY):
        return _SEGMENT if key == SEGMENT else DIMENSIONS.get(key)
    name = key.removeprefix(PROPERTY)
    known = 0 < len(name) <= MAX_PROPERTY_LENGTH
    return Dimension(key, PROPERTY_PREFIX + name, name, _DID) if known else None


def named(key: str) -> Dimension:
    """The dimension of a key that is known to be one."""
    found = dimension(key)
    if found is None:
        raise KeyError(key)
    return found


def grouped() -> Mapping[str, list[Dimension]]:
    """The dimensions to choose from, by their group."""
    groups: dict[str, list[Dimension]] = {}
    for one in _ALL:
        groups.setdefault(one.group, []).append(one)
    return groups
