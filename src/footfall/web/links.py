"""Where each thing on the dashboard leads: the view it stands in, changed in one respect, as a URL."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode

from footfall.reports.compared import CUSTOM_RANGE, PREVIOUS, Comparison
from footfall.reports.dimensions import SEGMENT
from footfall.reports.lists import ListRow, Room, TopList
from footfall.reports.panels import Leads
from footfall.reports.periods import DEFAULT_PERIOD
from footfall.reports.view import Filter, FilterGroup, View
from footfall.web.url_state import filter_name, write_view


def dashboard_url(domain: str) -> str:
    """The dashboard of a site in its default view."""
    return f"/sites/{quote(domain, safe='')}"


@dataclass(frozen=True)
class Links:
    """The links of one site's dashboard in one view."""

    domain: str
    view: View

    def here(self) -> str:
        """The view itself."""
        return self._to(self.view)

    def period(self, key: str) -> str:
        """Another period; its interval is chosen anew."""
        return self._to(replace(self.view, period=key, first=None, last=None, interval=View.interval))

    def interval(self, key: str) -> str:
        """Other buckets of the chart."""
        return self._to(replace(self.view, interval=key))

    def metric(self, name: str) -> str:
        """Another metric in the chart."""
        return self._to(replace(self.view, metric=name))

    def toggled(self, one: Filter) -> str:
        """A filter added, or removed where it is set."""
        return self._to(self.view.toggled(one))

    def flipped(self, group: FilterGroup) -> str:
        """A group of filters turned into its opposite."""
        return self._to(self.view.flipped(group))

    def without(self, group: FilterGroup) -> str:
        """A group of filters removed."""
        return self._to(self.view.without(group))

    def unfiltered(self) -> str:
        """All filters removed."""
        return self._to(replace(self.view, filters=()))

    def row(self, found: TopList, row: ListRow) -> str:
        """What a click on a row of a list does."""
        if found.tab.leads is Leads.TAB:
            return self.tab(found.panel.key, row.value)
        if found.tab.leads is Leads.CRAWLER:
            return self._to(self._period_only(), "/crawlers/pages", [("name", row.value)])
        return self.toggled(found.filter_for(row))

    def compared(self, kind: str) -> str:
        """Compared with another range, on the same weekday if that was chosen."""
        chosen = Comparison(kind, matches_weekday=self.view.comparison.matches_weekday and kind != CUSTOM_RANGE)
        return self._to(replace(self.view, comparison=chosen))

    def weekday_matched(self) -> str:
        """The compared range moved to begin on the same weekday, or moved back."""
        chosen = self.view.comparison
        return self._to(
            replace(
                self.view,
                comparison=replace(chosen, kind=chosen.kind or PREVIOUS, matches_weekday=not chosen.matches_weekday),
            )
        )

    def filter_form(self, dimension: str = "") -> str:
        """Where a filter on this dimension is made."""
        return self._to(self.view, "/filter", [("dimension", dimension)] if dimension else [])

    def filter_edited(self, group: FilterGroup) -> str:
        """Where these filters are changed."""
        return self._to(self.view, "/filter", [("replaces", filter_name(group.filters[0]))])

    def filter_kept(self) -> list[tuple[str, str]]:
        """What the form of a filter sends along."""
        return parse_qsl(write_view(self.view))

    def plain_filter(self) -> str:
        """Where the form of a filter is sent."""
        return f"{dashboard_url(self.domain)}/filter"

    def segment(self, number: int) -> str:
        """The view through a saved segment, and through nothing else."""
        return self._to(self.view.with_filters([Filter(SEGMENT, str(number))]))

    def segments(self) -> str:
        """Where segments are saved, renamed and deleted; the view stays in the address."""
        return self._to(self.view, "/segments")

    def annotations(self) -> str:
        """Where notes on days are written, changed and deleted; the view stays in the address."""
        return self._to(self.view, "/annotations")

    def realtime(self) -> str:
        """What happens right now."""
        return f"{dashboard_url(self.domain)}/realtime"

    def tab(self, panel: str, tab: str) -> str:
        """The page with this tab chosen."""
        return self._to(self.view.with_tab(panel, tab))

    def panel(self, panel: str, tab: str, room: Room) -> str:
        """Only the card of this panel, with this tab chosen and as long as it stands now."""
        return self._to(self.view.with_tab(panel, tab), f"/panels/{panel}", _rows(room))

    def cards(self) -> str:
        """All cards, without the page around them."""
        return self._to(self.view, "/panels")

    def sparks(self, panel: str, room: Room) -> str:
        """The card as it stands, with a small line in each row."""
        return self._to(self.view, f"/panels/{panel}", [*_rows(room), ("sparks", "1")])

    def whole_list(self, panel: str, tab: str, **options: str) -> str:
        """The whole list behind a tab; ``options`` that are empty are left out."""
        return self._to(self.view.with_tab(panel, tab), f"/panels/{panel}/all", _said(options))

    def list_file(self, panel: str, tab: str, **options: str) -> str:
        """The whole list as a CSV file."""
        return self._to(self.view.with_tab(panel, tab), f"/panels/{panel}/all.csv", _said(options))

    def current(self) -> str:
        """The fragment of the current visitors."""
        return f"{dashboard_url(self.domain)}/current"

    def live(self) -> str:
        """Where what happens right now is pushed."""
        return f"/api/v1{dashboard_url(self.domain)}/live"

    def site(self, domain: str) -> str:
        """Another site in the same period."""
        return Links(domain, self._period_only()).here()

    def today(self) -> str:
        """Today, unfiltered."""
        return Links(self.domain, replace(View(), period="today")).here()

    def crawlers(self) -> str:
        """The crawlers of the same period."""
        return self._to(self._period_only(), "/crawlers")

    def settings(self) -> str:
        """The settings of the site."""
        return f"{dashboard_url(self.domain)}/settings"

    def install(self) -> str:
        """The page that shows the snippet."""
        return f"{dashboard_url(self.domain)}/install"

    def plain(self) -> str:
        """Where forms that set the period are sent."""
        return dashboard_url(self.domain)

    def plain_list(self, panel: str) -> str:
        """Where the search in a whole list is sent."""
        return f"{dashboard_url(self.domain)}/panels/{panel}/all"

    def kept_by_search(self, panel: str, tab: str) -> list[tuple[str, str]]:
        """What the search in a whole list sends along."""
        return parse_qsl(write_view(self.view.with_tab(panel, tab)))

    def kept_by_period(self) -> list[tuple[str, str]]:
        """What a form that sets the period sends along."""
        kept = replace(self.view, period=DEFAULT_PERIOD, first=None, last=None, interval=View.interval)
        return parse_qsl(write_view(kept))

    def kept_by_comparison(self) -> list[tuple[str, str]]:
        """What a form that sets the compared days sends along."""
        return parse_qsl(write_view(replace(self.view, comparison=Comparison())))

    def _period_only(self) -> View:
        return replace(View(), period=self.view.period, first=self.view.first, last=self.view.last)

    def _to(self, view: View, suffix: str = "", more: list[tuple[str, str]] | None = None) -> str:
        query = "&".join(part for part in (write_view(view), urlencode(more or [])) if part)
        return f"{dashboard_url(self.domain)}{suffix}" + (f"?{query}" if query else "")


def _rows(room: Room) -> list[tuple[str, str]]:
    return [("rows", str(room.in_pairs)), ("wide", str(room.in_threes))]


def _said(options: dict[str, str]) -> list[tuple[str, str]]:
    return [(name, value) for name, value in options.items() if value]
