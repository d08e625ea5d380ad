"""Where things on a shared dashboard lead: back to it, with all that came along in its address."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode

from footfall.query import FOLDED
from footfall.query.public import MOST_FILTERS
from footfall.reports.view import Filter, FilterGroup, View
from footfall.web.language import LANGUAGE_PARAMETER
from footfall.web.links import Links
from footfall.web.url_state import write_view

KEPT = ("auth", "embed", "theme", "background", "width", LANGUAGE_PARAMETER)
"""What the address of a shared dashboard carries besides its view."""


@dataclass(frozen=True)
class SharedUrls(Links):
    """Links below ``base`` that carry ``kept``. Filters that shared figures do not take lead nowhere."""

    base: str = ""
    kept: tuple[tuple[str, str], ...] = ()

    def toggled(self, one: Filter) -> str:
        """A filter added, in place of another of its dimension, or removed where it is set."""
        if one in self.view.filters:
            return super().toggled(one)
        others = tuple(other for other in self.view.filters if other.dimension != one.dimension)
        if one.value == FOLDED or len(others) >= MOST_FILTERS:
            return self.here()
        return self._to(replace(self.view, filters=(*others, one)))

    def flipped(self, group: FilterGroup) -> str:
        """Nowhere: shared figures are filtered by what is."""
        return self.here()

    def current(self) -> str:
        """The fragment of the current visitors."""
        return self._to(View(), "/current")

    def live(self) -> str:
        """Nowhere: what happens right now is told to members only."""
        return ""

    def today(self) -> str:
        """Today, unfiltered."""
        return self._to(replace(View(), period="today"))

    def picture(self) -> str:
        """The picture of the chart."""
        return self._to(View(), "/chart.png")

    def password(self) -> str:
        """Where the password is sent."""
        return self._to(self.view, "/password")

    def plain(self) -> str:
        """Where forms that set the period are sent."""
        return self.base

    def plain_list(self, panel: str) -> str:
        """Where the search in a whole list is sent."""
        return f"{self.base}/panels/{quote(panel)}/all"

    def kept_by_search(self, panel: str, tab: str) -> list[tuple[str, str]]:
        """What the search in a whole list sends along."""
        return [*super().kept_by_search(panel, tab), *self.kept]

    def kept_by_comparison(self) -> list[tuple[str, str]]:
        """What a form that sets the compared days sends along."""
        return [*super().kept_by_comparison(), *self.kept]

    def kept_by_period(self) -> list[tuple[str, str]]:
        """What a form that sets the period sends along."""
        return [*super().kept_by_period(), *self.kept]

    def realtime(self) -> str:
        """Nowhere but today: what happens right now is told to members only."""
        return self.today()

    def _to(self, view: View, suffix: str = "", more: list[tuple[str, str]] | None = None) -> str:
        query = "&".join(part for part in (write_view(view), urlencode([*self.kept, *(more or [])])) if part)
        return f"{self.base}{suffix}?{query}"


def kept_of(parameters: list[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """What every link of a shared dashboard carries along."""
    named = dict(parameters)
    return tuple((name, named[name]) for name in KEPT if named.get(name))


def query_of(text: str) -> str:
    """A query string without what only shared dashboards know."""
    return urlencode([(name, value) for name, value in parse_qsl(text) if name not in KEPT])
