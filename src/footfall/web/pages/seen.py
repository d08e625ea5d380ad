"""What a signed-in member sees of a site: its name among their sites, and what may be named in questions about it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from fastapi import Depends

from footfall.accounts import User
from footfall.domain import Goal, Site
from footfall.query import Vocabulary
from footfall.sites import Annotation, Annotations, EventRegistry, Goals, Segment, Segments, SiteDirectory


@dataclass(frozen=True)
class Seen:
    """One member's look at one site."""

    site: Site
    sites: list[Site] = field(default_factory=list)
    segments: list[Segment] = field(default_factory=list)
    goals: list[Goal] = field(default_factory=list)
    hidden: frozenset[str] = frozenset()
    annotations_of: Callable[[tuple[date, date] | None], list[Annotation]] = lambda days: []
    """Notes that touch these days, or all; reads the database, so call it in a thread."""

    @property
    def vocabulary(self) -> Vocabulary:
        """What questions may name."""
        return Vocabulary(tuple(self.goals), {one.id: one.filters for one in self.segments}, self.hidden)

    @property
    def segment_names(self) -> dict[int, str]:
        """The segments by their number."""
        return {one.id: one.name for one in self.segments}


def seen_by(
    sites: SiteDirectory,
    segments: Segments,
    goals: Goals,
    annotations: Annotations,
    registry: EventRegistry,
    *,
    current_user: Callable[..., User],
    current_site: Callable[..., Site],
) -> Callable[..., Seen]:
    """Make the dependency that refuses who may not see the site, and looks up what others see of it."""

    def seen(user: User = Depends(current_user), site: Site = Depends(current_site)) -> Seen:  # noqa: B008
        def notes(days: tuple[date, date] | None) -> list[Annotation]:
            return annotations.of_site(site, user.id, days)

        listed = segments.seen_by(site.id, user.id)
        return Seen(site, sites.of_user(user.id), listed, goals.of_site(site.id), registry.hidden(site.id), notes)

    return seen
