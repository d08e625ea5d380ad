"""Which rows of a table a question is about: site, range, and filters carried from one table to the other."""

from footfall.domain import Site
from footfall.query import goals
from footfall.query.bindings import Bindings
from footfall.query.dates import DateRange
from footfall.query.dimensions import EXIT_PAGE, GOAL, PAGE, Dimension, Level
from footfall.query.operators import comparison
from footfall.query.question import Comparison, Done, Filter, Junction, Negation, comparisons
from footfall.query.rolled import Gap, RolledDays
from footfall.store import ImportedSpan

ALL = "1"
NONE = "0"


class Where:
    """Conditions in SQL on rows of `events`, of `visits FINAL` and of rollups."""

    def __init__(self, site: Site, within: DateRange, bindings: Bindings) -> None:
        self._days_stored = site.days_stored
        self._stray_days = site.stray_days
        self._site = bindings.bind("UInt32", site.id)
        self._days = within.local_days
        self.first_at = bindings.moment(within.first_ms)
        self.end_at = bindings.moment(within.end_ms)
        self._bindings = bindings

    def events(self, filters: tuple[Filter, ...]) -> str:
        """Events in the range that the filters let through, engagement among them."""
        conditions = (
            f"site_id = {self._site} AND {self._on_days(*self._days)}",
            f"timestamp >= {self.first_at} AND timestamp < {self.end_at}",
            *(self._on_event(one) for one in filters),
        )
        return " AND ".join(conditions)

    def activity(self, filters: tuple[Filter, ...]) -> str:
        """Events but engagement, which belongs to it only where it reaches a goal."""
        if not goals.reads_engagement(filters):
            return goals.IS_ACTIVITY
        reached = [one for one in comparisons(filters) if goals.reads_engagement((one,))]
        conditions = [goals.IS_ACTIVITY, *(self._on_event(one) for one in reached)]
        return f"({' OR '.join(conditions)})"

    def visits(self, filters: tuple[Filter, ...]) -> str:
        """Visits that overlap the range and that the filters let through."""
        conditions = (
            self._near_visits(),
            f"started_at < {self.end_at} AND ended_at >= {self.first_at}",
            *([self._of_visits(filters)] if filters else []),
        )
        return " AND ".join(conditions)

    def events_in(self, gaps: tuple[Gap, ...], filters: tuple[Filter, ...]) -> str:
        """Events in these stretches of the range that the filters let through."""
        stretches = [
            f"({self._on_days(gap.first_day, gap.last_day)}"
            f" AND timestamp >= {self._bindings.moment(gap.first_ms)}"
            f" AND timestamp < {self._bindings.moment(gap.end_ms)})"
            for gap in gaps
        ]
        conditions = (
            f"site_id = {self._site} AND ({' OR '.join(stretches) or NONE})",
            *(self._on_event(one) for one in filters),
        )
        return " AND ".join(conditions)

    def visits_left_by(self, rolled: RolledDays, filters: tuple[Filter, ...]) -> str:
        """Visits that overlap the range and did not end on a day that is read from rollups."""
        ended = [
            f"({self._opened_near(gap.first_day, gap.last_day)}"
            f" AND ended_at >= {self._bindings.moment(gap.first_ms)}"
            f" AND ended_at < {self._bindings.moment(gap.end_ms)})"
            for gap in rolled.gaps
        ]
        after = f"({self._near_end(rolled)} AND ended_at >= {self.end_at})"
        conditions = (
            f"site_id = {self._site} AND ({' OR '.join([*ended, after])}) AND started_at < {self.end_at}",
            *(self._on_visit(one) for one in filters),
        )
        return " AND ".join(conditions)

    def may_reach_out(self) -> str:
        """Rows of visits, not merged, that began before the range's end and went on after it, as far as one row tells.

        Of a visit that did both, opened before the end or after it, one row at least meets this.
        """
        last_day = self._bindings.day(self._days[1])
        return (
            f"site_id = {self._site} AND {self._opened_near_end()}"
            f" AND if(opened_day <= {last_day}, ended_at >= {self.end_at}, started_at < {self.end_at})"
        )

    def rolled_up(self, dimension: str, generations: dict[int, int], filters: tuple[Filter, ...]) -> str:
        """Rows of rollups under this dimension, on each day those of the generation that holds."""
        days = range(min(generations), max(generations) + 1)
        by_day = self._bindings.bind("Array(UInt16)", [generations.get(day, 0) for day in days])
        conditions = (
            f"site_id = {self._site} AND dimension = {self._bindings.bind('String', dimension)}",
            f"day BETWEEN {self._bindings.day(days[0])} AND {self._bindings.day(days[-1])}",
            f"generation = {by_day}[toUInt16(day) - {days[0]:d} + 1]",
            *(self._on_value(one) for one in filters),
        )
        return " AND ".join(conditions)

    def imported(self, counted: str, dimension: str, span: ImportedSpan, filters: tuple[Filter, ...]) -> str:
        """Imported rows of visits or events under this dimension."""
        conditions = (
            f"site_id = {self._site} AND counted = {self._bindings.bind('String', counted)}",
            f"dimension = {self._bindings.bind('String', dimension)}",
            f"day BETWEEN {self._bindings.day(span.first_day)} AND {self._bindings.day(span.last_day)}",
            *(self._on_value(one) for one in filters),
        )
        return " AND ".join(conditions)

    def entered(self, filters: tuple[Filter, ...]) -> str:
        """Visits whose entry page is let through by the filters on pages."""
        on_pages = [one for one in filters if _is_on_pages(one)]
        return " AND ".join(self._on_visit(one) for one in on_pages) or ALL

    def column(self, dimension: Dimension, *, of_visit: bool) -> str:
        """The dimension's column; a property's key is bound."""
        column = dimension.visit_column if of_visit else dimension.event_column
        if column is None:
            raise ValueError(f"{dimension.name} has no column here")
        return column.format(key=self._bindings.bind("String", dimension.key)) if dimension.key else column

    def _near_visits(self) -> str:
        return f"site_id = {self._site} AND {self._opened_near(*self._days)}"

    def _opened_near_end(self) -> str:
        last_day = self._days[1]
        return self._opened_near(last_day, last_day)

    def _near_end(self, rolled: RolledDays) -> str:
        """The visits that may reach out of the range: by name, where they were found before."""
        if rolled.reaching is None:
            return self._opened_near_end()
        named = self._bindings.bind("Array(Tuple(Date, UInt64))", list(rolled.reaching))
        return f"(opened_day, visit_id) IN {named}"

    def _on_days(self, first_day: int, last_day: int) -> str:
        first, last = self._days_stored(first_day, last_day)
        return f"local_day BETWEEN {self._bindings.day(first)} AND {self._bindings.day(last)}"

    def _opened_near(self, first_day: int, last_day: int) -> str:
        # A visit stands under the day it opened on, which may lie days before; an event that arrived late may have
        # given it an earlier start than that day.
        span = f"(SELECT max(days) FROM visit_spans WHERE site_id = {self._site})"
        first, last = self._days_stored(first_day, last_day)
        earliest = f"{self._bindings.day(first)} - {span} - {self._stray_days:d}"
        return f"opened_day >= {earliest} AND opened_day <= {self._bindings.day(last)} + 1"

    def _of_visits(self, filters: tuple[Filter, ...]) -> str:
        if not any(one.dimension.level is Level.EVENT for one in comparisons(filters)):
            return " AND ".join(self._on_visit(one) for one in filters)
        return self._of_visits_with(filters)

    def _of_visits_with(self, filters: tuple[Filter, ...]) -> str:
        """Visits with an event in the range that the filters let through."""
        return f"visit_id IN (SELECT visit_id FROM events WHERE {self.activity(filters)} AND {self.events(filters)})"

    def _on_visit(self, one: Filter) -> str:
        """The filter on a row of visits; pages are read as entry pages."""
        match one:
            case Comparison():
                return self._compare(one, self.column(one.dimension, of_visit=True))
            case Junction():
                return _join(one.word, [self._on_visit(inner) for inner in one.filters])
            case Negation():
                return f"NOT ({self._on_visit(one.filter)})"
            case Done():
                return self._done(one)

    def _on_event(self, one: Filter) -> str:
        """The filter on a row of events; entry and exit are looked up in the event's visit."""
        match one:
            case Comparison() if one.dimension.is_of_whole_visits:
                rows = f"{self._near_visits()} AND {self._on_visit(one)}"
                return f"visit_id IN (SELECT visit_id FROM visits FINAL WHERE {rows})"
            case Comparison() if one.dimension == GOAL:
                return goals.reached_any(one.goals, self._bindings)
            case Comparison():
                return self._compare(one, self.column(one.dimension, of_visit=False))
            case Junction():
                return _join(one.word, [self._on_event(inner) for inner in one.filters])
            case Negation():
                return f"NOT ({self._on_event(one.filter)})"
            case Done():
                return self._done(one)

    def _done(self, one: Done) -> str:
        found = self._of_visits_with((one.filter,))
        return f"NOT ({found})" if one.is_negated else f"({found})"

    def _on_value(self, one: Filter) -> str:
        """The filter on a row of rollups, whose one dimension is the one compared."""
        match one:
            case Comparison():
                return self._compare(one, "toString(value)")
            case Junction():
                return _join(one.word, [self._on_value(inner) for inner in one.filters])
            case Negation():
                return f"NOT ({self._on_value(one.filter)})"
            case Done():
                raise ValueError("rollups do not know what else a visit did")

    def _compare(self, one: Comparison, column: str) -> str:
        return comparison(
            one.operator, column, one.stored_values, is_case_sensitive=one.is_case_sensitive, bindings=self._bindings
        )


def but_exit_page(filters: tuple[Filter, ...]) -> tuple[Filter, ...]:
    """The filters that do not choose exit pages: what the page views of those pages are counted under."""
    return tuple(one for one in filters if not (isinstance(one, Comparison) and one.dimension == EXIT_PAGE))


def _is_on_pages(one: Filter) -> bool:
    match one:
        case Comparison():
            return one.dimension == PAGE
        case Junction():
            return all(_is_on_pages(inner) for inner in one.filters)
        case Negation():
            return _is_on_pages(one.filter)
        case Done():
            return False


def _join(word: str, conditions: list[str]) -> str:
    return "(" + f" {word.upper()} ".join(conditions) + ")"
