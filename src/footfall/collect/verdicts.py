"""What became of the events of each site, counted in memory and written down as whole days now and then."""

from collections import Counter
from collections.abc import Callable, Mapping
from typing import Protocol

from footfall.domain import Site
from footfall.domain.calendar import local_day

ACCEPTED = "accepted"
REJECTED = "rejected"

Outcomes = Counter[tuple[int, str]]
"""Site and outcome → events; an outcome is accepted, rejected or a reason to drop."""


class Journal(Protocol):
    """Where verdicts are kept."""

    def add(self, counts: Mapping[tuple[int, int, str], int]) -> None:
        """Add events by site, local day and outcome; all or none."""


class Verdicts:
    """Counted by the event loop, written down by a thread; ``found_later`` tells what the applier refused.

    The totals since the start only grow, and the thread remembers what of them it has written: so neither waits for
    the other, and what could not be written is written next time.
    """

    def __init__(self, found_later: Callable[[], Outcomes]) -> None:
        self.totals: Outcomes = Counter()
        self._found_later = found_later
        self._written: Outcomes = Counter()

    def all(self) -> Outcomes:
        """Every verdict since the start."""
        return self.totals.copy() + self._found_later()

    def unwritten(self, site_id: int) -> dict[str, int]:
        """Events of a site by outcome that the journal does not hold yet."""
        return {outcome: events for (of_site, outcome), events in self._new(self.all()).items() if of_site == site_id}

    def write_down(self, journal: Journal, site_by_id: Callable[[int], Site | None], now_ms: int) -> None:
        """Hand the journal what is new; raises what it raises."""
        totals = self.all()
        new = self._new(totals)
        sites = {site_id: site_by_id(site_id) for site_id, _ in new}
        counts = {
            (site_id, local_day(now_ms, site.zone), outcome): events
            for (site_id, outcome), events in new.items()
            if (site := sites[site_id]) is not None
        }
        if counts:
            journal.add(counts)
        self._written = totals

    def _new(self, totals: Outcomes) -> dict[tuple[int, str], int]:
        return {key: events for key, total in totals.items() if (events := total - self._written[key])}
