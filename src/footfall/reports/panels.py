"""The panels: one row each, with its tabs; one question per tab."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from footfall.enrich.source import Category, source_names
from footfall.query.dimensions import NO_PROPERTY, NOT_SET
from footfall.reports.dimensions import DIMENSIONS, GOAL, PROPERTY, Dimension, dimension, named
from footfall.reports.view import QueryFilter, View
from footfall.texts import Phrase

ROWS_SHOWN = 9
LEAST_ROWS = 5
_BUILT_IN_EVENTS = ["pageview", "engagement"]


class Leads(Enum):
    """What a click on a row does."""

    FILTER = "filter"
    TAB = "tab"  # opens the tab of the property in the row
    CRAWLER = "crawler"


class Tab(NamedTuple):
    """One list: the dimension it breaks down by and its figures, the first of which draws the bar.

    A filter on the dimension leaves one row of it, so then the card ``opens`` the tab that tells more. Where two tabs
    break down by one dimension, ``name`` is what the second is called in URLs.
    """

    dimension: str
    title: str
    metrics: tuple[str, ...] = ("visitors",)
    detail_metrics: tuple[str, ...] = ("visitors", "visits", "pageviews", "bounce_rate", "visit_duration")
    only: tuple[QueryFilter, ...] = ()
    opens: str = ""
    name: str = ""
    leads: Leads = Leads.FILTER
    has_sparks: bool = False
    is_mapped: bool = False  # the map beside it shows all rows, so the card asks for them, too
    is_inner: bool = False  # offered beside the others only once it is chosen, or opened by them
    empty: str = ""

    @property
    def key(self) -> str:
        """What it is called in URLs."""
        return self.name or self.dimension

    @property
    def queried(self) -> Dimension:
        """The dimension it breaks down by."""
        return named(self.dimension)


class Panel(NamedTuple):
    """One card of the dashboard. ``empty`` says what will stand here and what brings it."""

    key: str
    title: str
    empty: str
    tabs: tuple[Tab, ...]
    has_map: bool = False

    def tab(self, key: str | None) -> Tab:
        """The tab of this key, else the first."""
        if key and key.startswith(PROPERTY) and any(tab.key == PROPERTIES for tab in self.tabs) and dimension(key):
            return _property(key)
        return next((tab for tab in self.tabs if tab.key == key), self.tabs[0])

    def tabs_beside(self, chosen: Tab) -> tuple[Tab, ...]:
        """Its tabs as a card offers them; that of a property stands after the list it was chosen from."""
        shown = tuple(tab for tab in self.tabs if not tab.is_inner or tab == chosen)
        return shown if chosen in shown else (*shown, chosen)


EVENTS, PROPERTIES, CRAWLERS = "event", "properties", "crawlers"
MOST_MAPPED = 300
_PAGE_DETAIL = ("visitors", "pageviews", "bounce_rate", "time_on_page", "scroll_depth")
_VISIT_DETAIL = ("visitors", "visits", "bounce_rate", "visit_duration")
_EXIT_DETAIL = ("visitors", "visits", "exit_rate")
_EVENT_FIGURES = ("visitors", "events")
_GOAL_FIGURES = ("visitors", "conversion_rate")
_GOAL_DETAIL = ("visitors", "events", "conversion_rate", "total_revenue", "average_revenue")
_ASSISTANTS = [*source_names(Category.AI)]


def _campaign(key: str, title: str) -> Tab:
    empty = Phrase(
        "Add {parameter} to links you share, and each shows here with the visitors it brought.", parameter=key
    )
    return Tab(key, title, ("visitors", "bounce_rate"), _VISIT_DETAIL, (_known(key),), empty=empty)


def _known(key: str) -> QueryFilter:
    return ["is_not", DIMENSIONS[key].name, [NOT_SET]]


def _property(key: str) -> Tab:
    """The values of one property."""
    only: QueryFilter = ["is_not", named(key).name, [NO_PROPERTY]]
    return Tab(key, key.removeprefix(PROPERTY), _EVENT_FIGURES, _EVENT_FIGURES, (only,))


PANELS = {
    panel.key: panel
    for panel in (
        Panel(
            "sources",
            Phrase("Sources"),
            Phrase("Where visitors come from: search engines, other sites, newsletters, or straight to you."),
            (
                Tab("source", Phrase("Sources"), ("visitors", "bounce_rate"), _VISIT_DETAIL, opens="referrer"),
                Tab("channel", Phrase("Channels"), ("visitors", "bounce_rate"), _VISIT_DETAIL),
                Tab("referrer", Phrase("Referrers"), ("visitors", "bounce_rate"), _VISIT_DETAIL),
            ),
        ),
        Panel(
            "pages",
            Phrase("Pages"),
            Phrase("The pages people read, where they came in and where they left."),
            (
                Tab(
                    "page",
                    Phrase("Pages"),
                    ("visitors", "pageviews"),
                    _PAGE_DETAIL,
                    opens="entry_page",
                    has_sparks=True,
                ),
                Tab("entry_page", Phrase("Entry"), ("visitors", "bounce_rate"), _VISIT_DETAIL),
                Tab("exit_page", Phrase("Exit"), ("visitors", "visits"), _EXIT_DETAIL),
                Tab("hostname", Phrase("Hosts"), ("visitors", "pageviews"), ("visitors", "visits", "pageviews")),
            ),
        ),
        Panel(
            "places",
            Phrase("Places"),
            Phrase("The countries, regions and cities visitors are in."),
            (
                Tab("country", Phrase("Countries"), opens="region", is_mapped=True),
                Tab("region", Phrase("Regions"), opens="city"),
                Tab("city", Phrase("Cities")),
                Tab("language", Phrase("Languages")),
            ),
            has_map=True,
        ),
        Panel(
            "devices",
            Phrase("Devices"),
            Phrase("The browsers, systems and kinds of device visitors use."),
            (
                Tab("browser", Phrase("Browsers"), ("visitors", "bounce_rate"), _VISIT_DETAIL, opens="browser_version"),
                Tab("browser_version", Phrase("Versions"), ("visitors", "bounce_rate"), _VISIT_DETAIL, is_inner=True),
                Tab("os", Phrase("Systems"), ("visitors", "bounce_rate"), _VISIT_DETAIL, opens="os_version"),
                Tab("os_version", Phrase("Versions"), ("visitors", "bounce_rate"), _VISIT_DETAIL, is_inner=True),
                Tab("device", Phrase("Devices"), ("visitors", "bounce_rate"), _VISIT_DETAIL, opens="screen"),
                Tab("screen", Phrase("Screens"), ("visitors", "bounce_rate"), _VISIT_DETAIL),
            ),
        ),
        Panel(
            "events",
            Phrase("Goals and events"),
            Phrase("Sign-ups, downloads, outbound clicks: whatever the script is told to track appears here."),
            (
                Tab(
                    "goal",
                    Phrase("Goals"),
                    _GOAL_FIGURES,
                    _GOAL_DETAIL,
                    empty=Phrase("Name the events and pages that matter, and see how many visitors reach them."),
                ),
                Tab(
                    "event",
                    Phrase("Events"),
                    _EVENT_FIGURES,
                    _EVENT_FIGURES,
                    (["is_not", "event:name", _BUILT_IN_EVENTS],),
                ),
                Tab(
                    "event",
                    Phrase("Properties"),
                    _EVENT_FIGURES,
                    _EVENT_FIGURES,
                    name=PROPERTIES,
                    leads=Leads.TAB,
                    empty=Phrase("What events tell besides their name, such as a plan or an author, appears here."),
                ),
            ),
        ),
        Panel(
            "campaigns",
            Phrase("Campaigns"),
            Phrase("Links you share with UTM parameters show here with the visitors they brought."),
            (
                _campaign("utm_campaign", Phrase("Campaigns")),
                _campaign("utm_source", Phrase("Source")),
                _campaign("utm_medium", Phrase("Medium")),
                _campaign("utm_content", Phrase("Content")),
                _campaign("utm_term", Phrase("Term")),
            ),
        ),
        Panel(
            "machines",
            Phrase("AI and crawlers"),
            Phrase("Visitors that AI assistants sent you, and the machines that read your pages."),
            (
                Tab(
                    "source",
                    Phrase("AI assistants"),
                    ("visitors", "bounce_rate"),
                    _VISIT_DETAIL,
                    (["is", "visit:source", _ASSISTANTS],),
                    name="assistants",
                    empty=Phrase("Visitors who follow a link in ChatGPT, Perplexity and the like appear here."),
                ),
                Tab(
                    "source",
                    Phrase("Crawlers"),
                    ("pageviews",),
                    ("pageviews",),
                    name=CRAWLERS,
                    leads=Leads.CRAWLER,
                    empty=Phrase("Machines that read your pages appear here; they are not counted as visitors."),
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
    is_compared: bool = False
    has_sparks: bool = False

    @property
    def is_of_card(self) -> bool:
        """Whether it is what a card of the dashboard shows."""
        return self.limit <= ROWS_SHOWN and not (self.metrics or self.offset or self.search)


FIRST_ROWS = Page()


def list_question(tab: Tab, view: View, metrics: tuple[str, ...], page: Page) -> dict[str, Any]:
    """The query a tab asks."""
    compared = view.comparison.as_query() if page.is_compared else None
    return {
        "metrics": list(metrics),
        "date_range": view.date_range,
        "dimensions": [tab.queried.name],
        "filters": [*view.query_filters(), *tab.only, *_search_filter(tab, page.search)],
        "order_by": [list(page.order_by)],
        "include": {"total_rows": True} | ({"comparisons": compared} if compared else {}),
        "pagination": {"limit": page.limit, "offset": page.offset},
    }


def chosen_tab(panel: Panel, view: View, has_goals: bool = True) -> Tab:
    """The tab the view has chosen in this panel, else the one that tells most."""
    chosen = dict(view.tabs).get(panel.key)
    tab = panel.tab(chosen)
    if not chosen and tab.dimension == GOAL and not has_goals:
        return panel.tab(EVENTS)
    while not chosen and tab.opens and view.is_narrowed_to(tab.dimension):
        tab = panel.tab(tab.opens)
    return tab


def _search_filter(tab: Tab, text: str) -> list[QueryFilter]:
    # Goals are no column: their names are searched where they are listed.
    if not text or tab.dimension == GOAL:
        return []
    return [["contains", tab.queried.name, [text], {"case_sensitive": False}]]
