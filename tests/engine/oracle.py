"""What METRICS.md says, in plain Python over a list of hits: slow, short and independent of the query room."""

import copy
import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from typing import Any
from zoneinfo import ZoneInfo

from tests.engine import oracle_goals

from footfall.domain import NO_SCROLL_DEPTH, Event, Goal, VisitAttributes
from footfall.store import AppliedEvent, StoredVisit

HALF_HOUR_MS = 30 * 60_000
EPOCH = date(1970, 1, 1)
CONVERSIONS = {"conversion_rate", "group_conversion_rate"}
BLANKS = {"visit:source": "Direct / None", "visit:referrer": "Direct / None", "visit:channel": "Direct"}

_ids = itertools.count(1)

Cell = str | int | float | None


@dataclass(frozen=True)
class Hit:
    """One thing a visitor did."""

    visitor: int
    at_ms: int
    name: str = "pageview"
    path: str = "/"
    hostname: str = "example.com"
    props: tuple[tuple[str, str], ...] = ()
    is_interactive: bool = True
    engagement_ms: int = 0
    scroll_depth: int = NO_SCROLL_DEPTH
    revenue_milli: int = 0
    currency: str = ""
    attributes: VisitAttributes = field(default_factory=VisitAttributes)
    id: int = field(default_factory=lambda: next(_ids))

    @property
    def is_activity(self) -> bool:
        return self.name != "engagement"

    @property
    def is_reading(self) -> bool:
        return self.engagement_ms > 0 or self.scroll_depth != NO_SCROLL_DEPTH


@dataclass(frozen=True)
class Visit:
    """Hits of one visitor with no gap over 30 minutes."""

    id: int
    hits: tuple[Hit, ...]

    @property
    def activity(self) -> list[Hit]:
        return [hit for hit in self.hits if hit.is_activity]

    @property
    def views(self) -> list[Hit]:
        return sorted((hit for hit in self.hits if hit.name == "pageview"), key=lambda hit: (hit.at_ms, hit.id))

    @property
    def started_ms(self) -> int:
        return self.activity[0].at_ms

    @property
    def ended_ms(self) -> int:
        return self.activity[-1].at_ms

    @property
    def is_bounce(self) -> bool:
        interactions = [hit for hit in self.activity if hit.name != "pageview" and hit.is_interactive]
        return len(self.views) < 2 and not interactions

    @property
    def duration_ms(self) -> int:
        return 0 if self.is_bounce else self.ended_ms - self.started_ms


def visits_of(hits: Iterable[Hit]) -> list[Visit]:
    """Engagement prolongs a visit and never opens one."""
    visits: list[list[Hit]] = []
    for _, own in itertools.groupby(
        sorted(hits, key=lambda hit: (hit.visitor, hit.at_ms, hit.id)), lambda hit: hit.visitor
    ):
        last_ms: int | None = None
        for hit in own:
            if last_ms is not None and hit.at_ms - last_ms <= HALF_HOUR_MS:
                visits[-1].append(hit)
            elif hit.is_activity:
                visits.append([hit])
            else:
                continue
            last_ms = hit.at_ms
    return [Visit(each[0].id, tuple(each)) for each in visits]


def applied(
    visits: Iterable[Visit], site_id: int, zone: ZoneInfo, *, lasting: Collection[int] = ()
) -> list[AppliedEvent]:
    """The visits' hits as the store takes them; ``lasting`` are the visitors with a lasting id."""
    return [
        _applied(hit, visit, site_id, zone, is_lasting=hit.visitor in lasting) for visit in visits for hit in visit.hits
    ]


def _applied(hit: Hit, visit: Visit, site_id: int, zone: ZoneInfo, *, is_lasting: bool) -> AppliedEvent:
    first, last = visit.hits[0], visit.hits[-1]
    opened_day = (local(first.at_ms, zone).date() - EPOCH).days
    event = Event(
        site_id, hit.id, hit.name, hit.at_ms, hit.at_ms, hit.visitor, 0, is_lasting, hit.hostname, hit.path,
        hit.attributes, dict(hit.props), hit.is_interactive,
        f"{hit.revenue_milli / 1000:.3f}" if hit.currency else "", hit.currency, hit.engagement_ms, hit.scroll_depth,
    )  # fmt: skip
    stored = StoredVisit(
        site_id, hit.visitor, visit.id, first.at_ms, opened_day, first.at_ms, last.at_ms, first.attributes
    )
    return AppliedEvent(event, stored, (local(hit.at_ms, zone).date() - EPOCH).days)


def local(ms: int, zone: ZoneInfo) -> datetime:
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)).astimezone(zone)


@dataclass(frozen=True)
class Oracle:
    """Answers a v2 question over local days ``first`` to ``last``."""

    visits: list[Visit]
    zone: ZoneInfo
    first: date
    last: date
    goals: tuple[Goal, ...] = ()
    week_start: int = 0

    def answer(self, question: dict[str, Any]) -> list[tuple[tuple[str, ...], tuple[Cell, ...]]]:
        """Every row as (dimensions, metrics), sorted and cut as asked."""
        return _Asked(self, question).answer()

    @property
    def first_ms(self) -> int:
        return _midnight_ms(self.first, self.zone)

    @property
    def end_ms(self) -> int:
        return _midnight_ms(self.last + timedelta(days=1), self.zone)

    def overlapping(self) -> list[Visit]:
        return [visit for visit in self.visits if visit.started_ms < self.end_ms and visit.ended_ms >= self.first_ms]

    def is_inside(self, hit: Hit) -> bool:
        return self.first <= local(hit.at_ms, self.zone).date() <= self.last


def _midnight_ms(day: date, zone: ZoneInfo) -> int:
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp()) * 1000


# A row's key: for time (label, chronological key), for text (label, bytes).
Key = tuple[tuple[str, Any], ...]
Seen = tuple[Visit, Hit]


class _Asked:
    def __init__(self, data: Oracle, question: dict[str, Any]) -> None:
        self.data = data
        self.metrics: list[str] = question["metrics"]
        self.dimensions: list[str] = question.get("dimensions", [])
        self.filters: list[Any] = _with_hostnames(question.get("filters", []), self.dimensions)
        self.order: list[list[str]] = question.get("order_by", [])
        self.pagination: dict[str, int] = question.get("pagination", {})
        self.goals = [
            goal
            for goal in data.goals
            if all(goal in oracle_goals.named(data.goals, one) for one in self.filters if one[1] == "event:goal")
        ]
        if "event:goal" in self.dimensions:
            self.filters.append(["is", "event:goal", [goal.display_name for goal in self.goals]])
        self.has_event_dimension = any(name.startswith("event:") for name in self.dimensions)
        self.counts_events = self.has_event_dimension or bool(
            {"pageviews", "events", "time_on_page", "scroll_depth", "total_revenue", "average_revenue"}
            & set(self.metrics)
        )
        if CONVERSIONS & set(self.metrics) and not any(_is_of_whole_visits(name) for name in self.dimensions):
            self.counts_events = True

    def answer(self) -> list[tuple[tuple[str, ...], tuple[Cell, ...]]]:
        self._gather()
        keys = self._keys()
        rows = [(key, tuple(_METRICS[name](self, key) for name in self.metrics)) for key in keys]
        for name, direction in reversed(self._order()):
            rows = self._sorted(rows, name, is_descending=direction == "desc")
        offset, limit = self.pagination.get("offset", 0), self.pagination.get("limit", 10_000)
        return [(tuple(label for label, _ in key), figures) for key, figures in rows[offset : offset + limit]]

    def _gather(self) -> None:
        self.events = self._group_events([seen for seen in self._events() if self._counts(seen[1])])
        self.reading = self._group_events([seen for seen in self._events() if seen[1].is_reading])
        self.by_visit = self._group_visits()

    def without_conversion(self, dimensions: list[str]) -> "_Asked":
        """The same visitors, whatever they did."""
        other = copy.copy(self)
        other.dimensions = dimensions
        other.filters = oracle_goals.without_conversion(self.filters)
        other._gather()
        return other

    def _counts(self, hit: Hit, filters: list[Any] | None = None) -> bool:
        """Engagement counts only where it reaches a goal that is asked for."""
        asked = _comparisons(self.filters if filters is None else filters)
        return hit.is_activity or any(self.reaches_any(one, hit) for one in asked if one[1] == "event:goal")

    def reaches_any(self, one: Any, hit: Hit) -> bool:
        return any(oracle_goals.reaches(goal, hit) for goal in oracle_goals.named(self.data.goals, one))

    def _order(self) -> list[tuple[str, str]]:
        times = [(name, "asc") for name in self.dimensions if name.startswith("time")]
        asked = [(name, direction) for name, direction in self.order] or [*times, (self.metrics[0], "desc")]
        return [*asked, *((name, "asc") for name in self.dimensions)]

    def _sorted(self, rows: list[Any], name: str, *, is_descending: bool) -> list[Any]:
        if name in self.dimensions:
            at = self.dimensions.index(name)
            return sorted(rows, key=lambda row: row[0][at][1], reverse=is_descending)
        at = self.metrics.index(name)
        known = [row for row in rows if row[1][at] is not None]
        unknown = [row for row in rows if row[1][at] is None]
        return sorted(known, key=lambda row: row[1][at], reverse=is_descending) + unknown

    def _keys(self) -> list[Key]:
        if not self.dimensions:
            return [()]
        asks_visits = bool({"bounce_rate", "visit_duration", "views_per_visit", "exit_rate"} & set(self.metrics))
        asks_either = bool({"visitors", "visits", "percentage", *CONVERSIONS} & set(self.metrics))
        asks_events = bool({"pageviews", "events", "total_revenue", "average_revenue"} & set(self.metrics))
        asks_events |= asks_either and self.counts_events
        if asks_events and self.has_event_dimension:
            return list(self.events)
        of_visits = list(self.by_visit) if asks_visits or (asks_either and not self.counts_events) else []
        found = dict.fromkeys([*of_visits, *(self.events if asks_events else [])])
        return list(found) if asks_visits or asks_events or asks_either else list(self.reading)

    def _events(self) -> list[Seen]:
        return [
            (visit, hit)
            for visit in self.data.visits
            for hit in visit.hits
            if self.data.is_inside(hit) and all(self.holds(one, visit, hit) for one in self.filters)
        ]

    def _group_events(self, events: list[Seen]) -> dict[Key, list[Seen]]:
        if any(_is_of_whole_visits(name) for name in self.dimensions):
            return {}
        groups: dict[Key, list[Seen]] = defaultdict(list)
        for visit, hit in events:
            for key in itertools.product(*(self._event_keys(name, visit, hit) for name in self.dimensions)):
                groups[key].append((visit, hit))
        return groups

    def _group_visits(self) -> dict[Key, list[Visit]]:
        if any(name.startswith("event:") and name != "event:page" for name in self.dimensions):
            return {}
        groups: dict[Key, list[Visit]] = defaultdict(list)
        for visit in self.data.overlapping():
            if self._lets_visit_through(visit):
                groups[tuple(self._visit_key(name, visit) for name in self.dimensions)].append(visit)
        return groups

    def _lets_visit_through(self, visit: Visit) -> bool:
        if "event:page" in self.dimensions and not (visit.views and self.entered(visit)):
            return False
        if not any("event:" in name for name in _names(self.filters)):
            return all(self.holds(one, visit, visit.hits[0]) for one in self.filters)
        return any(
            self.data.is_inside(hit) and all(self.holds(one, visit, hit) for one in self.filters)
            for hit in visit.hits
            if self._counts(hit)
        )

    def entered(self, visit: Visit) -> bool:
        """Whether the visit entered on a page that the filters on pages choose."""
        on_pages = [one for one in self.filters if _is_on_pages(one)]
        entry = Hit(0, 0, path=visit.views[0].path if visit.views else "")
        return all(self.holds(one, visit, entry) for one in on_pages)

    def _event_keys(self, name: str, visit: Visit, hit: Hit) -> list[tuple[str, Any]]:
        if name == "event:goal":
            names = {goal.display_name for goal in self.goals if oracle_goals.reaches(goal, hit)}
            return [(each, each.encode()) for each in sorted(names)]
        return [self._event_key(name, visit, hit)]

    def _event_key(self, name: str, visit: Visit, hit: Hit) -> tuple[str, Any]:
        if name.startswith("time"):
            return self._bucket(name, hit.at_ms)
        return _label(name, value_of(name, visit, hit))

    def _visit_key(self, name: str, visit: Visit) -> tuple[str, Any]:
        if name in ("time:hour", "time:minute"):
            return self._bucket(name, max(visit.started_ms, self.data.first_ms))
        if name.startswith("time"):
            return self._bucket(name, min(visit.ended_ms, self.data.end_ms - 1))
        name = "visit:entry_page" if name == "event:page" else name
        return _label(name, value_of(name, visit, visit.hits[0]))

    def _bucket(self, name: str, ms: int) -> tuple[str, Any]:
        at = local(ms, self.data.zone)
        day = at.date()
        match name:
            case "time:minute":
                return f"{at:%Y-%m-%d %H:%M:00}", (f"{at:%Y%m%d}", -(at.utcoffset() or timedelta()), f"{at:%H%M}")
            case "time:hour":
                return f"{at:%Y-%m-%d %H:00:00}", (at.replace(minute=0, second=0, microsecond=0, tzinfo=None), at.fold)
            case "time:week":
                day = max(self.data.first, day - timedelta(days=(day.weekday() - self.data.week_start) % 7))
            case "time:month":
                day = day.replace(day=1)
        return day.isoformat(), day.isoformat()

    def holds(self, one: Any, visit: Visit, hit: Hit) -> bool:
        match one:
            case ["and", inner]:
                return all(self.holds(each, visit, hit) for each in inner)
            case ["or", inner]:
                return any(self.holds(each, visit, hit) for each in inner)
            case ["not", inner]:
                return not self.holds(inner, visit, hit)
            case ["has_done" | "has_not_done" as word, inner]:
                return bool(self._has_done(inner, visit) == (word == "has_done"))
            case [_, "event:goal", *_]:
                return self.reaches_any(one, hit)
        operator, name, values, *modifiers = one
        fold: Callable[[str], str] = str.lower if modifiers == [{"case_sensitive": False}] else str
        value = value_of(name, visit, hit)
        wanted = [fold(_stored(name, each) if operator.startswith("is") else each) for each in values]
        found = any(_OPERATORS[operator.removesuffix("_not")](fold(value), each) for each in wanted)
        return bool(found != operator.endswith("_not"))

    def _has_done(self, one: Any, visit: Visit) -> bool:
        return any(
            self.data.is_inside(hit) and self._counts(hit, [one]) and self.holds(one, visit, hit) for hit in visit.hits
        )


def _with_hostnames(filters: list[Any], dimensions: list[str]) -> list[Any]:
    """A filter on the hostname also holds for the page that the visit is filed by."""
    pages = {"visit:source": "entry", "visit:entry_page": "entry", "visit:exit_page": "exit"}
    ends = {pages[name] for name in dimensions if name in pages}
    of_hostname = [one for one in filters if one[1] == "event:hostname"]
    return filters + [[one[0], f"visit:{end}_page_hostname", *one[2:]] for one in of_hostname for end in sorted(ends)]


def _comparisons(filters: Sequence[Any]) -> list[Any]:
    """Those that look at an event or a visit itself, not at what the visit has done."""
    found: list[Any] = []
    for one in filters:
        match one:
            case ["and" | "or", inner]:
                found += _comparisons(inner)
            case ["not", inner]:
                found += _comparisons([inner])
            case ["has_done" | "has_not_done", _]:
                pass
            case _:
                found.append(one)
    return found


def _names(filters: Sequence[Any]) -> list[str]:
    return [one[1] for one in _comparisons(filters)]


def _is_on_pages(one: Any) -> bool:
    match one:
        case ["and" | "or", inner]:
            return all(_is_on_pages(each) for each in inner)
        case ["not", inner]:
            return _is_on_pages(inner)
    return bool(one[1] == "event:page")


def _is_of_whole_visits(name: str) -> bool:
    return name.startswith(("visit:entry", "visit:exit"))


def value_of(name: str, visit: Visit, hit: Hit) -> str:
    """What the hit, or its visit, says about the dimension; empty when nothing."""
    views = visit.views
    match name:
        case "event:name" | "event:hostname" | "event:currency":
            return str(getattr(hit, name.removeprefix("event:")))
        case "event:page":
            return hit.path
        case "visit:entry_page" | "visit:entry_page_hostname":
            return getattr(views[0], "path" if name.endswith("page") else "hostname") if views else ""
        case "visit:exit_page" | "visit:exit_page_hostname":
            return getattr(views[-1], "path" if name.endswith("page") else "hostname") if views else ""
    if name.startswith("event:props:"):
        return dict(hit.props).get(name.removeprefix("event:props:"), "")
    column = {"screen": "device", "screen_size": "screen"}.get(name.removeprefix("visit:"), name.removeprefix("visit:"))
    return str(getattr(visit.hits[0].attributes, column.removesuffix("_name")))


def blank(name: str) -> str:
    return "(none)" if name.startswith(("event:props:", "event:currency")) else BLANKS.get(name, "(not set)")


def _label(name: str, value: str) -> tuple[str, Any]:
    label = value or blank(name)
    return label, label.encode()


def _stored(name: str, value: str) -> str:
    return "" if value == blank(name) else value


_OPERATORS: dict[str, Callable[[str, str], bool]] = {
    "is": lambda value, wanted: value == wanted,
    "contains": lambda value, wanted: wanted in value,
    "matches": lambda value, wanted: re.search(wanted, value) is not None,
}


def _round(part: int, whole: int, decimals: int, when_empty: Cell) -> Cell:
    """Exact, ties to the even number."""
    if whole == 0:
        return when_empty
    return float(round(Fraction(part, whole) * 10**decimals) / 10**decimals)


def _visitors(asked: _Asked, key: Key) -> int:
    if asked.counts_events:
        return len({hit.visitor for _, hit in asked.events.get(key, [])})
    return len({visit.hits[0].visitor for visit in asked.by_visit.get(key, [])})


def _visits(asked: _Asked, key: Key) -> int:
    if asked.counts_events:
        return len({visit.id for visit, _ in asked.events.get(key, [])})
    return len(asked.by_visit.get(key, []))


def _percentage(asked: _Asked, key: Key) -> Cell:
    if asked.counts_events:
        everyone = {hit.visitor for group in asked.events.values() for _, hit in group}
    else:
        everyone = {visit.hits[0].visitor for group in asked.by_visit.values() for visit in group}
    return _round(100 * _visitors(asked, key), len(everyone), 1, 0.0)


def _conversion_rate(asked: _Asked, key: Key) -> Cell:
    return _round(100 * _visitors(asked, key), _visitors(asked.without_conversion([]), ()), 2, 0.0)


def _group_conversion_rate(asked: _Asked, key: Key) -> Cell:
    kept = [
        at for at, name in enumerate(asked.dimensions) if name != "event:goal" and not name.startswith("event:props:")
    ]
    everyone = asked.without_conversion([asked.dimensions[at] for at in kept])
    return _round(100 * _visitors(asked, key), _visitors(everyone, tuple(key[at] for at in kept)), 2, 0.0)


def _bounce_rate(asked: _Asked, key: Key) -> Cell:
    entered = [visit for visit in asked.by_visit.get(key, []) if asked.entered(visit)]
    return _round(100 * sum(visit.is_bounce for visit in entered), len(entered), 0, 0)


def _visit_duration(asked: _Asked, key: Key) -> Cell:
    visits = asked.by_visit.get(key, [])
    return _round(sum(visit.duration_ms for visit in visits), 1000 * len(visits), 0, 0)


def _views_per_visit(asked: _Asked, key: Key) -> Cell:
    visits = asked.by_visit.get(key, [])
    return _round(sum(len(visit.views) for visit in visits), len(visits), 2, 0.0)


def _exit_rate(asked: _Asked, key: Key) -> Cell:
    [(page, _)] = key
    others = [one for one in asked.filters if one[1] != "visit:exit_page"]
    views = [
        hit
        for visit in asked.data.visits
        for hit in visit.views
        if (hit.path or "(not set)") == page
        and asked.data.is_inside(hit)
        and all(asked.holds(one, visit, hit) for one in others)
    ]
    return _round(100 * len(asked.by_visit.get(key, [])), len(views), 1, None)


def _time_on_page(asked: _Asked, key: Key) -> Cell:
    read = [(visit.id, hit.engagement_ms) for visit, hit in asked.reading.get(key, []) if hit.engagement_ms]
    return _round(sum(ms for _, ms in read), 1000 * len({visit for visit, _ in read}), 0, None)


def _scroll_depth(asked: _Asked, key: Key) -> Cell:
    deepest: dict[int, int] = {}
    for visit, hit in asked.reading.get(key, []):
        if hit.scroll_depth != NO_SCROLL_DEPTH:
            deepest[visit.id] = max(deepest.get(visit.id, 0), hit.scroll_depth)
    return _round(sum(deepest.values()), len(deepest), 0, None)


def _paid(asked: _Asked, key: Key) -> list[Hit]:
    """The events whose revenue counts: a goal with a currency lets no other through, unless rows are by currency."""
    hits = [hit for _, hit in asked.events.get(key, [])]
    if "event:currency" in asked.dimensions:
        return hits
    if "event:goal" in asked.dimensions:
        name, _ = key[asked.dimensions.index("event:goal")]
        named = [goal for goal in asked.data.goals if goal.display_name == name]
        return [hit for hit in hits if all(goal.currency in ("", hit.currency) for goal in named)]
    filters = [oracle_goals.named(asked.data.goals, one) for one in asked.filters if one[1] == "event:goal"]
    return [hit for hit in hits if all(oracle_goals.pays(goals, hit) for goals in filters)]


_METRICS: dict[str, Callable[[_Asked, Key], Cell]] = {
    "visitors": _visitors,
    "visits": _visits,
    "pageviews": lambda asked, key: sum(hit.name == "pageview" for _, hit in asked.events.get(key, [])),
    "events": lambda asked, key: sum(hit.is_activity for _, hit in asked.events.get(key, [])),
    "views_per_visit": _views_per_visit,
    "bounce_rate": _bounce_rate,
    "visit_duration": _visit_duration,
    "time_on_page": _time_on_page,
    "scroll_depth": _scroll_depth,
    "exit_rate": _exit_rate,
    "percentage": _percentage,
    "conversion_rate": _conversion_rate,
    "group_conversion_rate": _group_conversion_rate,
    "total_revenue": lambda asked, key: oracle_goals.total_revenue(_paid(asked, key)),
    "average_revenue": lambda asked, key: oracle_goals.average_revenue(_paid(asked, key)),
}
