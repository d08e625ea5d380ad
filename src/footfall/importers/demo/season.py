"""How many visits a day has, and when on that day they begin."""

from datetime import date, timedelta
from random import Random

from footfall.importers.demo.chance import Weighted
from footfall.importers.demo.world import Source, World

_SATURDAY = 5
_HOUR_MS = 3_600_000
_DAY_MS = 24 * _HOUR_MS


class Season:
    """The run of days that ends on ``last_day``."""

    def __init__(self, world: World, last_day: date, days: int) -> None:
        self._world = world
        self._last_day = last_day
        self._days = days
        self._hours = Weighted(enumerate(world.volume.hours))
        self._weekend_hours = Weighted(enumerate(world.volume.weekend_hours))
        saturday = _day_of_week(last_day, world.quiet_weekend.weeks_before_end, _SATURDAY)
        self._quiet_days = (saturday, saturday + timedelta(days=1))

    def ordinary_visits(self, day: date, random: Random) -> int:
        """Visits of a day by growth, weekday, chance, and whether it was the quiet weekend."""
        volume = self._world.volume
        age = (self._last_day - day).days / max(self._days, 1)
        growth = 1 - (1 - volume.first_day_share) * age
        quiet = self._world.quiet_weekend.share if day in self._quiet_days else 1.0
        mean = volume.visits_per_day * growth * volume.weekdays[day.weekday()] * quiet
        return round(mean * max(random.gauss(1, volume.noise), 0))

    def spike_visits(self, day: date) -> int:
        """Visits of a day that the spike brings on top."""
        spike = self._world.spike
        since = (day - _day_of_week(self._last_day, spike.weeks_before_end, spike.weekday)).days
        if not 0 <= since < len(spike.shape):
            return 0
        return round(spike.shape[since] * self._world.volume.visits_per_day)

    def sources(self, day: date) -> Weighted[Source]:
        """The sources with their weights of that day."""
        return Weighted((source, source.weight * _burst_factor(source, day)) for source in self._world.sources)

    def start_ms(self, day: date, offset_ms: int, random: Random) -> int:
        """When on the UTC day a visit begins, for someone whose clock is ``offset_ms`` ahead of UTC."""
        hours = self._weekend_hours if day.weekday() >= _SATURDAY else self._hours
        local_ms = hours.draw(random) * _HOUR_MS + random.randrange(_HOUR_MS)
        return (local_ms - offset_ms) % _DAY_MS


def _burst_factor(source: Source, day: date) -> float:
    if source.burst is None:
        return 1.0
    return source.burst.factor if day.toordinal() % source.burst.every_days < source.burst.lasts_days else 1.0


def _day_of_week(last_day: date, weeks_before_end: int, weekday: int) -> date:
    return last_day - timedelta(weeks=weeks_before_end, days=last_day.weekday() - weekday)
