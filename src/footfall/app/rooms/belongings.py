"""What belongs to each site besides its events: what its people set up for it, and what is counted about it."""

from dataclasses import dataclass

from footfall.identity import NetworkNames
from footfall.metadata import Clock, Database
from footfall.settings import Settings
from footfall.sites import (
    Annotations,
    EventRegistry,
    Goals,
    Segments,
    SharedLinks,
    SiteDirectory,
    SiteShields,
    VerdictDays,
)


@dataclass(frozen=True)
class Belongings:
    """The belongings of all sites."""

    goals: Goals
    segments: Segments
    shared_links: SharedLinks
    annotations: Annotations
    registry: EventRegistry
    shields: SiteShields
    verdict_days: VerdictDays


def make_belongings(
    settings: Settings, database: Database, clock: Clock, sites: SiteDirectory, networks: NetworkNames
) -> Belongings:
    """Make what knows them; ``networks`` gives the networks that shields refuse their names."""
    return Belongings(
        goals=Goals(database, clock),
        segments=Segments(database, clock),
        shared_links=SharedLinks(database, clock),
        annotations=Annotations(database, clock),
        registry=EventRegistry(
            database, clock, most_names=settings.event_names_per_site, most_keys=settings.property_keys_per_site
        ),
        shields=SiteShields(database, clock, sites, networks),
        verdict_days=VerdictDays(database),
    )
