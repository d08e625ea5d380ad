"""What a question about a site may name: its goals, the segments its caller sees, no property its owner hides."""

from collections.abc import Callable

from footfall.app.install import Install
from footfall.domain import Site
from footfall.query import Vocabulary


def vocabulary_of(install: Install) -> Callable[[Site, int | None], Vocabulary]:
    """Make the look-up; it reads the database, so call it in a thread."""

    def look_up(site: Site, user_id: int | None) -> Vocabulary:
        segments = install.belongings.segments.seen_by(site.id, user_id)
        return Vocabulary(
            goals=tuple(install.belongings.goals.of_site(site.id)),
            segments={segment.id: segment.filters for segment in segments},
            hidden=install.belongings.registry.hidden(site.id),
        )

    return look_up
