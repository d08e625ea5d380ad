"""The dimensions people filter by: one row each, from the word in the URL to the name in queries."""

from typing import NamedTuple


class Dimension(NamedTuple):
    """``key`` stands in URLs, ``name`` in queries, ``title`` on screen."""

    key: str
    name: str
    title: str


DIMENSIONS = {
    dimension.key: dimension
    for dimension in (
        Dimension("source", "visit:source", "Source"),
        Dimension("channel", "visit:channel", "Channel"),
        Dimension("referrer", "visit:referrer", "Referrer"),
        Dimension("utm_campaign", "visit:utm_campaign", "Campaign"),
        Dimension("utm_source", "visit:utm_source", "Campaign source"),
        Dimension("utm_medium", "visit:utm_medium", "Campaign medium"),
        Dimension("utm_content", "visit:utm_content", "Campaign content"),
        Dimension("utm_term", "visit:utm_term", "Campaign term"),
        Dimension("page", "event:page", "Page"),
        Dimension("entry_page", "visit:entry_page", "Entry page"),
        Dimension("exit_page", "visit:exit_page", "Exit page"),
        Dimension("hostname", "event:hostname", "Hostname"),
        Dimension("country", "visit:country", "Country"),
        Dimension("region", "visit:region", "Region"),
        Dimension("city", "visit:city", "City"),
        Dimension("device", "visit:device", "Device"),
        Dimension("browser", "visit:browser", "Browser"),
        Dimension("os", "visit:os", "System"),
        Dimension("event", "event:name", "Event"),
    )
}
