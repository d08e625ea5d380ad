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
    """Counted by the event loop, written down by a thread.

    The totals since the start only grow, and the thread remembers what of them it has written: so neither waits for
    the other, and what could not be written is written next time.
    """

    def __init__(self) -> None:
        self.totals: Outcomes = Counter()
        self._written: Outcomes = Counter()

    def unwritten(self, site_id: int) -> dict[str, int]:
        """Events of a site by outcome that the journal does not hold yet."""
        of_site = {key: total for key, total in self.totals.copy().items() if key[0] == site_id}
        return {key[1]: total - self._written[key] for key, total in of_site.items()}

    def write_down(
        self, journal: Journal, site_by_id: Callable[[int], Site | None], found_later: Outcomes, now_ms: int
    ) -> None:
        """Hand the journal what is new, with the verdicts ``found_later`` by the applier; raises what it raises."""
        totals = self.totals.copy() + found_later
        new = {key: events for key, total in totals.items() if (events := total - self._written[key])}
        sites = {site_id: site_by_id(site_id) for site_id, _ in new}
        counts = {
            (site_id, local_day(now_ms, site.zone), outcome): events
            for (site_id, outcome), events in new.items()
            if (site := sites[site_id]) is not None
        }
        if counts:
            journal.add(counts)
        self._written = totals
