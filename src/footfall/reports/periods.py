"""The periods of the date picker, in its order."""

from typing import NamedTuple

CUSTOM = "custom"
ALL_TIME = "all"
DEFAULT_PERIOD = "28d"


class Period(NamedTuple):
    """``date_range`` is its name in queries, ``shortcut`` the key that chooses it."""

    key: str
    title: str
    date_range: str
    shortcut: str


PERIODS = {
    period.key: period
    for period in (
        Period("today", "Today", "day", "D"),
        Period("yesterday", "Yesterday", "yesterday", "E"),
        Period("7d", "Last 7 days", "7d", "7"),
        Period("28d", "Last 28 days", "28d", "8"),
        Period("30d", "Last 30 days", "30d", "3"),
        Period("91d", "Last 91 days", "91d", "9"),
        Period("month", "Month to date", "month", "M"),
        Period("year", "Year to date", "year", "Y"),
        Period("12mo", "Last 12 months", "12mo", "L"),
        Period("all", "All time", "all", "A"),
    )
}
PERIOD_GROUPS = (
    ("today", "yesterday"),
    ("7d", "28d", "30d", "91d"),
    ("month", "year", "12mo", "all"),
)
