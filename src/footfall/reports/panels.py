"""The panels: one row each, with its tabs; one question per tab."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from footfall.query.dimensions import NOT_SET
from footfall.reports.dimensions import DIMENSIONS, Dimension
from footfall.reports.view import QueryFilter, View

ROWS_SHOWN = 9
LEAST_ROWS = 5
_BUILT_IN_EVENTS = ["pageview", "engagement"]


class Tab(NamedTuple):
    """One list: the dimension it breaks down by and its figures, the first of which draws the bar.

    A filter on the dimension leaves one row of it, so then the card ``opens`` the tab that tells more.
    """

    dimension: str
    title: str
    metrics: tuple[str, ...] = ("visitors",)
    detail_metrics: tuple[str, ...] = ("visitors", "visits", "pageviews", "bounce_rate", "visit_duration")
    only: tuple[QueryFilter, ...] = ()
    opens: str = ""

    @property
    def queried(self) -> Dimension:
        """The dimension it breaks down by."""
        return DIMENSIONS[self.dimension]


class Panel(NamedTuple):
    """One card of the dashboard. ``empty`` says what will stand here and what brings it."""

    key: str
    title: str
    empty: str
    tabs: tuple[Tab, ...]

    def tab(self, key: str | None) -> Tab:
        """The tab of this key, else the first."""
        return next((tab for tab in self.tabs if tab.dimension == key), self.tabs[0])


_PAGE_DETAIL = ("visitors", "pageviews", "bounce_rate")
_VISIT_DETAIL = ("visitors", "visits", "bounce_rate", "visit_duration")


def _campaign(key: str, title: str) -> Tab:
    return Tab(key, title, ("visitors",), _VISIT_DETAIL, (["is_not", DIMENSIONS[key].name, [NOT_SET]],))


PANELS = {
    panel.key: panel
    for panel in (
        Panel(
            "sources",
            "Sources",
            "Where visitors come from: search engines, other sites, newsletters, or straight to you.",
            (
                Tab("source", "Sources", ("visitors", "bounce_rate"), _VISIT_DETAIL, opens="referrer"),
                Tab("channel", "Channels", ("visitors", "bounce_rate"), _VISIT_DETAIL),
                Tab("referrer", "Referrers", ("visitors", "bounce_rate"), _VISIT_DETAIL),
            ),
        ),
        Panel(
            "pages",
            "Pages",
            "The pages people read, where they came in and where they left.",
            (
                Tab("page", "Pages", ("visitors", "pageviews"), _PAGE_DETAIL, opens="entry_page"),
                Tab("entry_page", "Entry", ("visitors", "bounce_rate"), _VISIT_DETAIL),
                Tab("exit_page", "Exit", ("visitors", "visits"), _VISIT_DETAIL),
            ),
        ),
        Panel(
            "places",
            "Places",
            "The countries, regions and cities visitors are in.",
            (
                Tab("country", "Countries", opens="region"),
                Tab("region", "Regions", opens="city"),
                Tab("city", "Cities"),
            ),
        ),
        Panel(
            "devices",
            "Devices",
            "The browsers, systems and kinds of device visitors use.",
            (
                Tab("browser", "Browsers", opens="os"),
                Tab("os", "Systems", opens="device"),
                Tab("device", "Devices"),
            ),
        ),
        Panel(
            "campaigns",
            "Campaigns",
            "Add utm_campaign to the links you share, and each shows here with the visitors it brought.",
            (
                _campaign("utm_campaign", "Campaigns"),
                _campaign("utm_source", "Source"),
                _campaign("utm_medium", "Medium"),
                _campaign("utm_content", "Content"),
                _campaign("utm_term", "Term"),
            ),
        ),
        Panel(
            "events",
            "Events",
            "Sign-ups, downloads, outbound clicks: whatever the script is told to track appears here.",
            (
                Tab(
                    "event",
                    "Events",
                    ("visitors", "events"),
                    ("visitors", "events"),
                    (["is_not", "event:name", _BUILT_IN_EVENTS],),
                ),
            ),
        ),
    )
}


@dataclass(frozen=True)
class Page:
    """Which part of a list to ask for; without ``metrics``, those of the card."""

    metrics: tuple[str, ...] = ()
    limit: int = ROWS_SHOWN
    offset: int = 0
    order_by: tuple[str, str] = ("visitors", "desc")
    search: str = ""


FIRST_ROWS = Page()


def list_question(tab: Tab, view: View, metrics: tuple[str, ...], page: Page) -> dict[str, Any]:
    """The query a tab asks."""
    return {
        "metrics": list(metrics),
        "date_range": view.date_range,
        "dimensions": [tab.queried.name],
        "filters": [*view.query_filters(), *tab.only, *_search_filter(tab, page.search)],
        "order_by": [list(page.order_by)],
        "include": {"total_rows": True},
        "pagination": {"limit": page.limit, "offset": page.offset},
    }


def chosen_tab(panel: Panel, view: View) -> Tab:
    """The tab the view has chosen in this panel, else the one that tells most."""
    chosen = dict(view.tabs).get(panel.key)
    tab = panel.tab(chosen)
    while not chosen and tab.opens and view.is_narrowed_to(tab.dimension):
        tab = panel.tab(tab.opens)
    return tab


def _search_filter(tab: Tab, text: str) -> list[QueryFilter]:
    return [["contains", tab.queried.name, [text], {"case_sensitive": False}]] if text else []
