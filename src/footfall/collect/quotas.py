"""How much of its month's events a site has used up.

Counted are the events a site has taken in the calendar month of its zone: what the store holds of them from before
counting began, and what was accepted since. A request that begins within the quota is taken whole.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from footfall.collect.verdicts import ACCEPTED, Outcomes
from footfall.domain import Site

CountStored = Callable[[int, int, int], int]
"""Site, first and end second of receipt → events in the store."""

_RECOUNT_MS = 3_600_000


@dataclass
class _Month:
    """The month that runs on one site."""

    first: date
    begins_s: int
    counted_from_s: int
    accepted_before: int  # of the totals, not in this month or in the store's share already
    stored: int = 0
    counted_ms: int | None = None


class Quotas:
    """Asked by intake, counted anew by a job: at the start some events are still on their way into the store."""

    def __init__(self, totals: Outcomes, count_stored: CountStored) -> None:
        self._totals = totals
        self._count_stored = count_stored
        self._months: dict[int, _Month] = {}

    def is_used_up(self, site: Site, now_ms: int) -> bool:
        """Whether the site, which has a quota, has had as many events this month as it may."""
        return self.used(site, now_ms) >= site.monthly_events

    def used(self, site: Site, now_ms: int) -> int:
        """Events taken this month, as far as counted."""
        month = self._month(site, now_ms)
        return month.stored + self._totals[site.id, ACCEPTED] - month.accepted_before

    def recount(self, sites: Iterable[Site], now_ms: int) -> None:
        """Ask the store about the sites with a quota that have not been asked about for an hour."""
        for site in sites:
            if not site.monthly_events:
                continue
            month = self._month(site, now_ms)
            if month.counted_ms is None or abs(now_ms - month.counted_ms) >= _RECOUNT_MS:
                month.stored = self._count_stored(site.id, month.begins_s, month.counted_from_s)
                month.counted_ms = now_ms

    def _month(self, site: Site, now_ms: int) -> _Month:
        now = datetime.fromtimestamp(now_ms / 1000, site.zone)
        first = date(now.year, now.month, 1)
        month = self._months.get(site.id)
        if month is None or month.first != first:
            begins_s = int(datetime(now.year, now.month, 1, tzinfo=site.zone).timestamp())
            month = _Month(first, begins_s, now_ms // 1000, self._totals[site.id, ACCEPTED])
            self._months[site.id] = month
        return month
