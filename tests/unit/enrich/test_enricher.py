from msgspec.structs import replace
from tests.unit.enrich.test_agent import CHROME_ON_WINDOWS

from footfall.domain import VisitAttributes
from footfall.enrich import Enricher, channel_of_attributes


def attributes_of(url: str, referrer: str = "") -> VisitAttributes:
    enricher = Enricher(None)
    return enricher.attributes(
        enricher.page(url),
        referrer=referrer,
        agent=enricher.agent(CHROME_ON_WINDOWS),
        screen_width=1366,
        language="de-DE,de;q=0.9",
        place=enricher.place("", "Europe/Berlin"),
    )


def test_it_gathers_the_attributes_of_a_visit() -> None:
    assert attributes_of(
        "https://example.com/?utm_campaign=may", "https://www.google.com/search?q=x"
    ) == VisitAttributes(
        source="Google",
        channel="Organic Search",
        referrer="https://google.com/search",
        utm_campaign="may",
        device="Laptop",
        browser="Chrome",
        browser_version="138.0",
        os="Windows",
        os_version="10",
        screen="1280–1599",
        language="de-DE",
        country="DE",
        is_place_approximate=True,
    )


def test_it_names_the_medium_of_untagged_ad_clicks() -> None:
    attributes = attributes_of("https://example.com/?gclid=1", "https://www.google.com/")

    assert (attributes.utm_medium, attributes.channel) == ("(gclid)", "Paid Search")


def test_it_tells_the_channel_again_from_stored_attributes() -> None:
    for url, referrer in [
        ("https://example.com/", ""),
        ("https://example.com/?gclid=1", "https://www.google.com/"),
        ("https://example.com/?fbclid=1", ""),
        ("https://example.com/?utm_source=chatgpt.com", ""),
        ("https://example.com/", "https://mail.google.com/"),
    ]:
        attributes = attributes_of(url, referrer)
        assert channel_of_attributes(attributes) == attributes.channel


def test_it_tells_the_channel_of_given_attributes() -> None:
    given = replace(attributes_of("https://example.com/"), source="Google", utm_medium="cpc")

    assert channel_of_attributes(given) == "Paid Search"
