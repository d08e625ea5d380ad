"""What answers can be broken down and filtered by: one row each, with its column on events and on visits.

A new dimension is one more row here and one more line in docs/reference/stats-api.md.
"""

from dataclasses import dataclass
from enum import StrEnum

NOT_SET = "(not set)"
NO_CURRENCY = "(none)"
NO_PROPERTY = "(none)"
NO_SOURCE = "Direct / None"

PROPERTY_PREFIX = "event:props:"
MAX_PROPERTY_LENGTH = 300


class Level(StrEnum):
    """What a dimension tells something about."""

    EVENT = "event"
    VISIT = "visit"
    TIME = "time"


@dataclass(frozen=True)
class Dimension:
    """One dimension; a column is SQL on one row of its table, None where that table cannot tell.

    ``visit_column`` of an event dimension says what a visit is filed under when visit metrics are broken down by it.
    The names in the rollups of both tables are empty where those do not have it.
    """

    name: str
    level: Level
    event_column: str | None = None
    visit_column: str | None = None
    blank: str = NOT_SET  # what an empty value is called
    key: str = ""  # of a property
    unit: str = ""  # of a time dimension; empty: chosen by the length of the range
    event_rollup: str = ""
    visit_rollup: str = ""

    @property
    def is_of_whole_visits(self) -> bool:
        """Whether only the visits table knows it: entry and exit."""
        return self.level is Level.VISIT and self.event_column is None


def dimension(name: str) -> Dimension | None:
    """The dimension of this name."""
    if name.startswith(PROPERTY_PREFIX):
        return _property(name)
    return DIMENSIONS.get(name)


def _property(name: str) -> Dimension | None:
    key = name.removeprefix(PROPERTY_PREFIX)
    if not 0 < len(key) <= MAX_PROPERTY_LENGTH:
        return None
    return Dimension(name, Level.EVENT, event_column="props[{key}]", blank=NO_PROPERTY, key=key)


def _copied(name: str, column: str, blank: str = NOT_SET) -> Dimension:
    """An attribute of the visit that each of its events carries."""
    on_row = f"toString({column})"
    return Dimension(f"visit:{name}", Level.VISIT, on_row, on_row, blank, event_rollup=column, visit_rollup=column)


def _of_visit(name: str, column: str, rollup: str) -> Dimension:
    return Dimension(f"visit:{name}", Level.VISIT, visit_column=column, visit_rollup=rollup)


def _time(name: str, unit: str) -> Dimension:
    return Dimension(name, Level.TIME, unit=unit)


# `entry.path` reads a subcolumn and skips the merge of FINAL; tupleElement does not.
_ENTRY_PAGE = "tupleElement(entry, 'path')"

_ALL = (
    Dimension("event:name", Level.EVENT, "toString(name)", event_rollup="name"),
    Dimension("event:page", Level.EVENT, "path", _ENTRY_PAGE, event_rollup="page", visit_rollup="entry_page"),
    Dimension("event:hostname", Level.EVENT, "toString(hostname)", event_rollup="hostname"),
    Dimension("event:goal", Level.EVENT),  # in `goals`: an event may reach several
    Dimension("event:currency", Level.EVENT, "toString(revenue_currency)", blank=NO_CURRENCY),
    _of_visit("entry_page", _ENTRY_PAGE, "entry_page"),
    _of_visit("exit_page", "tupleElement(exit, 'path')", "exit_page"),
    _of_visit("entry_page_hostname", "tupleElement(entry, 'hostname')", "entry_hostname"),
    _of_visit("exit_page_hostname", "tupleElement(exit, 'hostname')", "exit_hostname"),
    _copied("source", "source", NO_SOURCE),
    _copied("channel", "channel", "Direct"),
    _copied("referrer", "referrer", NO_SOURCE),
    _copied("utm_source", "utm_source"),
    _copied("utm_medium", "utm_medium"),
    _copied("utm_campaign", "utm_campaign"),
    _copied("utm_content", "utm_content"),
    _copied("utm_term", "utm_term"),
    _copied("click_id_kind", "click_id_kind"),
    _copied("device", "device"),
    _copied("screen", "device"),  # Plausible's older name of the device
    _copied("screen_size", "screen"),
    _copied("browser", "browser"),
    _copied("browser_version", "browser_version"),
    _copied("os", "os"),
    _copied("os_version", "os_version"),
    _copied("language", "language"),
    _copied("country", "country"),
    _copied("region", "region"),
    _copied("city", "city"),
    _copied("country_name", "country"),
    _copied("region_name", "region"),
    _copied("city_name", "city"),
    _time("time", ""),
    _time("time:minute", "minute"),
    _time("time:hour", "hour"),
    _time("time:day", "day"),
    _time("time:week", "week"),
    _time("time:month", "month"),
)

DIMENSIONS = {row.name: row for row in _ALL}

PAGE = DIMENSIONS["event:page"]
GOAL = DIMENSIONS["event:goal"]
CURRENCY = DIMENSIONS["event:currency"]
EXIT_PAGE = DIMENSIONS["visit:exit_page"]
