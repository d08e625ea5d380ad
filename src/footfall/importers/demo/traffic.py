"""All events of the demo, day by day in order of time."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from random import Random

from footfall.importers.batches import BatchEvent
from footfall.importers.demo.people import People
from footfall.importers.demo.season import Season
from footfall.importers.demo.visit import Moment, Walk
from footfall.importers.demo.world import Source, World, load_world

_DAY_MS = 86_400_000
_RETURNS_DIRECTLY = 0.55


def demo_events(seed: int, end_at: datetime, days: int = 90) -> Iterator[BatchEvent]:
    """Events of the ``days`` before ``end_at``, in the batch shape; equal arguments give equal events."""
    end_ms = int(end_at.timestamp() * 1000)
    start_ms = end_ms - days * _DAY_MS
    for number, moment in enumerate(_in_order(Traffic(seed, end_at, days), days)):
        if start_ms <= moment.at_ms < end_ms:
            yield {"id": f"demo-{seed}-{moment.at_ms}-{number}", "timestamp": _timestamp(moment.at_ms), **moment.event}


class Traffic:
    """Draws the visits of each day."""

    def __init__(self, seed: int, end_at: datetime, days: int) -> None:
        world = load_world()
        self.last_day = end_at.astimezone(UTC).date()
        self._random = Random(seed)  # noqa: S311 - the same every time is the point
        self._season = Season(world, self.last_day, days)
        self._people = People(world)
        self._walk = Walk(world)
        self._direct = _source_named(world, "Direct")
        self._spike = _source_named(world, world.spike.source)

    def day(self, day: date) -> Iterator[Moment]:
        """Every event of the visits that begin on the UTC ``day``, visit by visit."""
        sources = self._season.sources(day)
        for _ in range(self._season.ordinary_visits(day, self._random)):
            yield from self._visit(day, sources.draw(self._random))
        for _ in range(self._season.spike_visits(day)):
            yield from self._visit(day, self._spike)

    def _visit(self, day: date, source: Source) -> Iterator[Moment]:
        person, is_known = self._people.draw(self._random)
        if is_known and self._random.random() < _RETURNS_DIRECTLY:
            source = self._direct
        start_ms = _midnight_ms(day) + self._season.start_ms(day, person.offset_ms(day), self._random)
        return self._walk.moments(person, source, start_ms, self._random)


def _in_order(traffic: Traffic, days: int) -> Iterator[Moment]:
    """Day by day; what a visit does after midnight waits for the next day."""
    waiting: list[Moment] = []
    for age in range(days, -1, -1):
        day = traffic.last_day - timedelta(days=age)
        moments = sorted([*waiting, *traffic.day(day)], key=attrgetter("at_ms"))
        midnight_ms = _midnight_ms(day) + _DAY_MS
        waiting = [moment for moment in moments if moment.at_ms >= midnight_ms]
        yield from moments[: len(moments) - len(waiting)]


def _source_named(world: World, name: str) -> Source:
    return next(source for source in world.sources if source.name == name)


def _midnight_ms(day: date) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()) * 1000


def _timestamp(at_ms: int) -> str:
    return datetime.fromtimestamp(at_ms / 1000, UTC).isoformat(timespec="milliseconds")
