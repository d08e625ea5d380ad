"""The values every room speaks of: a site, an event, and why an event was refused.

Values only: no I/O, no clock. An event has no field for an address or a user agent, so storing one by
accident is impossible.
"""

from footfall.domain.drop import DropReason
from footfall.domain.event import NO_SCROLL_DEPTH, NO_VITALS, Crawler, Event, VisitAttributes, Vitals
from footfall.domain.goal import Goal, GoalKind
from footfall.domain.shields import Shields
from footfall.domain.site import IdentityMode, Site, TrackerOptions, WeekStart

__all__ = [
    "NO_SCROLL_DEPTH",
    "NO_VITALS",
    "Crawler",
    "DropReason",
    "Event",
    "Goal",
    "GoalKind",
    "IdentityMode",
    "Shields",
    "Site",
    "TrackerOptions",
    "VisitAttributes",
    "Vitals",
    "WeekStart",
]
