import pytest

from footfall.query.parse import parse
from footfall.reports.figures import METRICS
from footfall.reports.lists import answerable
from footfall.reports.panels import FIRST_ROWS, PANELS, Leads, Page, Tab, chosen_tab, list_question
from footfall.reports.view import Filter, View

TABS = [tab for panel in PANELS.values() for tab in panel.tabs if tab.leads is Leads.FILTER]


@pytest.mark.parametrize("tab", TABS, ids=[tab.key for tab in TABS])
def test_it_asks_what_the_query_language_can_answer(tab: Tab) -> None:
    view = View(filters=(Filter("country", "EE"), Filter("page", "/a", "is_not")))

    for metrics in (tab.metrics, tab.detail_metrics):
        parse(
            list_question(tab, view, (*answerable(metrics, view, {}), "percentage"), Page(search="x", is_compared=True))
        )

    assert set(tab.metrics + tab.detail_metrics) <= set(METRICS)


def test_it_asks_for_no_more_rows_than_a_card_shows() -> None:
    tab = PANELS["sources"].tabs[0]

    question = list_question(tab, View(), tab.metrics, FIRST_ROWS)

    assert question["pagination"] == {"limit": 9, "offset": 0}
    assert question["include"] == {"total_rows": True}


def test_it_keeps_page_views_out_of_events() -> None:
    tab = PANELS["events"].tab("event")

    assert ["is_not", "event:name", ["pageview", "engagement"]] in list_question(tab, View(), (), FIRST_ROWS)["filters"]


def test_it_opens_the_regions_of_a_country_filtered_by() -> None:
    view = View(filters=(Filter("country", "EE"),))

    assert chosen_tab(PANELS["places"], view).dimension == "region"


def test_it_goes_no_further_than_the_finest_tab() -> None:
    view = View(filters=(Filter("country", "EE"), Filter("region", "EE-37"), Filter("city", "Tallinn")))

    assert chosen_tab(PANELS["places"], view).dimension == "city"


def test_it_stays_where_there_are_several_to_compare() -> None:
    view = View(filters=(Filter("country", "EE"), Filter("country", "LV")))

    assert chosen_tab(PANELS["places"], view).dimension == "country"


def test_it_makes_a_tab_of_a_property() -> None:
    tab = chosen_tab(PANELS["events"], View(tabs=(("events", "property.plan"),)))

    assert (tab.dimension, tab.title) == ("property.plan", "plan")
    assert tab in PANELS["events"].tabs_beside(tab)


def test_it_offers_versions_once_they_are_opened() -> None:
    panel = PANELS["devices"]
    opened = chosen_tab(panel, View(filters=(Filter("browser", "Firefox"),)))

    assert opened.key == "browser_version"
    assert opened in panel.tabs_beside(opened)
    assert opened not in panel.tabs_beside(panel.tabs[0])


def test_it_stays_where_values_are_only_left_out() -> None:
    view = View(filters=(Filter("country", "EE", "is_not"),))

    assert chosen_tab(PANELS["places"], view).dimension == "country"


def test_it_leaves_a_chosen_tab_open() -> None:
    view = View(filters=(Filter("country", "EE"),)).with_tab("places", "country")

    assert chosen_tab(PANELS["places"], view).dimension == "country"


def test_it_opens_the_events_of_a_site_without_goals() -> None:
    assert chosen_tab(PANELS["events"], View(), has_goals=False).key == "event"
    assert chosen_tab(PANELS["events"], View(), has_goals=True).key == "goal"
    assert chosen_tab(PANELS["events"], View().with_tab("events", "goal"), has_goals=False).key == "goal"
