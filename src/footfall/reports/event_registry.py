"""The event registry as it is listed: what the store has counted, beside what the owner says of it."""

import asyncio
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from footfall.domain import Site
from footfall.query import NameFigures, PropertyFigures, name_figures, property_figures
from footfall.sites import EventRegistry, Kind, RegisteredName, RegisteredProperty
from footfall.store import Reader


class TypedKey(NamedTuple):
    """A property that events of a name carry, and what its values are."""

    key: str
    type: str


@dataclass(frozen=True)
class ListedEvent:
    """A custom name; one that no stored event has is without ``last_seen_at``."""

    name: str
    description: str
    first_seen_at: datetime
    last_seen_at: datetime | None
    count: int
    properties: tuple[TypedKey, ...]


@dataclass(frozen=True)
class ListedRegistry:
    """Names, the commonest first; properties by key; and of what there are as many as there may be."""

    events: tuple[ListedEvent, ...]
    properties: tuple[RegisteredProperty, ...]
    full: tuple[Kind, ...]


async def list_registry(reader: Reader, registry: EventRegistry, site: Site) -> ListedRegistry:
    """Bring together what the store and the owner know of a site's events."""
    names = await asyncio.to_thread(registry.names, site.id)
    properties = await asyncio.to_thread(registry.properties, site.id)
    counted, typed = await name_figures(reader, site), await property_figures(reader, site)
    full = tuple(kind for kind in Kind if registry.known.is_full(site.id, kind))
    return ListedRegistry(_events(names, counted, typed), _properties(properties, typed), full)


def _events(
    names: Sequence[RegisteredName], counted: Sequence[NameFigures], typed: Sequence[PropertyFigures]
) -> tuple[ListedEvent, ...]:
    """The names the store has events of, then those it has none of."""
    descriptions = {one.name: one.description for one in names}
    properties: dict[str, list[TypedKey]] = defaultdict(list)
    for one in typed:
        properties[one.name].append(TypedKey(one.key, one.type))
    found = [
        ListedEvent(
            one.name,
            descriptions.get(one.name, ""),
            one.first_seen_at,
            one.last_seen_at,
            one.events,
            tuple(properties[one.name]),
        )
        for one in counted
    ]
    stored = {one.name for one in counted}
    missing = [
        ListedEvent(one.name, one.description, datetime.fromtimestamp(one.first_seen_ms / 1000, UTC), None, 0, ())
        for one in names
        if one.name not in stored
    ]
    return (*found, *missing)


def _properties(
    registered: Sequence[RegisteredProperty], typed: Sequence[PropertyFigures]
) -> tuple[RegisteredProperty, ...]:
    """Every key that is registered or on newer events."""
    new = {one.key: RegisteredProperty(one.key, "", is_hidden=False, first_seen_ms=0) for one in typed}
    known = new | {one.key: one for one in registered}
    return tuple(known[key] for key in sorted(known))
