"""The dimensions people filter by: one row each, from the word in the URL to the name in queries."""

from collections.abc import Mapping
from typing import NamedTuple

from footfall.query.dimensions import MAX_PROPERTY_LENGTH, PROPERTY_PREFIX

PROPERTY = "property."
GOAL = "goal"
SEGMENT = "segment"


class Dimension(NamedTuple):
    """``key`` stands in URLs, ``name`` in queries, ``title`` on screen, ``group`` above it where one is chosen."""

    key: str
    name: str
    title: str
    group: str


_ALL = (
    Dimension("page", "event:page", "Page", "Pages"),
    Dimension("entry_page", "visit:entry_page", "Entry page", "Pages"),
    Dimension("exit_page", "visit:exit_page", "Exit page", "Pages"),
    Dimension("hostname", "event:hostname", "Hostname", "Pages"),
    Dimension("source", "visit:source", "Source", "Sources"),
    Dimension("channel", "visit:channel", "Channel", "Sources"),
    Dimension("referrer", "visit:referrer", "Referrer", "Sources"),
    Dimension("utm_campaign", "visit:utm_campaign", "Campaign", "Campaigns"),
    Dimension("utm_source", "visit:utm_source", "Campaign source", "Campaigns"),
    Dimension("utm_medium", "visit:utm_medium", "Campaign medium", "Campaigns"),
    Dimension("utm_content", "visit:utm_content", "Campaign content", "Campaigns"),
    Dimension("utm_term", "visit:utm_term", "Campaign term", "Campaigns"),
    Dimension("country", "visit:country", "Country", "Places"),
    Dimension("region", "visit:region", "Region", "Places"),
    Dimension("city", "visit:city", "City", "Places"),
    Dimension("language", "visit:language", "Language", "Places"),
    Dimension("browser", "visit:browser", "Browser", "Devices"),
    Dimension("browser_version", "visit:browser_version", "Browser version", "Devices"),
    Dimension("os", "visit:os", "System", "Devices"),
    Dimension("os_version", "visit:os_version", "System version", "Devices"),
    Dimension("device", "visit:device", "Device", "Devices"),
    Dimension("screen", "visit:screen_size", "Screen", "Devices"),
    Dimension("event", "event:name", "Event", "What people did"),
    Dimension(GOAL, "event:goal", "Goal", "What people did"),
)

DIMENSIONS = {one.key: one for one in _ALL}
_SEGMENT = Dimension(SEGMENT, "segment", "Segment", "")


def dimension(key: str) -> Dimension | None:
    """The dimension of this key; those of properties are made as they are named, `property.plan`."""
    if not key.startswith(PROPERTY):
        return _SEGMENT if key == SEGMENT else DIMENSIONS.get(key)
    name = key.removeprefix(PROPERTY)
    known = 0 < len(name) <= MAX_PROPERTY_LENGTH
    return Dimension(key, PROPERTY_PREFIX + name, name, "What people did") if known else None


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
