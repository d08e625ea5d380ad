"""The parameters of reports: one row each, read from the query string and told in the OpenAPI description."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from footfall.api.native.asked import Asked, Report
from footfall.api.native.filters import read_filters
from footfall.errors import InvalidInput
from footfall.query import METRICS

MAX_LIMIT = 1_000
MAX_PAGE = 10_000
FORMATS = ("json", "csv", "parquet")
INTERVALS = ("minute", "hour", "day", "week", "month")
_PERIODS = {"today": "day"}
_NUMBER = re.compile(r"[1-9]\d{0,8}", re.ASCII)


class Parameter(NamedTuple):
    """One parameter; ``read`` makes of its text what ``field`` of Asked holds."""

    name: str
    text: str
    schema: dict[str, Any]
    example: Any = None
    field: str = ""
    read: Callable[[str, str], Any] = lambda name, text: text


def _number(most: int) -> Callable[[str, str], int]:
    def read(name: str, text: str) -> int:
        if not _NUMBER.fullmatch(text) or int(text) > most:
            raise InvalidInput(f"Parameter `{name}` is a number from 1 to {most:,}.", field=name)
        return int(text)

    return read


def _one_of(known: Iterable[str]) -> Callable[[str, str], str]:
    words = tuple(known)

    def read(name: str, text: str) -> str:
        if text not in words:
            raise InvalidInput(f"Parameter `{name}` is one of {', '.join(words)}.", field=name)
        return text

    return read


def _metrics(name: str, text: str) -> tuple[str, ...]:
    return tuple(_one_of(METRICS)(name, one) for one in text.split(","))


def _comparison(name: str, text: str) -> bool:
    return _one_of(("previous",))(name, text) == "previous"


def _truth(name: str, text: str) -> bool:
    return _one_of(("true", "false"))(name, text) == "true"


_TEXT = {"type": "string"}
_DAY = {"type": "string", "format": "date"}

PARAMETERS = {
    row.name: row
    for row in (
        Parameter(
            "period",
            "`today`, `yesterday`, `24h`, `7d` or any number of days, `month`, `year`, `12mo` or any number of months,"
            " `all`; 28 days where nothing is said",
            {**_TEXT, "default": "28d"},
            "30d",
        ),
        Parameter("from", "first day, in place of `period`", _DAY, "2026-01-01"),
        Parameter("to", "last day; goes with `from`", _DAY, "2026-01-31"),
        Parameter(
            "filter",
            "DIMENSION:OPERATOR:VALUE, or a filter of the stats API in JSON; may be repeated: values of the same"
            " dimension and operator are alternatives, all else adds up",
            {"type": "array", "items": _TEXT},
            ["country:is:EE", "page:contains:/blog/"],
        ),
        Parameter(
            "metrics",
            "which figures, with commas between",
            _TEXT,
            "visitors,visits",
            "metrics",
            _metrics,
        ),
        Parameter("sort", "field to sort by; `-` before it: largest first", _TEXT, "-visits", "sort"),
        Parameter(
            "limit",
            "rows of a page",
            {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": 100},
            100,
            "limit",
            _number(MAX_LIMIT),
        ),
        Parameter(
            "page",
            "which page of rows",
            {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1},
            1,
            "page",
            _number(MAX_PAGE),
        ),
        Parameter(
            "compare",
            "`previous`: each row has the figures of as many days just before as `previous`",
            {"type": "string", "enum": ["previous"]},
            "previous",
            "has_comparison",
            _comparison,
        ),
        Parameter(
            "interval",
            "length of the buckets; chosen by the length of the period where nothing is said",
            {"type": "string", "enum": list(INTERVALS)},
            "day",
            "interval",
            _one_of(INTERVALS),
        ),
        Parameter("property", "key whose values to tell", _TEXT, "plan", "property_key"),
        Parameter(
            "imports",
            "`true`: add [imported](sites-api.md#imports) days where they can answer; `meta` tells whether they do",
            {"type": "string", "enum": ["true", "false"], "default": "false"},
            "true",
            "adds_imports",
            _truth,
        ),
        Parameter(
            "format",
            "`csv`, `parquet`: a file in place of JSON",
            {"type": "string", "enum": list(FORMATS), "default": "json"},
            "csv",
            "",
            _one_of(FORMATS),
        ),
    )
}


def read_asked(items: list[tuple[str, str]], report: Report) -> Asked:
    """The parameters of a request; raises InvalidInput that names the one that is wrong."""
    given = _given(items, report.takes)
    filters = read_filters([text for name, text in items if name == "filter"])
    fields = {row.field: row.read(name, text) for name, text in given.items() if (row := PARAMETERS[name]).field}
    asked = Asked(date_range=_date_range(given), filters=filters, **fields)
    _check_sort(asked, report)
    return asked


def read_exported(items: list[tuple[str, str]], takes: tuple[str, ...]) -> Asked:
    """Range and filters of rows to export; raises InvalidInput likewise."""
    given = _given(items, takes)
    filters = read_filters([text for name, text in items if name == "filter"])
    return Asked(date_range=_date_range(given), filters=filters)


def read_format(items: list[tuple[str, str]], known: Sequence[str] = FORMATS) -> str:
    """The format that is asked for, the first of those known where nothing is said."""
    return _one_of(known)("format", dict(items).get("format", known[0]))


def _given(items: list[tuple[str, str]], takes: tuple[str, ...]) -> dict[str, str]:
    given: dict[str, str] = {}
    for name, text in items:
        if name not in takes:
            raise InvalidInput(f"This report takes {', '.join(takes)}.", field=name[:100])
        if name in given and name != "filter":
            raise InvalidInput(f"Parameter `{name}` may be given once.", field=name)
        given[name] = text
    return given


def _date_range(given: dict[str, str]) -> str | list[str]:
    first, last, period = (given.get(name) for name in ("from", "to", "period"))
    if first is None and last is None:
        return _PERIODS.get(period or "", period or Asked.date_range)
    if first is None or last is None or period is not None:
        raise InvalidInput("Give `from` and `to` together, and no `period` beside them.", field="from")
    return [first, last]


def _check_sort(asked: Asked, report: Report) -> None:
    known = (*(asked.metrics or report.metrics), *report.fields)
    if asked.sort and asked.sort.removeprefix("-") not in known:
        raise InvalidInput(f"Parameter `sort` is one of {', '.join(known)}, perhaps with - before it.", field="sort")
