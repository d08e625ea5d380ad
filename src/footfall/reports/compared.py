"""What the period is compared with: the row chosen in the menu, and the range that comes of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from footfall.texts import Phrase


class ComparisonKind(NamedTuple):
    """``key`` stands in URLs, ``mode`` in queries; without a mode nothing is compared."""

    key: str
    title: str
    mode: str = ""


PREVIOUS, YEAR, CUSTOM_RANGE, NOTHING = "previous", "year", "custom", "none"

COMPARISONS = {
    kind.key: kind
    for kind in (
        ComparisonKind(PREVIOUS, Phrase("Period before"), "previous_period"),
        ComparisonKind(YEAR, Phrase("Year before"), "year_over_year"),
        ComparisonKind(CUSTOM_RANGE, Phrase("Other days"), "custom"),
        ComparisonKind(NOTHING, Phrase("Nothing")),
    )
}


@dataclass(frozen=True)
class Comparison:
    """``kind`` is empty where none was chosen: the period before, and in the headline only."""

    kind: str = ""
    first: date | None = None
    last: date | None = None
    matches_weekday: bool = False

    @property
    def shown(self) -> ComparisonKind:
        """The row of the menu that is in force."""
        return COMPARISONS[self.kind or PREVIOUS]

    @property
    def reaches_lists(self) -> bool:
        """Whether lists show changes, too: it doubles what they ask, so only where somebody wants it."""
        return bool(self.kind and self.shown.mode)

    def as_query(self) -> dict[str, Any] | None:
        """What queries take as `comparisons`."""
        if not self.shown.mode:
            return None
        asked: dict[str, Any] = {"mode": self.shown.mode, "match_day_of_week": self.matches_weekday}
        if self.first and self.last:
            asked["date_range"] = [self.first.isoformat(), self.last.isoformat()]
        return asked


BY_DEFAULT = Comparison()
