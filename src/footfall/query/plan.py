"""Which table answers which part of a question.

One rule: visitors and visits come from the visits table unless a metric or a dimension of events is asked, then from
events; every other figure has one home. Parts are added up by their rows' dimensions, so a plan never depends on
what is sorted or paged.
"""

from bisect import bisect_right
from dataclasses import dataclass, replace

from footfall.domain.calendar import day_bounds_ms
from footfall.query.buckets import Buckets, buckets, natural_unit
from footfall.query.dates import DateRange
from footfall.query.dimensions import DIMENSIONS, GOAL, PAGE, Dimension, Level
from footfall.query.goals import tells_conversion, without_conversion
from footfall.query.metrics import (
    APART,
    CONVERTIBLE,
    GROUP_CONVERTIBLE,
    METRICS,
    TOTAL_VISITORS,
    VISITORS,
    Partial,
    Source,
)
from footfall.query.operators import OPERATORS
from footfall.query.question import Comparison, Filter, Order, Question, comparisons
from footfall.query.rolled import RolledDays, rolled_days, rollup_of
from footfall.store import ClosedDays, ImportedSpan

_ENTRY_HOSTNAME = DIMENSIONS["visit:entry_page_hostname"]
_EXIT_HOSTNAME = DIMENSIONS["visit:exit_page_hostname"]
_FILED_BY_ENTRY = frozenset(
    f"visit:{name}"
    for name in (
        "source", "referrer", "channel", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
        "entry_page",
    )
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One statement's share: the partials of one source. Rows that only complementary parts have are not answered.

    ``rollup`` is the dimension under which rollups have the same of closed days, None where they have not.
    """

    source: Source
    partials: tuple[Partial, ...]
    makes_rows: bool
    rollup: str | None = None


@dataclass(frozen=True)
class Only:
    """The rows to be answered: for each dimension that tells them, by its position, one value a row."""

    columns: dict[int, tuple[str, ...]]


@dataclass(frozen=True)
class Whole:
    """Visitors that a metric is a share of: one figure for all rows, or for each group of them one.

    ``keys`` are the positions of the dimensions that tell the groups apart.
    """

    partial: Partial
    filters: tuple[Filter, ...]
    keys: tuple[int, ...]
    part: Part


@dataclass(frozen=True)
class Plan:
    """A question with everything decided: range, buckets, order, and the parts that answer it."""

    question: Question
    range: DateRange
    buckets: Buckets | None
    filters: tuple[Filter, ...]
    parts: tuple[Part, ...]
    wholes: tuple[Whole, ...] = ()
    week_start: int = 0
    only: "Only | None" = None
    rolled: RolledDays | None = None
    imported: ImportedSpan | None = None  # the days to be added from what another product has counted
    imports_skipped: str = ""  # why there are none, where they were asked for
    has_total: bool = False  # whether a row without time tells what all others come to

    @property
    def tells_currencies(self) -> bool:
        """Whether each row says which currencies its revenue is in."""
        return any(metric.is_money for metric in self.question.metrics)

    @property
    def has_no_rows(self) -> bool:
        """Whether it asks about goals of a site that has none."""
        return GOAL in self.question.dimensions and not self.question.goals

    @property
    def wants_closed_days(self) -> bool:
        """Whether rollups could answer any of it."""
        return any(part.rollup is not None for part in self._all_parts)

    def over(self, closed: ClosedDays) -> "Plan":
        """The plan that reads closed days from their rollups where those have the answer."""
        if self.buckets and self.buckets.files_by_start:
            return self
        by_month = self.buckets is None or self.buckets.unit == "month"
        return replace(self, rolled=rolled_days(self.range, closed, by_month=by_month))

    def is_rolled(self, part: Part) -> bool:
        """Whether this part reads rollups."""
        return self.rolled is not None and part.rollup is not None

    @property
    def wants_reaching(self) -> bool:
        """Whether it needs the visits that reach out of its range, of whose days it reads no visit otherwise."""
        if self.rolled is None or self.rolled.leaves_events:
            return False
        return any(part.source is Source.VISITS and self.is_rolled(part) for part in self._all_parts)

    @property
    def is_small(self) -> bool:
        """Whether rollups answer all parts, so that there is little to read."""
        return all(self.is_rolled(part) for part in self.parts)

    def of_whole(self, whole: Whole) -> "Plan":
        """The plan that counts these visitors alone."""
        asked = _visitors_asked(self.question, whole.keys, whole.filters)
        return replace(self, question=asked, filters=whole.filters, parts=(whole.part,), wholes=(), only=None)

    @property
    def _all_parts(self) -> tuple[Part, ...]:
        return (*self.parts, *(whole.part for whole in self.wholes))

    @property
    def can_total(self) -> bool:
        """Whether its rows over time can be added up: all are there, and rollups tell whom each of them counts."""
        if self.buckets is None or self.buckets.files_by_start or not self.is_small:
            return False
        question = self.question
        is_from_start = question.order_by[0] == Order(question.dimensions[0].name, is_descending=False)
        is_of_shares = any(metric.whole in APART for metric in question.metrics)
        return len(question.dimensions) == 1 and is_from_start and not question.offset and not is_of_shares

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables the answer comes from."""
        imported = {"imported"} if self.imported else set()
        return tuple(sorted({table for part in self._all_parts for table in self._tables(part)} | imported))

    def _tables(self, part: Part) -> list[str]:
        live = "visits" if part.source is Source.VISITS else "events"
        if self.rolled is None or part.rollup is None:
            return [live]
        rolled = (("daily", self.rolled.days), ("monthly", self.rolled.months))
        is_read_live = part.source is Source.VISITS or self.rolled.leaves_events
        return [*([live] if is_read_live else []), *(f"{span}_{live}" for span, days in rolled if days)]

    def bucket_starts(self, first_day: int, last_day: int) -> list[int]:
        """In which bucket each of these days falls."""
        starts = self.buckets.starts_ms if self.buckets else ()
        firsts = (day_bounds_ms(day, self.range.zone)[0] for day in range(first_day, last_day + 1))
        return [starts[max(bisect_right(starts, first_ms) - 1, 0)] for first_ms in firsts]

    @property
    def is_by_page(self) -> bool:
        """Whether visit metrics are to be filed under the page visits entered on."""
        return PAGE in self.question.dimensions


def make_plan(question: Question, within: DateRange, week_start: int = 0) -> Plan:
    """Decide how to answer; weeks begin on a weekday, Monday being 0.

    Raises InvalidInput for a range of too many buckets.
    """
    resolved = _with_order(_with_time_unit(question, within))
    filters = (*resolved.filters, *_hostname_filters(resolved), *_goal_filters(resolved))
    unit = next((dimension.unit for dimension in resolved.dimensions if dimension.level is Level.TIME), None)
    return Plan(
        question=resolved,
        range=within,
        buckets=buckets(within, unit, week_start) if unit else None,
        filters=filters,
        parts=_parts(resolved),
        wholes=_wholes(resolved, filters),
        week_start=week_start,
    )


def _with_time_unit(question: Question, within: DateRange) -> Question:
    """`time` made one of the units, in the dimensions and in the order."""
    unit = DIMENSIONS[f"time:{natural_unit(within)}"]
    time = DIMENSIONS["time"]
    return replace(
        question,
        dimensions=tuple(unit if dimension == time else dimension for dimension in question.dimensions),
        order_by=tuple(
            replace(order, name=unit.name) if order.name == time.name else order for order in question.order_by
        ),
    )


def _with_order(question: Question) -> Question:
    if question.order_by:
        return question
    by_time = [Order(one.name, is_descending=False) for one in question.dimensions if one.level is Level.TIME]
    by_metric = Order(question.metrics[0].name, is_descending=True)
    return replace(question, order_by=(*by_time, by_metric))


def _hostname_filters(question: Question) -> list[Filter]:
    """A filter on the hostname also holds for the page that the visit is filed by."""
    names = {dimension.name for dimension in question.dimensions}
    extra = [_ENTRY_HOSTNAME] if names & _FILED_BY_ENTRY else []
    extra += [_EXIT_HOSTNAME] if "visit:exit_page" in names else []
    of_hostname = [one for one in comparisons(question.filters) if one.dimension.name == "event:hostname"]
    return [Comparison(one.operator, at, one.values, one.is_case_sensitive) for one in of_hostname for at in extra]


def _goal_filters(question: Question) -> list[Filter]:
    """Rows by goal are about the events that reach one."""
    if GOAL not in question.dimensions:
        return []
    names = tuple(goal.display_name for goal in question.goals)
    return [Comparison(OPERATORS["is"], GOAL, names, goals=question.goals)]


def _home(question: Question) -> Source:
    """Where visitors and visits are counted."""
    if _asks_conversions(question) and not any(one.is_of_whole_visits for one in question.dimensions):
        return Source.EVENTS
    sources = {partial.only_source for metric in question.metrics for partial in metric.partials}
    by_event = any(dimension.level is Level.EVENT for dimension in question.dimensions)
    return Source.EVENTS if by_event or sources & {Source.EVENTS, Source.READING} else Source.VISITS


def _asks_conversions(question: Question) -> bool:
    return any(metric.is_of_conversions for metric in question.metrics)


def _parts(question: Question) -> tuple[Part, ...]:
    home = _home(question)
    by_source: dict[Source, dict[str, Partial]] = {}
    for metric in question.metrics:
        for partial in metric.partials:
            if partial not in APART:
                by_source.setdefault(partial.only_source or home, {})[partial.name] = partial
    row_makers = _row_makers(question, set(by_source))
    return tuple(
        Part(source, partials, source in row_makers, rollup_of(source, partials, question))
        for source, partials in ((source, tuple(found.values())) for source, found in by_source.items())
    )


def _row_makers(question: Question, sources: set[Source]) -> set[Source]:
    """Which parts' rows are answered; what the others know only fills in figures."""
    by_event: list[Dimension] = [one for one in question.dimensions if one.level is Level.EVENT]
    if by_event and Source.EVENTS in sources:
        return {Source.EVENTS}
    return sources & {Source.EVENTS, Source.VISITS} or sources


def _wholes(question: Question, filters: tuple[Filter, ...]) -> tuple[Whole, ...]:
    """What its metrics are shares of, each in a question of its own, which rollups may answer where they can't this."""
    groups = tuple(at for at, one in enumerate(question.dimensions) if not tells_conversion(one))
    among = without_conversion(filters)
    known = ((TOTAL_VISITORS, filters, ()), (CONVERTIBLE, among, ()), (GROUP_CONVERTIBLE, among, groups))
    asked = {metric.whole.name for metric in question.metrics if metric.whole}
    return tuple(
        Whole(partial, of_whom, keys, _visitors_of(_visitors_asked(question, keys, of_whom), _home(question)))
        for partial, of_whom, keys in known
        if partial.name in asked
    )


def _visitors_asked(question: Question, keys: tuple[int, ...], filters: tuple[Filter, ...]) -> Question:
    dimensions = tuple(question.dimensions[at] for at in keys)
    return replace(question, metrics=(METRICS["visitors"],), dimensions=dimensions, filters=filters)


def _visitors_of(asked: Question, home: Source) -> Part:
    return Part(home, (VISITORS,), makes_rows=True, rollup=rollup_of(home, (VISITORS,), asked))
