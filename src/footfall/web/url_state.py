"""The dashboard's state in the query string: read leniently, written canonically, so every view can be linked.

`?period=7d&country=EE&page!=/pricing&pages=entry_page`: a dimension is a filter, with `!` its opposite; a panel's
name gives its tab.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote, urlencode

from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.figures import HEADLINE
from footfall.reports.intervals import INTERVALS
from footfall.reports.panels import PANELS
from footfall.reports.periods import CUSTOM, DEFAULT_PERIOD, PERIODS
from footfall.reports.view import Filter, View

_INTERVAL_KEYS = frozenset(interval.key for interval in INTERVALS)
_NOT = "!"
_MAX_FILTERS = 50

Parameters = Iterable[tuple[str, str]]


def read_view(parameters: Parameters) -> View:
    """The view a query string asks for; what is unknown or impossible is left at its default."""
    pairs = list(parameters)
    named = dict(pairs)
    view = View(
        interval=_known(named.get("interval"), _INTERVAL_KEYS, View.interval),
        metric=_known(named.get("metric"), HEADLINE, View.metric),
        filters=_filters(pairs),
        tabs=_tabs(named),
    )
    return _with_period(view, named)


def write_view(view: View) -> str:
    """The query string of a view, empty for the default one."""
    pairs = [("period", view.period)] if view.period != DEFAULT_PERIOD else []
    if view.first and view.last:
        pairs += [("from", view.first.isoformat()), ("to", view.last.isoformat())]
    pairs += [
        (name, value)
        for name, value, default in (
            ("interval", view.interval, View.interval),
            ("metric", view.metric, View.metric),
        )
        if value != default
    ]
    pairs += [(one.dimension + (_NOT if one.is_negated else ""), one.value) for one in view.filters]
    pairs += view.tabs
    return urlencode(pairs, safe=_NOT + "/:", quote_via=quote)


def _with_period(view: View, named: dict[str, str]) -> View:
    period = named.get("period")
    if period in PERIODS:
        return replace(view, period=period)
    first, last = _day(named.get("from")), _day(named.get("to"))
    if period != CUSTOM or first is None or last is None:
        return view
    return replace(view, period=CUSTOM, first=min(first, last), last=max(first, last))


def _filters(pairs: list[tuple[str, str]]) -> tuple[Filter, ...]:
    found = (
        Filter(name.removesuffix(_NOT), value, name.endswith(_NOT))
        for name, value in pairs
        if name.removesuffix(_NOT) in DIMENSIONS and value
    )
    return tuple(dict.fromkeys(found))[:_MAX_FILTERS]


def _tabs(named: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted(
            (key, named[key])
            for key, panel in PANELS.items()
            if key in named and panel.tab(named[key]).dimension == named[key]
        )
    )


def _known(value: str | None, allowed: Iterable[str], default: str) -> str:
    return value if value is not None and value in allowed else default


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
