"""A made-up site with believable traffic, for trying Footfall out.

`world.toml` says what the site, its visitors and its seasons are like; the code draws from it, the same way for the
same seed.
"""

from footfall.importers.demo.site import DEMO_SITE, DemoSite
from footfall.importers.demo.traffic import demo_events

__all__ = ["DEMO_SITE", "DemoSite", "demo_events"]
