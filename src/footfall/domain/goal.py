"""A goal: what the owner of a site wants visitors to do."""

from enum import StrEnum

import msgspec


class GoalKind(StrEnum):
    """What reaches a goal."""

    EVENT = "event"
    PAGE = "page"
    SCROLL = "scroll"


class Goal(msgspec.Struct, frozen=True):
    """One goal.

    ``pattern`` is an event's name, or a path in which ``*`` stands for any text within a segment and ``**`` across.
    """

    id: int
    site_id: int
    kind: GoalKind
    pattern: str
    display_name: str
    scroll_percent: int = 0  # of a scroll goal: how far down the page, 1 to 100
    properties: tuple[tuple[str, str], ...] = ()  # that an event must have, besides its name
    currency: str = ""  # the one its revenue is counted in; empty: that of the events
