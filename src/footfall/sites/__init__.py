"""Tracked websites: their options, their members, their goals, and the snapshot the hot path looks them up in."""

from footfall.domain import Goal, GoalKind
from footfall.domain.roles import Role
from footfall.sites.annotations import Annotation, Annotations
from footfall.sites.directory import Guest, SiteDirectory
from footfall.sites.goals import Goals
from footfall.sites.known_names import Kind, KnownNames
from footfall.sites.options import currencies, timezones
from footfall.sites.rebuilds import ChannelRebuild, ChannelRebuilds
from footfall.sites.registry import EventRegistry, RegisteredName, RegisteredProperty, with_allowed
from footfall.sites.segments import Segment, Segments
from footfall.sites.shared_access import PROOF_SECONDS, SharedAccess, Shown
from footfall.sites.shared_links import ANY_ORIGIN, SharedLink, SharedLinks
from footfall.sites.shield_kinds import ShieldKind
from footfall.sites.shields import Shield, SiteShields
from footfall.sites.snippet import pixel_snippet, script_snippet
from footfall.sites.verdicts import VerdictDays

__all__ = [
    "ANY_ORIGIN",
    "PROOF_SECONDS",
    "Annotation",
    "Annotations",
    "ChannelRebuild",
    "ChannelRebuilds",
    "EventRegistry",
    "Goal",
    "GoalKind",
    "Goals",
    "Guest",
    "Kind",
    "KnownNames",
    "RegisteredName",
    "RegisteredProperty",
    "Role",
    "Segment",
    "Segments",
    "SharedAccess",
    "SharedLink",
    "SharedLinks",
    "Shield",
    "ShieldKind",
    "Shown",
    "SiteDirectory",
    "SiteShields",
    "VerdictDays",
    "currencies",
    "pixel_snippet",
    "script_snippet",
    "timezones",
    "with_allowed",
]
