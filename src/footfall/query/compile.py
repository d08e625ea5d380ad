"""From a plan to one statement: each part sums partials, a union adds them up by row, metrics are made of the sums.

Only constants of this room stand in the text; all that a caller sent is bound.
"""

from dataclasses import dataclass

from footfall.domain import IdentityMode, Site
from footfall.query import revenue
from footfall.query.bindings import Bindings
from footfall.query.dimensions import CURRENCY, EXIT_PAGE, GOAL, PAGE, Dimension, Level
from footfall.query.goals import paid_for_any, paid_for_named, reached_names
from footfall.query.metrics import (
    MONEY_NOTES,
    VISITORS,
    Metric,
    Partial,
    Source,
)
from footfall.query.plan import Part, Plan, Whole
from footfall.query.question import Filter
from footfall.query.rolled import RolledDays
from footfall.query.where import ALL, Where, but_exit_page
from footfall.store import ImportedSpan, Statement

_TAG = "query.ask"
_SUM_OF = "sum_of_"

# n ÷ d to the nearest whole number, ties to the even one, in exact arithmetic.
_ROUNDED = (
    "(n, d) -> if(d = 0, NULL, intDiv(n, greatest(d, 1)) + (2 * (n % greatest(d, 1)) > d"
    " OR (2 * (n % greatest(d, 1)) = d AND intDiv(n, greatest(d, 1)) % 2 = 1))) AS rounded"
)

# Merging what several threads found takes longer than it takes one to go through some rollups. Nor need one
# cut its hash table into parts, before they have to go to disk.
_ONE_THREAD = ", max_threads = 1, group_by_two_level_threshold = 0, group_by_two_level_threshold_bytes = 100000000"

_SETTINGS = "SETTINGS do_not_merge_across_partitions_select_final = 1"


def compile_plan(plan: Plan, site: Site) -> Statement:
    """The statement whose rows are the dimensions, the metrics scaled to integers, and the number of all rows."""
    keys = [f"d{index}" for index in range(len(plan.question.dimensions))]
    return _Compiler(plan, site, Bindings(), keys).statement()


@dataclass(frozen=True)
class Piece:
    """A SELECT: what its keys, its figures and the ids of its distinct counts are made of, and its rows."""

    labels: dict[str, str]
    figures: dict[str, str]
    ids: dict[str, str]
    rows: str
    is_summed_up: bool = True  # rows of rollups are few enough to be grouped but once, with the other pieces'


class _Compiler:
    def __init__(self, plan: Plan, site: Site, bindings: Bindings, keys: list[str]) -> None:
        self._plan = plan
        self._question = plan.question
        self._site = site
        self._bindings = bindings
        self._where = Where(site, plan.range, self._bindings)
        self._starts = self._bindings.bind("Array(Int64)", list(plan.buckets.starts_ms)) if plan.buckets else ""
        self._keys = keys

    def statement(self) -> Statement:
        metrics = [f"{_figure(metric)} AS m{index}" for index, metric in enumerate(self._question.metrics)]
        notes = [_sum(partial) for partial in MONEY_NOTES if self._plan.tells_currencies]
        columns = ", ".join([*self._keys, *metrics, *notes, "count() OVER () AS row_count"])
        # Reading the text is most of what a small question costs: nothing stands in it that is not needed.
        named = [*([_ROUNDED] if "rounded(" in columns else []), *self._totals()]
        sql = (
            f"{'WITH ' if named else ''}{', '.join(named)} SELECT {columns}"
            f" FROM ({self._sums()}) AS sums{self._joined_groups()}{self._only_rows()}"
            f" {self._order()} LIMIT {self._bind_int(self._question.limit + self._plan.has_total)}"
            f" OFFSET {self._bind_int(self._question.offset)} {_SETTINGS}{_ONE_THREAD if self._plan.is_small else ''}"
        )
        return Statement(_TAG, sql, self._bindings.parameters, self._site.id)

    def _bind_int(self, number: int) -> str:
        return self._bindings.bind("UInt64", number)

    def _totals(self) -> list[str]:
        """Visitors that a metric takes for its whole, where that is one figure for all rows."""
        return [
            f"(SELECT {_sum(VISITORS)} FROM ({self._visitors(whole, [])})) AS {_sum(whole.partial)}"
            for whole in self._plan.wholes
            if not whole.keys
        ]

    def _joined_groups(self) -> str:
        """Visitors of each group, beside the rows of the group."""
        joined = ""
        for whole in self._plan.wholes:
            if keys := [self._keys[at] for at in whole.keys]:
                columns = ", ".join([*keys, f"{_sum(VISITORS)} AS {_sum(whole.partial)}"])
                visitors = f"SELECT {columns} FROM ({self._visitors(whole, keys)})"
                joined += f" LEFT JOIN ({visitors}) AS visitors_of_groups USING ({', '.join(keys)})"
        return joined

    def _visitors(self, whole: Whole, keys: list[str]) -> str:
        """The visitors of a whole under these keys, from wherever its own plan has them."""
        return _Compiler(self._plan.of_whole(whole), self._site, self._bindings, keys)._sums()

    def _only_rows(self) -> str:
        """Just the rows of another answer that this one stands beside."""
        if self._plan.only is None:
            return ""
        columns = self._plan.only.columns
        keys = [self._keys[index] for index in columns]
        names = [self._bindings.bind("Array(String)", list(values)) for values in columns.values()]
        if len(keys) == 1:
            return f" WHERE {keys[0]} IN ({names[0]})"
        return f" WHERE ({', '.join(keys)}) IN (arrayZip({', '.join(names)}))"

    def _sums(self) -> str:
        """Every row's partials, whichever part they came from."""
        parts = self._plan.parts
        sums = [f"{self._added_up(one, part)} AS {_sum(one)}" for part in parts for one in part.partials]
        pieces = [self._select(part, parts, piece) for part in parts for piece in self._pieces(part)]
        return f"SELECT {', '.join([*self._keys, *sums])} FROM ({_union(pieces)}){self._grouping()}"

    def _grouping(self) -> str:
        """By every key. The total comes as a row without one, whose key then is 0, before any time there is."""
        if not self._keys:
            return ""
        keys = ", ".join(self._keys)
        sets = f"GROUPING SETS (({keys}), ())" if self._plan.has_total else keys
        return f" GROUP BY {sets}{' HAVING max(makes_rows) = 1' if self._tells_rows else ''}"

    @property
    def _tells_rows(self) -> bool:
        """Whether there are groups that are no rows: of a part that makes none, or the total of nothing."""
        return self._plan.has_total or not all(part.makes_rows for part in self._plan.parts)

    def _added_up(self, partial: Partial, part: Part) -> str:
        if self._has_ids(partial, part):
            return f"(sum({partial.name}) + {self._different(f'{partial.name}_ids')})"
        return f"sum({partial.name})"

    def _different(self, ids: str) -> str:
        """How many different ids there are: where they are few, a list of them costs a row less than a set."""
        has_few = self._keys and self._site.identity_mode is IdentityMode.COOKIELESS
        return f"arrayUniq(groupArrayArray({ids}))" if has_few else f"uniqExactArray({ids})"

    def _has_ids(self, partial: Partial, part: Part) -> bool:
        return part.source in partial.ids and self._plan.is_rolled(part)

    def _select(self, own: Part, parts: tuple[Part, ...], piece: Piece) -> str:
        """One piece's rows, with nothing for the partials of other parts."""
        columns = _each_named(piece.labels)
        for part in parts:
            for partial in part.partials:
                columns.append(f"toUInt64({piece.figures.get(partial.name, '0')}) AS {partial.name}")
                if self._has_ids(partial, part):
                    columns.append(f"{piece.ids.get(partial.name, 'emptyArrayUInt64()')} AS {partial.name}_ids")
        if self._tells_rows:
            columns.append(f"{int(own.makes_rows)} AS makes_rows")
        grouping = f" GROUP BY {', '.join(piece.labels)}" if piece.labels and piece.is_summed_up else ""
        return f"SELECT {', '.join(columns)} FROM {piece.rows}{grouping}"

    def _pieces(self, part: Part) -> list[Piece]:
        """Where a part's rows come from: the site's own days, and those that were imported."""
        imported = [self._imported(part, part.rollup)] if self._plan.imported and part.rollup is not None else []
        return [*self._own_pieces(part), *imported]

    def _own_pieces(self, part: Part) -> list[Piece]:
        """Its table, or of rolled-up days the rollups and of the rest its table."""
        if self._plan.rolled is None or part.rollup is None:
            figures = {one.name: self._aggregate(one, part.source) for one in part.partials}
            return [Piece(self._labels(part.source), figures, {}, self._rows(part.source))]
        rolled = self._plan.rolled
        is_left = rolled.leaves_visits if part.source is Source.VISITS else rolled.leaves_events
        rest = [self._left_live(part, rolled)] if is_left else []
        spans = (("daily", rolled.days), ("monthly", rolled.months))
        return [*rest, *(self._rolled_up(part, part.rollup, span, days) for span, days in spans if days)]

    def _left_live(self, part: Part, rolled: RolledDays) -> Piece:
        source, filters = part.source, self._plan.filters
        counted = {one.name: one.ids[source].column for one in part.partials if source in one.ids}
        figures = {one.name: self._aggregate(one, source) for one in part.partials if one.name not in counted}
        ids = {name: f"groupUniqArray({column})" for name, column in counted.items()}
        if source is Source.VISITS:
            rows = f"visits FINAL WHERE {self._where.visits_left_by(rolled, filters)}{self._entered_somewhere(filters)}"
        else:
            rows = f"events WHERE name != 'engagement' AND {self._where.events_in(rolled.gaps, filters)}"
        return Piece(self._labels_like_rollups(source), figures, ids, rows)

    def _rolled_up(self, part: Part, rollup: str, span: str, generations: dict[int, int]) -> Piece:
        source = part.source
        ids = {one.name: one.ids[source].rolled for one in part.partials if source in one.ids}
        figures = {one.name: one.rolled[source] for one in part.partials}
        where = self._where.rolled_up(rollup, generations, self._question.filters)
        if source is Source.VISITS and self._plan.is_by_page:
            where += " AND value != ''"
        labels = {
            key: self._label_of_rollup(dimension, min(generations), max(generations))
            for key, dimension in zip(self._keys, self._question.dimensions, strict=True)
        }
        return Piece(labels, figures, ids, f"{span}_{source.value} WHERE {where}", is_summed_up=False)

    def _imported(self, part: Part, rollup: str) -> Piece:
        span = self._plan.imported or ImportedSpan(0, 0)
        where = self._where.imported(part.source.value, rollup, span, self._question.filters)
        if part.source is Source.VISITS and self._plan.is_by_page:
            where += " AND value != ''"
        labels = {
            key: self._label_of_rollup(dimension, span.first_day, span.last_day)
            for key, dimension in zip(self._keys, self._question.dimensions, strict=True)
        }
        figures = {one.name: f"sum({one.rolled[part.source]})" for one in part.partials}
        return Piece(labels, figures, {}, f"imported WHERE {where}")

    def _label_of_rollup(self, dimension: Dimension, first: int, last: int) -> str:
        if dimension.level is not Level.TIME:
            return f"if(value = '', {self._bindings.bind('String', dimension.blank)}, value)"
        starts = self._bindings.bind("Array(Int64)", self._plan.bucket_starts(first, last))
        return f"{starts}[toUInt16(day) - {first:d} + 1]"

    def _aggregate(self, partial: Partial, source: Source) -> str:
        sql = partial.sql[source]
        if "{entered}" in sql:
            return sql.format(entered=f"({self._where.entered(self._plan.filters)})")
        return sql.format(paid=self._paid()) if "{paid}" in sql else sql

    def _paid(self) -> str:
        """Whether the revenue of an event is in the currency of the goal it is counted for."""
        dimensions = self._question.dimensions
        if CURRENCY in dimensions:
            return ALL
        if GOAL in dimensions:
            key = self._keys[dimensions.index(GOAL)]
            return paid_for_named(self._question.goals, key, self._bindings)
        return paid_for_any(self._question.filters, self._bindings)

    def _labels(self, source: Source) -> dict[str, str]:
        """What each key of a row is made of."""
        if source is Source.READING:
            return {key: key for key in self._keys}
        return {
            key: self._label(dimension, source)
            for key, dimension in zip(self._keys, self._question.dimensions, strict=True)
        }

    def _labels_like_rollups(self, source: Source) -> dict[str, str]:
        """The same in the type of the rollups' values, which are quicker to group by than text."""
        keyed = zip(self._labels(source).items(), self._question.dimensions, strict=True)
        return {
            key: label if dimension.level is Level.TIME else f"toLowCardinality({label})"
            for (key, label), dimension in keyed
        }

    def _label(self, dimension: Dimension, source: Source) -> str:
        if dimension.level is Level.TIME:
            return f"roundDown(toUnixTimestamp64Milli({self._moment(source)}), {self._starts})"
        if dimension == GOAL:
            return reached_names(self._question.goals, self._bindings)
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
                return f"visits FINAL WHERE {self._where.visits(filters)}{self._entered_somewhere(filters)}"
            case Source.EVENTS:
                return f"events WHERE {self._where.activity(filters)} AND {self._where.events(filters)}"
            case Source.EXIT_VIEWS:
                return f"events WHERE name = 'pageview' AND {self._where.events(but_exit_page(filters))}"
            case Source.READING:
                return f"({self._reading()})"

    def _entered_somewhere(self, filters: tuple[Filter, ...]) -> str:
        """In a breakdown by page a visit belongs to the page it entered on, if the filters let that page through."""
        if not self._plan.is_by_page:
            return ""
        return f" AND {PAGE.visit_column} != '' AND {self._where.entered(filters)}"

    def _reading(self) -> str:
        """What each visit read, by row of the answer: engaged time adds up, the deepest scroll counts."""
        labels = ", ".join([*_each_named(self._labels(Source.EVENTS)), "visit_id"])
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


def _each_named(labels: dict[str, str]) -> list[str]:
    return [f"{label} AS {key}" if label != key else key for key, label in labels.items()]


def _union(pieces: list[str]) -> str:
    return " UNION ALL ".join(pieces)


def _sum(partial: Partial) -> str:
    return f"{_SUM_OF}{partial.name}"


def _figure(metric: Metric) -> str:
    """The metric as an integer: its value times ten to the power of its decimals."""
    if metric.is_money:
        return revenue.figure(metric, _SUM_OF)
    part = _sum(metric.part)
    if metric.whole is None:
        return part
    scaled = metric.times * 10**metric.decimals
    ratio = f"rounded({scaled} * {part}, {metric.per} * {_sum(metric.whole)})"
    return ratio if metric.is_null_when_empty else f"coalesce({ratio}, 0)"
