"""The made-up site: Brightwater sells garden sensors and the plans of the service behind them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoSite:
    """What the demo site is created with. Goals name a custom event, or a page by its path."""

    domain: str
    timezone: str
    currency: str
    goals: tuple[str, ...]


DEMO_SITE = DemoSite(
    domain="demo.footfall.example",
    timezone="Europe/Berlin",
    currency="EUR",
    goals=("Signup", "Purchase", "Add to Cart", "Outbound Link: Click", "File Download", "/pricing"),
)
