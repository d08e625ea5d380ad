"""The names of events and the keys of properties that each site has used, in memory: what intake looks events up in.

A tag manager that writes an order's number into the name of an event would fill every report with names that occur
once. Past the most a site may have, events keep coming in under one name for all others, without keys nobody knows.
"""

from collections import deque
from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from footfall.domain import Site

OTHER_NAMES = "(other)"
"""The name under which events are kept whose own is one too many."""

BUILT_IN = frozenset({"pageview", "engagement", OTHER_NAMES})
_MOST_SHAPES = 20_000


class Kind(StrEnum):
    """What there is a most of."""

    NAME = "name"
    KEY = "key"


class Sighting(NamedTuple):
    """A name or key that occurred for the first time."""

    site_id: int
    kind: Kind
    text: str
    at_ms: int


class KnownNames:
    """Read and added to by the event loop alone; ``new`` is emptied by a thread that writes it down."""

    def __init__(self, known: Iterable[tuple[int, Kind, str]], *, most_names: int, most_keys: int) -> None:
        self.most = {Kind.NAME: most_names, Kind.KEY: most_keys}
        self.new: deque[Sighting] = deque()
        self._known: dict[tuple[int, Kind], set[str]] = {}
        self._shapes: set[tuple[object, ...]] = set()
        for site_id, kind, text in known:
            self._of(site_id, kind).add(text)

    def fitted(self, site: Site, name: str, props: dict[str, str], at_ms: int) -> tuple[str, dict[str, str]]:
        """The name and the properties an event may keep; those of the events before it cost one look-up."""
        shape = (site.id, name, *props)
        if shape in self._shapes:
            return name, props
        fitting = name if name in BUILT_IN or self._admits(site.id, Kind.NAME, name, at_ms) else OTHER_NAMES
        named = site.custom_properties
        keys = [key for key in props if self._admits(site.id, Kind.KEY, key, at_ms) or key in named]
        if fitting != name or len(keys) < len(props):
            return fitting, {key: props[key] for key in keys}
        if len(self._shapes) >= _MOST_SHAPES:
            self._shapes.clear()
        self._shapes.add(shape)
        return name, props

    def is_full(self, site_id: int, kind: Kind) -> bool:
        """Whether the next new one is one too many."""
        return len(self._of(site_id, kind)) >= self.most[kind]

    def forget(self, site_id: int, kind: Kind, text: str) -> None:
        """Make room; where it occurs again it is new."""
        self._of(site_id, kind).discard(text)
        self._shapes.clear()

    def _admits(self, site_id: int, kind: Kind, text: str, at_ms: int) -> bool:
        known = self._of(site_id, kind)
        if text in known:
            return True
        if len(known) >= self.most[kind]:
            return False
        known.add(text)
        self.new.append(Sighting(site_id, kind, text, at_ms))
        return True

    def _of(self, site_id: int, kind: Kind) -> set[str]:
        return self._known.setdefault((site_id, kind), set())
