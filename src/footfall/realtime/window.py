"""The last half hour of one site as counters: every event costs the same, however many came before it.

Who was there is counted to the second; engagement is left out, as METRICS ask of current visitors.
"""

from collections import Counter
from heapq import nsmallest

import msgspec

ACTIVE_SECONDS = 30
CURRENT_SECONDS = 300
MINUTES = 30
_KEPT_SECONDS = MINUTES * 60
_TOP = 10
_COUNTRIES = 100


class Sighting(msgspec.Struct, frozen=True):
    """A visitor seen on a page; ``source`` is where the visit came from, ``country`` the code of its place."""

    visitor_id: int
    at_ms: int
    path: str
    source: str
    country: str = ""


class Ranked(msgspec.Struct, frozen=True):
    """One row of a short list."""

    name: str
    visitors: int


class Snapshot(msgspec.Struct, frozen=True):
    """What is known of a moment; ``minutes`` are visitors by minute, oldest first, the last one still filling."""

    active_now: int
    current_visitors: int
    minutes: tuple[int, ...]
    pages: tuple[Ranked, ...]
    sources: tuple[Ranked, ...]
    countries: tuple[Ranked, ...] = ()


class _Person:
    __slots__ = ("country", "path", "second", "source")

    def __init__(self, second: int, seen: Sighting) -> None:
        self.second = second
        self.path = seen.path
        self.source = seen.source
        self.country = seen.country


class Window:
    """Fed in any order; a visitor stands under the page seen last and the source of the first event."""

    def __init__(self, now_ms: int) -> None:
        self._people: dict[int, _Person] = {}
        self._last_seen: dict[int, set[int]] = {}  # second → who was seen then and not since
        self._minutes: dict[int, set[int]] = {}
        self._pages: Counter[str] = Counter()  # of current visitors
        self._sources: Counter[str] = Counter()
        self._countries: Counter[str] = Counter()
        now = now_ms // 1000
        self._left_until = now - CURRENT_SECONDS  # who was seen last up to then is no current visitor
        self._gone_until = now - _KEPT_SECONDS

    def __contains__(self, visitor_id: int) -> bool:
        """Tell whether this visitor was here in the last half hour."""
        return visitor_id in self._people

    def source_of(self, visitor_id: int) -> str:
        """Where the visitor came from; empty for one who was not here."""
        person = self._people.get(visitor_id)
        return person.source if person else ""

    def add(self, seen: Sighting) -> None:
        """Count a visitor who was seen; what is older than the window is left out."""
        second = seen.at_ms // 1000
        if second <= self._gone_until:
            return
        self._minutes.setdefault(second // 60, set()).add(seen.visitor_id)
        person = self._people.get(seen.visitor_id)
        if person is None:
            person = self._people[seen.visitor_id] = _Person(second, seen)
        elif second < person.second:
            return
        else:
            self._uncount(seen.visitor_id, person)
            person.second, person.path = second, seen.path
        self._count(seen.visitor_id, person)

    def snapshot(self, now_ms: int) -> Snapshot:
        """Tell how things stand; ``now_ms`` never goes back by more than the clock is set back."""
        now = now_ms // 1000
        self._sweep(now)
        minute = now // 60
        return Snapshot(
            active_now=self._seen_within(now, ACTIVE_SECONDS),
            current_visitors=self._seen_within(now, CURRENT_SECONDS),
            minutes=tuple(len(self._minutes.get(at, ())) for at in range(minute - MINUTES + 1, minute + 1)),
            pages=_top(self._pages),
            sources=_top(self._sources),
            countries=_top(self._countries, _COUNTRIES),
        )

    def _seen_within(self, now: int, seconds: int) -> int:
        return sum(len(self._last_seen.get(second, ())) for second in range(now - seconds + 1, now + 1))

    def _sweep(self, now: int) -> None:
        """Let go of who has left since the last look."""
        for second in range(self._left_until + 1, now - CURRENT_SECONDS + 1):
            for visitor_id in self._last_seen.get(second, ()):
                self._take_off_lists(self._people[visitor_id])
        self._left_until = max(self._left_until, now - CURRENT_SECONDS)
        for second in range(self._gone_until + 1, now - _KEPT_SECONDS + 1):
            for visitor_id in self._last_seen.pop(second, ()):
                del self._people[visitor_id]
        self._gone_until = max(self._gone_until, now - _KEPT_SECONDS)
        for minute in [at for at in self._minutes if at <= now // 60 - MINUTES]:
            del self._minutes[minute]

    def _count(self, visitor_id: int, person: _Person) -> None:
        self._last_seen.setdefault(person.second, set()).add(visitor_id)
        if person.second > self._left_until:
            self._pages[person.path] += 1
            self._sources[person.source] += 1
            if person.country:
                self._countries[person.country] += 1

    def _uncount(self, visitor_id: int, person: _Person) -> None:
        at_that_second = self._last_seen[person.second]
        at_that_second.discard(visitor_id)
        if not at_that_second:
            del self._last_seen[person.second]
        if person.second > self._left_until:
            self._take_off_lists(person)

    def _take_off_lists(self, person: _Person) -> None:
        _take_one(self._pages, person.path)
        _take_one(self._sources, person.source)
        if person.country:
            _take_one(self._countries, person.country)


def _take_one(counts: Counter[str], name: str) -> None:
    counts[name] -= 1
    if not counts[name]:
        del counts[name]


def _top(counts: Counter[str], most: int = _TOP) -> tuple[Ranked, ...]:
    first = nsmallest(most, counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Ranked(name, visitors) for name, visitors in first)
