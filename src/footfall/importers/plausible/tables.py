"""What each file of the export tells, as rows shaped like our rollups: one row of this table for each file."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from msgspec.structs import replace

from footfall.domain import VisitAttributes
from footfall.enrich import channel_of_attributes, mask_personal
from footfall.store import ImportedRow

Cells = Mapping[str, str]
Figures = Mapping[str, int]

_VISITS, _EVENTS, _TOTAL = "visits", "events", ""
_CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term")
_UNKNOWN = ("", "(not set)", "Direct / None", "(none)")


class Told(NamedTuple):
    """A value of a dimension, whose figures these are, and which of the file's columns they are."""

    counted: str
    dimension: str
    value: str
    columns: Mapping[str, str]


class TableOfExport(NamedTuple):
    """One file: the columns it must have that are numbers, and what its lines tell."""

    numbers: tuple[str, ...]
    texts: tuple[str, ...]
    told: Callable[[Cells], list[Told]]


_OF_VISITS = {
    "visits": "visits",
    "bounces": "bounces",
    "duration_s": "visit_duration",
    "pageviews": "pageviews",
    "confined_visitors": "visitors",
}
_OF_VIEWS = {
    "events": "pageviews",
    "pageviews": "pageviews",
    "confined_visits": "visits",
    "confined_visitors": "visitors",
}
_ENTERED = {**_OF_VISITS, "visits": "entrances"}
_LEFT = {**_OF_VISITS, "visits": "exits"}
_HAPPENED = {"events": "events", "confined_visitors": "visitors"}
_NUMBERS = ("visitors", "visits", "pageviews", "bounces", "visit_duration")


def _both(*dimensions: str) -> Callable[[Cells], list[Told]]:
    """Visits and views alike, by each of these dimensions on its own."""

    def told(cells: Cells) -> list[Told]:
        values = [(dimension, _text(cells[_COLUMNS.get(dimension, dimension)])) for dimension in dimensions]
        return _twice(values)

    return told


def _twice(values: list[tuple[str, str]]) -> list[Told]:
    return [
        Told(counted, dimension, value, columns)
        for dimension, value in values
        for counted, columns in ((_VISITS, _OF_VISITS), (_EVENTS, _OF_VIEWS))
    ]


def _visitors(_: Cells) -> list[Told]:
    return [*_twice([(_TOTAL, "")]), Told(_EVENTS, "name", "pageview", _OF_VIEWS)]


def _sources(cells: Cells) -> list[Told]:
    """The channel is ours: told from source and campaign as for events."""
    texts = {name: _text(cells[name]) for name in ("source", "referrer", *_CAMPAIGN)}
    channel = channel_of_attributes(replace(VisitAttributes(), **texts))
    return _twice([*texts.items(), ("channel", channel)])


def _pages(cells: Cells) -> list[Told]:
    return [Told(_EVENTS, "page", _text(cells["page"]), _OF_VIEWS)]


def _entry_pages(cells: Cells) -> list[Told]:
    return [Told(_VISITS, "entry_page", _text(cells["entry_page"]), _ENTERED)]


def _exit_pages(cells: Cells) -> list[Told]:
    return [Told(_VISITS, "exit_page", _text(cells["exit_page"]), _LEFT)]


def _custom_events(cells: Cells) -> list[Told]:
    """Beside its own name an event counts among all events of the day, whose visitors are told already."""
    only_events = {"events": "events"}
    return [Told(_EVENTS, "name", _text(cells["name"]), _HAPPENED), Told(_EVENTS, _TOTAL, "", only_events)]


_COLUMNS = {"os": "operating_system", "os_version": "operating_system_version"}
_ENDS = ("visitors", "visit_duration", "bounces", "pageviews")

TABLES = {
    "visitors": TableOfExport(_NUMBERS, (), _visitors),
    "sources": TableOfExport(_NUMBERS, ("source", "referrer", *_CAMPAIGN), _sources),
    "pages": TableOfExport(("visits", "visitors", "pageviews"), ("page",), _pages),
    "entry_pages": TableOfExport((*_ENDS, "entrances"), ("entry_page",), _entry_pages),
    "exit_pages": TableOfExport((*_ENDS, "exits"), ("exit_page",), _exit_pages),
    "custom_events": TableOfExport(("visitors", "events"), ("name",), _custom_events),
    "locations": TableOfExport(_NUMBERS, ("country", "region"), _both("country", "region")),
    "devices": TableOfExport(_NUMBERS, ("device",), _both("device")),
    "browsers": TableOfExport(_NUMBERS, ("browser", "browser_version"), _both("browser", "browser_version")),
    "operating_systems": TableOfExport(
        _NUMBERS, ("operating_system", "operating_system_version"), _both("os", "os_version")
    ),
}
"""By the name in that of its file. Cities are numbers of a gazetteer there, and left out."""


def rows_of(table: TableOfExport, day: int, cells: Cells, numbers: Figures) -> list[ImportedRow]:
    """What one line of a file tells."""
    return [
        ImportedRow(told.counted, told.dimension, told.value, day, **_figures(told.columns, numbers))
        for told in table.told(cells)
    ]


def _figures(columns: Mapping[str, str], numbers: Figures) -> dict[str, int]:
    figures = {ours: numbers[theirs] for ours, theirs in columns.items() if ours != "duration_s"}
    if "duration_s" in columns:
        figures["duration_ms"] = numbers[columns["duration_s"]] * 1000
    return figures


def _text(value: str) -> str:
    """The value as we would have kept it."""
    return "" if value in _UNKNOWN else mask_personal(value)
