import pytest

from footfall.query.parse import parse
from footfall.reports.figures import METRICS
from footfall.reports.panels import FIRST_ROWS, PANELS, Page, Tab, chosen_tab, list_question
from footfall.reports.view import Filter, View

TABS = [tab for panel in PANELS.values() for tab in panel.tabs]


@pytest.mark.parametrize("tab", TABS, ids=[tab.dimension for tab in TABS])
def test_it_asks_what_the_query_language_can_answer(tab: Tab) -> None:
    view = View(filters=(Filter("country", "EE"), Filter("page", "/a", is_negated=True)))

    for metrics in (tab.metrics, tab.detail_metrics):
        parse(list_question(tab, view, (*metrics, "percentage"), Page(search="x")))

    assert set(tab.metrics + tab.detail_metrics) <= set(METRICS)


def test_it_asks_for_no_more_rows_than_a_card_shows() -> None:
    tab = PANELS["sources"].tabs[0]

    question = list_question(tab, View(), tab.metrics, FIRST_ROWS)

    assert question["pagination"] == {"limit": 9, "offset": 0}
    assert question["include"] == {"total_rows": True}


def test_it_keeps_page_views_out_of_events() -> None:
    tab = PANELS["events"].tabs[0]

    assert ["is_not", "event:name", ["pageview", "engagement"]] in list_question(tab, View(), (), FIRST_ROWS)["filters"]


def test_it_opens_the_regions_of_a_country_filtered_by() -> None:
    view = View(filters=(Filter("country", "EE"),))

    assert chosen_tab(PANELS["places"], view).dimension == "region"


def test_it_goes_no_further_than_the_finest_tab() -> None:
    view = View(filters=(Filter("country", "EE"), Filter("region", "EE-37"), Filter("city", "Tallinn")))

    assert chosen_tab(PANELS["places"], view).dimension == "city"


def test_it_stays_where_values_are_only_left_out() -> None:
    view = View(filters=(Filter("country", "EE", is_negated=True),))

    assert chosen_tab(PANELS["places"], view).dimension == "country"


def test_it_leaves_a_chosen_tab_open() -> None:
    view = View(filters=(Filter("country", "EE"),)).with_tab("places", "country")

    assert chosen_tab(PANELS["places"], view).dimension == "country"
