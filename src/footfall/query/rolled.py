"""Which days of a range are answered from rollups, and which part of a question can be.

The rest of the range, its gaps, is read live: today, days with late events, and whatever of a day the range cuts off.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from footfall.domain.calendar import day_bounds_ms
from footfall.query.dates import DateRange
from footfall.query.dimensions import Dimension, Level
from footfall.query.metrics import TOTAL_VISITORS, Partial, Source
from footfall.query.question import Comparison, Done, Filter, Junction, Negation, Question, comparisons
from footfall.store import ClosedDays
from footfall.store.closed_days import days_of_month, first_of_month

MAX_GAPS = 8
"""More gaps than these are joined: each adds a condition to the statement."""

TOTAL = ""
"""The dimension under which rollups keep the sum of all."""

_FILES = {Source.VISITS: "visit_rollup", Source.EVENTS: "event_rollup"}


@dataclass(frozen=True)
class Gap:
    """A stretch of a range that is read live: its local days, and its bounds in UTC milliseconds."""

    first_day: int
    last_day: int
    first_ms: int
    end_ms: int


@dataclass(frozen=True)
class RolledDays:
    """The generations of the days and months to read, by (first) day; what they leave of the range are its gaps.

    ``reaching`` are the visits that reach out of a range without gaps, by the day they opened on and their id; None
    where nobody knows them yet, or they are too many to name.
    """

    days: dict[int, int]
    months: dict[int, int]
    gaps: tuple[Gap, ...]
    reaching: tuple[tuple[date, int], ...] | None = None

    @property
    def leaves_events(self) -> bool:
        """Whether events must be read for more than rollups tell."""
        return bool(self.gaps) or not (self.days or self.months)

    @property
    def leaves_visits(self) -> bool:
        """Whether visits must: they may reach out of the range as well."""
        return self.leaves_events or self.reaching != ()


def rolled_days(within: DateRange, closed: ClosedDays, *, by_month: bool) -> RolledDays | None:
    """How to read the range, None where no day of it can be had from rollups; ``by_month`` allows whole months."""
    islands = _longest(list(_islands(within, closed)))
    if not islands:
        return None
    days = {day: generation for island in islands for day, generation in island.items()}
    months = _months(days, closed) if by_month else {}
    for first_day in months:
        for day in days_of_month(first_day):
            del days[day]
    return RolledDays(
        days={day: generation for day, generation in days.items() if generation},
        months={day: generation for day, generation in months.items() if generation},
        gaps=tuple(_gaps(within, islands)),
    )


def rollup_of(source: Source, partials: tuple[Partial, ...], question: Question) -> str | None:
    """The one dimension of the rollups that answers this part of the question, None where none does."""
    file = _FILES.get(source)
    if file is None or not all(source in partial.rolled for partial in partials):
        return None
    broken_down = [one for one in question.dimensions if one.level is not Level.TIME]
    if not _is_kept_whole(source, broken_down, question):
        return None
    asked = [*broken_down, *(one.dimension for one in comparisons(question.filters))]
    names: set[str] = {getattr(one, file) for one in asked}
    if not names:
        return TOTAL
    return names.pop() or None if len(names) == 1 else None


def _is_kept_whole(source: Source, broken_down: list[Dimension], question: Question) -> bool:
    """Whether no visitor is under two rows of the rollup that would be added up, and no filter asks for more."""
    filters = question.filters
    if any(metric.is_of_conversions for metric in question.metrics) or any(map(_has_done, filters)):
        return False
    if any(metric.whole is TOTAL_VISITORS for metric in question.metrics) and filters:
        return False
    if source is Source.VISITS and any(one.dimension.level is Level.EVENT for one in comparisons(filters)):
        return False
    return bool(broken_down) or not filters or _is_one_value(filters)


def _has_done(one: Filter) -> bool:
    match one:
        case Done():
            return True
        case Junction():
            return any(map(_has_done, one.filters))
        case Negation():
            return _has_done(one.filter)
    return False


def _is_one_value(filters: tuple[Filter, ...]) -> bool:
    match filters:
        case [Comparison() as one]:
            is_equal = one.operator.is_exact and not one.operator.is_negated and one.is_case_sensitive
            return is_equal and len(one.stored_values) == 1
    return False


def _islands(within: DateRange, closed: ClosedDays) -> Iterator[dict[int, int]]:
    """Runs of days that lie whole in the range and whose generation is known."""
    run: dict[int, int] = {}
    first, last = within.local_days
    from_ms, until_ms = within.first_ms, within.end_ms
    for day in range(first, last + 1):
        first_ms, end_ms = day_bounds_ms(day, within.zone)
        is_whole = from_ms <= first_ms < end_ms <= until_ms
        generation = closed.generation(day) if is_whole else None
        if generation is not None:
            run[day] = generation
        elif run:
            yield run
            run = {}
    if run:
        yield run


def _longest(islands: list[dict[int, int]]) -> list[dict[int, int]]:
    """As many islands as leave few gaps, in order."""
    kept = sorted(islands, key=len, reverse=True)[: MAX_GAPS - 1]
    return sorted(kept, key=min)


def _months(days: dict[int, int], closed: ClosedDays) -> dict[int, int]:
    """The whole months among these days whose rollups hold."""
    found: dict[int, int] = {}
    for first_day in days:
        generation = closed.generation_of_month(first_day) if first_day == first_of_month(first_day) else None
        if generation is not None and all(day in days for day in days_of_month(first_day)):
            found[first_day] = generation
    return found


def _gaps(within: DateRange, islands: list[dict[int, int]]) -> Iterator[Gap]:
    """What the islands leave of the range."""
    first, last = within.local_days
    day, at_ms = first, within.first_ms
    for island in islands:
        first_ms, end_ms = day_bounds_ms(min(island), within.zone)[0], day_bounds_ms(max(island), within.zone)[1]
        if at_ms < first_ms:
            yield Gap(day, min(island) - 1, at_ms, first_ms)
        day, at_ms = max(island) + 1, end_ms
    if at_ms < within.end_ms:
        yield Gap(day, last, at_ms, within.end_ms)
