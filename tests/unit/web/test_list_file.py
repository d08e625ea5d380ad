from footfall.reports.lists import ListRow, Room, TopList
from footfall.reports.panels import PANELS
from footfall.web.list_file import csv_of


def test_it_keeps_spreadsheets_from_running_what_visitors_sent() -> None:
    panel = PANELS["sources"]
    rows = (ListRow("=1+1", (3, 50), 60.0, 1.0), ListRow("Google", (2, None), 40.0, 0.5))
    found = TopList(panel, panel.tabs[0], ("visitors", "bounce_rate"), rows, 2, Room(9, 9))

    assert csv_of(found).splitlines() == [
        "Source,Visitors,Bounce rate,Share in percent",
        "'=1+1,3,50,60.0",
        "Google,2,,40.0",
    ]
