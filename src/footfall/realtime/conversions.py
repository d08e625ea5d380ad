"""Which goals of a site an event reaches."""

from collections.abc import Iterable

from footfall.domain import Event
from footfall.sites import Goal, GoalKind
from footfall.sites.patterns import matcher


class Conversions:
    """The goals of one site, ready to be looked up."""

    def __init__(self, goals: Iterable[Goal] = ()) -> None:
        listed = list(goals)
        self._by_event = {goal.pattern: goal.display_name for goal in listed if goal.kind is GoalKind.EVENT}
        self._by_page = [
            (found, goal.display_name)
            for goal in listed
            if goal.kind is GoalKind.PAGE and (found := matcher([goal.pattern]))
        ]

    def of(self, event: Event) -> list[str]:
        """The names of the goals this event reaches."""
        if event.is_pageview:
            return [name for page, name in self._by_page if page.fullmatch(event.path)]
        name = self._by_event.get(event.name)
        return [name] if name else []
