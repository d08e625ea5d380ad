"""Where each thing on the dashboard leads: the view it stands in, changed in one respect, as a URL."""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, quote, urlencode

from footfall.reports.periods import DEFAULT_PERIOD
from footfall.reports.view import Filter, View
from footfall.web.url_state import write_view


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

    def flipped(self, one: Filter) -> str:
        """A filter turned into its opposite."""
        return self._to(self.view.flipped(one))

    def unfiltered(self) -> str:
        """All filters removed."""
        return self._to(replace(self.view, filters=()))

    def tab(self, panel: str, tab: str) -> str:
        """The page with this tab chosen."""
        return self._to(self.view.with_tab(panel, tab))

    def panel(self, panel: str, tab: str, rows: int) -> str:
        """Only the card of this panel, with this tab chosen and as long as it stands now."""
        return f"{self._to(self.view.with_tab(panel, tab), f'/panels/{panel}')}&rows={rows}"

    def whole_list(self, panel: str, tab: str, **options: str) -> str:
        """The whole list behind a tab; ``options`` that are empty are left out."""
        url = self._to(self.view.with_tab(panel, tab), f"/panels/{panel}/all")
        extra = urlencode({name: value for name, value in options.items() if value})
        return f"{url}&{extra}" if extra else url

    def current(self) -> str:
        """The fragment of the current visitors."""
        return f"{dashboard_url(self.domain)}/current"

    def live(self) -> str:
        """Where what happens right now is pushed."""
        return f"/api/v1{dashboard_url(self.domain)}/live"

    def site(self, domain: str) -> str:
        """Another site in the same period."""
        period = replace(View(), period=self.view.period, first=self.view.first, last=self.view.last)
        return Links(domain, period).here()

    def today(self) -> str:
        """Today, unfiltered."""
        return Links(self.domain, replace(View(), period="today")).here()

    def crawlers(self) -> str:
        """The crawlers of the same period."""
        period = replace(View(), period=self.view.period, first=self.view.first, last=self.view.last)
        return self._to(period, "/crawlers")

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

    def _to(self, view: View, suffix: str = "") -> str:
        query = write_view(view)
        return f"{dashboard_url(self.domain)}{suffix}" + (f"?{query}" if query else "")
