"""The sites of a person side by side: visitors of the last 28 days, how they changed, and who is there now."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from footfall.domain import Site
from footfall.query import ask, current_visitors_of, previous_period, resolve_date_range
from footfall.reports.asking import Question, exact_range
from footfall.reports.figures import METRICS, Direction, change, direction
from footfall.reports.series import Values
from footfall.store import Reader

PERIOD = "28d"
_VISITORS = METRICS["visitors"]


@dataclass(frozen=True)
class SiteSummary:
    """One site in the overview."""

    site: Site
    current: int
    visitors: int
    previous: int
    spark: Values

    @property
    def change(self) -> float | None:
        """Percent; none where nothing was counted in either period."""
        return change(self.visitors, self.previous, _VISITORS.unit) if self.visitors or self.previous else None

    @property
    def direction(self) -> Direction:
        """Whether it got better."""
        return direction(_VISITORS, self.change)


def overview(reader: Reader, clock: Callable[[], int]) -> Callable[[Sequence[Site]], Awaitable[list[SiteSummary]]]:
    """Make what sums up sites at this moment; ``clock`` gives UTC milliseconds."""

    async def summaries_of(sites: Sequence[Site]) -> list[SiteSummary]:
        if not sites:
            return []
        now = datetime.fromtimestamp(clock() / 1000, UTC)
        current = await current_visitors_of(reader, sites, now)
        return await asyncio.gather(*(_summary(reader, site, current[site.id], now) for site in sites))

    return summaries_of


async def _summary(reader: Reader, site: Site, current: int, now: datetime) -> SiteSummary:
    before = previous_period(resolve_date_range(PERIOD, site, now), now)
    total: Question = {"metrics": ["visitors"], "date_range": PERIOD}
    by_day: Question = {**total, "dimensions": ["time:day"], "include": {"time_labels": True}}
    answers = await asyncio.gather(
        ask(reader, site, total, now),
        ask(reader, site, {**total, "date_range": exact_range(before)}, now),
        ask(reader, site, by_day, now),
    )
    visitors, previous = (int(one.rows[0].metrics[0] or 0) if one.rows else 0 for one in answers[:2])
    found = {row.dimensions[0]: row.metrics[0] for row in answers[2].rows}
    return SiteSummary(site, current, visitors, previous, tuple(found.get(at) or 0 for at in answers[2].time_labels))
