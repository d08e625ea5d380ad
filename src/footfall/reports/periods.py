"""The periods of the date picker, in its order."""

from typing import NamedTuple

from footfall.texts import Phrase

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
        Period("today", Phrase("Today"), "day", "D"),
        Period("yesterday", Phrase("Yesterday"), "yesterday", "E"),
        Period("7d", Phrase("Last 7 days"), "7d", "7"),
        Period("28d", Phrase("Last 28 days"), "28d", "8"),
        Period("30d", Phrase("Last 30 days"), "30d", "3"),
        Period("91d", Phrase("Last 91 days"), "91d", "9"),
        Period("month", Phrase("Month to date"), "month", "M"),
        Period("year", Phrase("Year to date"), "year", "Y"),
        Period("12mo", Phrase("Last 12 months"), "12mo", "L"),
        Period("all", Phrase("All time"), "all", "A"),
    )
}
PERIOD_GROUPS = (
    ("today", "yesterday"),
    ("7d", "28d", "30d", "91d"),
    ("month", "year", "12mo", "all"),
)
