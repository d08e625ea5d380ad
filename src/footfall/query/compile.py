"""From a plan to one statement: each part sums partials, a union adds them up by row, metrics are made of the sums.

Only constants of this room stand in the text; all that a caller sent is bound.
"""

from footfall.query.bindings import Bindings
from footfall.query.dimensions import EXIT_PAGE, PAGE, Dimension, Level
from footfall.query.metrics import TOTAL_VISITORS, Metric, Partial, Source
from footfall.query.plan import Part, Plan
from footfall.query.where import Where, but_exit_page
from footfall.store import Statement

_TAG = "query.ask"

# n ÷ d to the nearest whole number, ties to the even one, in exact arithmetic.
_ROUNDED = (
    "(n, d) -> if(d = 0, NULL, intDiv(n, greatest(d, 1)) + (2 * (n % greatest(d, 1)) > d"
    " OR (2 * (n % greatest(d, 1)) = d AND intDiv(n, greatest(d, 1)) % 2 = 1))) AS rounded"
)

_SETTINGS = "SETTINGS do_not_merge_across_partitions_select_final = 1"


def compile_plan(plan: Plan, site_id: int) -> Statement:
    """The statement whose rows are the dimensions, the metrics scaled to integers, and the number of all rows."""
    return _Compiler(plan, site_id).statement()


class _Compiler:
    def __init__(self, plan: Plan, site_id: int) -> None:
        self._plan = plan
        self._question = plan.question
        self._bindings = Bindings()
        self._where = Where(site_id, plan.range, self._bindings)
        self._starts = self._bindings.bind("Array(Int64)", list(plan.buckets.starts_ms)) if plan.buckets else ""
        self._keys = [f"d{index}" for index in range(len(plan.question.dimensions))]

    def statement(self) -> Statement:
        metrics = [f"{_figure(metric)} AS m{index}" for index, metric in enumerate(self._question.metrics)]
        columns = ", ".join([*self._keys, *metrics, "count() OVER () AS row_count"])
        sql = (
            f"WITH {', '.join([_ROUNDED, *self._total_visitors()])} SELECT {columns} FROM ({self._sums()})"
            f" {self._order()} LIMIT {self._bind_int(self._question.limit)}"
            f" OFFSET {self._bind_int(self._question.offset)} {_SETTINGS}"
        )
        return Statement(_TAG, sql, self._bindings.parameters)

    def _bind_int(self, number: int) -> str:
        return self._bindings.bind("UInt64", number)

    def _total_visitors(self) -> list[str]:
        if not any(metric.whole is TOTAL_VISITORS for metric in self._question.metrics):
            return []
        source = self._plan.home_of_visitors
        return [f"(SELECT uniqExact(visitor_id) FROM {self._rows(source)}) AS {_sum(TOTAL_VISITORS)}"]

    def _sums(self) -> str:
        """Every row's partials, whichever part they came from."""
        sums = [f"sum({partial.name}) AS {_sum(partial)}" for part in self._plan.parts for partial in part.partials]
        parts = " UNION ALL ".join(self._part(part) for part in self._plan.parts)
        grouping = f" GROUP BY {', '.join(self._keys)} HAVING max(makes_rows) = 1" if self._keys else ""
        return f"SELECT {', '.join([*self._keys, *sums])} FROM ({parts}){grouping}"

    def _part(self, part: Part) -> str:
        """One part's rows, with zero for the partials of other parts."""
        own = {partial.name: self._aggregate(partial, part.source) for partial in part.partials}
        names = [partial.name for each in self._plan.parts for partial in each.partials]
        figures = [f"toUInt64({own.get(name, '0')}) AS {name}" for name in names]
        columns = ", ".join([*self._labels(part.source), *figures, f"{int(part.makes_rows)} AS makes_rows"])
        grouping = f" GROUP BY {', '.join(self._keys)}" if self._keys else ""
        return f"SELECT {columns} FROM {self._rows(part.source)}{grouping}"

    def _aggregate(self, partial: Partial, source: Source) -> str:
        sql = partial.sql[source]
        if "{entered}" not in sql:
            return sql
        return sql.format(entered=f"({self._where.entered(self._plan.filters)})")

    def _labels(self, source: Source) -> list[str]:
        if source is Source.READING:
            return self._keys
        return [
            f"{self._label(dimension, source)} AS {key}"
            for key, dimension in zip(self._keys, self._question.dimensions, strict=True)
        ]

    def _label(self, dimension: Dimension, source: Source) -> str:
        if dimension.level is Level.TIME:
            return f"roundDown(toUnixTimestamp64Milli({self._moment(source)}), {self._starts})"
        if source is Source.EXIT_VIEWS and dimension == EXIT_PAGE:
            dimension = PAGE
        column = self._where.column(dimension, of_visit=source is Source.VISITS)
        return f"if({column} = '', {self._bindings.bind('String', dimension.blank)}, {column})"

    def _moment(self, source: Source) -> str:
        """What decides the bucket; a visit that reaches out of the range stays in its first or last bucket."""
        if source is not Source.VISITS:
            return "timestamp"
        if self._plan.buckets and self._plan.buckets.files_by_start:
            return f"greatest(started_at, {self._where.first_at})"
        return f"least(ended_at, subtractMilliseconds({self._where.end_at}, 1))"

    def _rows(self, source: Source) -> str:
        """The source as a FROM clause."""
        filters = self._plan.filters
        match source:
            case Source.VISITS:
                return f"visits FINAL WHERE {self._where.visits(filters)}{self._entered_somewhere()}"
            case Source.EVENTS:
                return f"events WHERE name != 'engagement' AND {self._where.events(filters)}"
            case Source.EXIT_VIEWS:
                return f"events WHERE name = 'pageview' AND {self._where.events(but_exit_page(filters))}"
            case Source.READING:
                return f"({self._reading()})"

    def _entered_somewhere(self) -> str:
        """In a breakdown by page a visit belongs to the page it entered on, if the filters let that page through."""
        if not self._plan.is_by_page:
            return ""
        return f" AND {PAGE.visit_column} != '' AND {self._where.entered(self._plan.filters)}"

    def _reading(self) -> str:
        """What each visit read, by row of the answer: engaged time adds up, the deepest scroll counts."""
        labels = ", ".join([*self._labels(Source.EVENTS), "visit_id"])
        grouping = ", ".join([*self._keys, "visit_id"])
        return (
            f"SELECT {labels}, sum(engagement_ms) AS engaged,"
            " maxIf(scroll_depth, scroll_depth <= 100) AS depth, countIf(scroll_depth <= 100) > 0 AS has_depth"
            " FROM events WHERE (engagement_ms > 0 OR scroll_depth <= 100)"
            f" AND {self._where.events(self._plan.filters)} GROUP BY {grouping}"
        )

    def _order(self) -> str:
        """As asked, then by dimension, so that pages of an answer never overlap."""
        aliases = {metric.name: f"m{index}" for index, metric in enumerate(self._question.metrics)}
        aliases |= {dimension.name: key for key, dimension in zip(self._keys, self._question.dimensions, strict=True)}
        asked = [
            f"{aliases[order.name]} {'DESC' if order.is_descending else 'ASC'} NULLS LAST"
            for order in self._question.order_by
        ]
        return f"ORDER BY {', '.join([*asked, *self._keys])}"


def _sum(partial: Partial) -> str:
    return f"sum_of_{partial.name}"


def _figure(metric: Metric) -> str:
    """The metric as an integer: its value times ten to the power of its decimals."""
    part = _sum(metric.part)
    if metric.whole is None:
        return part
    scaled = metric.times * 10**metric.decimals
    ratio = f"rounded({scaled} * {part}, {metric.per} * {_sum(metric.whole)})"
    return ratio if metric.is_null_when_empty else f"coalesce({ratio}, 0)"
