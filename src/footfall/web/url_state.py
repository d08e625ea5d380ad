"""The dashboard's state in the query string: read leniently, written canonically, so every view can be linked.

`?period=7d&country=EE&page!=/pricing&page~=/blog/&pages=entry_page`: a dimension is a filter, the signs after it say
how it compares, `:i` that case does not matter; a panel's name gives its tab.
"""

import re
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import quote, unquote, urlencode

from footfall.reports.compared import BY_DEFAULT, COMPARISONS, CUSTOM_RANGE, NOTHING, Comparison
from footfall.reports.dimensions import PROPERTY, SEGMENT, dimension
from footfall.reports.figures import CHARTED
from footfall.reports.filter_operators import BY_SIGN, OPERATORS, operators_of
from footfall.reports.intervals import INTERVALS
from footfall.reports.panels import PANELS
from footfall.reports.periods import CUSTOM, DEFAULT_PERIOD, PERIODS
from footfall.reports.view import Filter, View

_INTERVAL_KEYS = frozenset(interval.key for interval in INTERVALS)
_VALUES: dict[str, Container[str]] = {
    "period": {*PERIODS, CUSTOM},
    "compare": COMPARISONS,
    "interval": _INTERVAL_KEYS,
    "metric": CHARTED,
}
_RANGES = (("period", CUSTOM, ("from", "to")), ("compare", CUSTOM_RANGE, ("compare_from", "compare_to")))
_ANY_CASE = ":i"
_MAX_FILTERS = 50
_NAME = re.compile(r"(?P<key>.+?)(?P<sign>!?[~*]?)(?P<case>:i)?", re.DOTALL)
# What could be taken for a sign in the key of a property.
_SIGNS = str.maketrans({letter: f"%{ord(letter):02X}" for letter in "%!~*:"})
_SEGMENT_ID = re.compile(r"[1-9]\d{0,8}", re.ASCII)

Parameters = Iterable[tuple[str, str]]


def read_view(parameters: Parameters) -> View:
    """The view a query string asks for; what is unknown or impossible is left at its default, and noted as such."""
    pairs = list(parameters)
    named = dict(pairs)
    view = View(
        comparison=_comparison(named),
        interval=_known(named.get("interval"), _INTERVAL_KEYS, View.interval),
        metric=_known(named.get("metric"), CHARTED, View.metric),
        filters=_filters(pairs),
        tabs=_tabs(named),
        misread=_misread(named),
    )
    return _with_period(view, named)


def write_view(view: View) -> str:
    """The query string of a view, empty for the default one."""
    pairs = [("period", view.period)] if view.period != DEFAULT_PERIOD else []
    if view.first and view.last:
        pairs += [("from", view.first.isoformat()), ("to", view.last.isoformat())]
    pairs += _compared(view.comparison)
    pairs += [
        (name, value)
        for name, value, default in (
            ("interval", view.interval, View.interval),
            ("metric", view.metric, View.metric),
        )
        if value != default
    ]
    pairs += [(filter_name(one), one.value) for one in view.filters]
    pairs += view.tabs
    return urlencode(pairs, safe="!~*/:", quote_via=quote)


def filter_name(one: Filter) -> str:
    """What a filter is called in the URL: its dimension, how it compares, and whether case matters."""
    sign = OPERATORS[one.operator].sign
    return _spelled(one.dimension) + sign + ("" if one.is_case_sensitive else _ANY_CASE)


def _spelled(key: str) -> str:
    """The key of a dimension as it stands in the URL."""
    return PROPERTY + key.removeprefix(PROPERTY).translate(_SIGNS) if key.startswith(PROPERTY) else key


def read_filter(name: str, value: str) -> Filter | None:
    """The filter a parameter stands for, if it is one."""
    found = _NAME.fullmatch(name)
    if found is None or not value:
        return None
    key = found["key"]
    key = PROPERTY + unquote(key.removeprefix(PROPERTY)) if key.startswith(PROPERTY) else key
    operator = BY_SIGN[found["sign"]]
    is_known = dimension(key) is not None and operator in operators_of(key)
    if not is_known or (key == SEGMENT and not _SEGMENT_ID.fullmatch(value)):
        return None
    return Filter(key, value, operator.name, not found["case"])


def _misread(named: dict[str, str]) -> tuple[tuple[str, str], ...]:
    """The parts of an address that name what does not exist."""
    unknown = [name for name, values in _VALUES.items() if named.get(name) and named[name] not in values]
    days = [day for name, custom, ends in _RANGES if named.get(name) == custom for day in ends]
    unknown += [day for day in days if _day(named.get(day)) is None]
    return tuple((name, named.get(name, "")) for name in unknown)


def _with_period(view: View, named: dict[str, str]) -> View:
    period = named.get("period")
    if period in PERIODS:
        return replace(view, period=period)
    first, last = _day(named.get("from")), _day(named.get("to"))
    if period != CUSTOM or first is None or last is None:
        return view
    return replace(view, period=CUSTOM, first=min(first, last), last=max(first, last))


def _comparison(named: dict[str, str]) -> Comparison:
    kind = named.get("compare", "")
    if kind not in COMPARISONS:
        return BY_DEFAULT
    if kind == NOTHING:
        return Comparison(kind)
    matches = named.get("match") == "weekday"
    if kind != CUSTOM_RANGE:
        return Comparison(kind, matches_weekday=matches)
    first, last = _day(named.get("compare_from")), _day(named.get("compare_to"))
    if first is None or last is None:
        return BY_DEFAULT
    return Comparison(kind, min(first, last), max(first, last), matches)


def _compared(comparison: Comparison) -> list[tuple[str, str]]:
    pairs = [("compare", comparison.kind)] if comparison.kind else []
    if comparison.first and comparison.last:
        pairs += [("compare_from", comparison.first.isoformat()), ("compare_to", comparison.last.isoformat())]
    return [*pairs, ("match", "weekday")] if comparison.matches_weekday else pairs


def _filters(pairs: list[tuple[str, str]]) -> tuple[Filter, ...]:
    found = (read_filter(name, value) for name, value in pairs if name not in PANELS)
    return tuple(dict.fromkeys(one for one in found if one))[:_MAX_FILTERS]


def _tabs(named: dict[str, str]) -> tuple[tuple[str, str], ...]:
    return tuple(
        sorted((key, tab) for key, panel in PANELS.items() if (tab := named.get(key)) and panel.tab(tab).key == tab)
    )


def _known(value: str | None, allowed: Iterable[str], default: str) -> str:
    return value if value is not None and value in allowed else default


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
