"""Tracked websites: their options, their members, their goals, and the snapshot the hot path looks them up in."""

from footfall.domain import Goal, GoalKind
from footfall.domain.roles import Role
from footfall.sites.annotations import Annotation, Annotations
from footfall.sites.directory import Guest, SiteDirectory
from footfall.sites.goals import Goals
from footfall.sites.options import currencies, timezones
from footfall.sites.segments import Segment, Segments
from footfall.sites.shield_kinds import ShieldKind
from footfall.sites.shields import Shield, SiteShields
from footfall.sites.snippet import pixel_snippet, script_snippet
from footfall.sites.verdicts import VerdictDays

__all__ = [
    "Annotation",
    "Annotations",
    "Goal",
    "GoalKind",
    "Goals",
    "Guest",
    "Role",
    "Segment",
    "Segments",
    "Shield",
    "ShieldKind",
    "SiteDirectory",
    "SiteShields",
    "VerdictDays",
    "currencies",
    "pixel_snippet",
    "script_snippet",
    "timezones",
]
