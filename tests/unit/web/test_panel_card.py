import re
from html.parser import HTMLParser

from jinja2 import Environment

from footfall.reports.figures import METRICS
from footfall.reports.lists import ListRow, Room, TopList
from footfall.reports.panels import PANELS
from footfall.reports.view import Filter, View
from footfall.web.links import Links
from footfall.web.rendering import page_templates

HOSTILE = '/"><script>alert(1)</script>'


class Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def environment() -> Environment:
    return page_templates().env


def card(*rows: ListRow, total_rows: int = 0, view: View | None = None) -> str:
    panel, view = PANELS["pages"], view or View()
    shown = TopList(panel, panel.tabs[0], ("visitors", "pageviews"), rows, total_rows or len(rows), Room(9, 9))
    context = {"list": shown, "view": view, "links": Links("example.com", view), "metrics": METRICS, "has_sparks": True}
    return environment().get_template("parts/panel.html").render(context)


def tags(html: str) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(html)
    return parser.seen


def test_it_escapes_a_hostile_page() -> None:
    html = card(ListRow(HOSTILE, (3, 5), 60.0, 1.0))

    assert "script" not in {tag for tag, _ in tags(html)}
    assert "&lt;script&gt;" in html


def test_it_writes_nothing_inline() -> None:
    attributes = {name for _, attrs in tags(card(ListRow("/", (3, 5), 60.0, 1.0))) for name in attrs}

    assert "style" not in attributes
    assert not any(name.startswith("on") for name in attributes)


def test_it_makes_the_whole_row_a_filter() -> None:
    rows = [attrs for tag, attrs in tags(card(ListRow("/a", (3, 5), 60.0, 1.0))) if attrs.get("class") == "row"]

    assert [row["href"] for row in rows] == ["/sites/example.com?page=/a"]


def test_it_marks_the_row_that_is_filtered_by() -> None:
    html = card(ListRow("/a", (3, 5), 60.0, 1.0), view=View(filters=(Filter("page", "/a"),)))

    assert [attrs.get("aria-current") for _, attrs in tags(html) if attrs.get("class") == "row"] == ["true"]


def test_it_is_short_in_the_list_and_exact_on_hover() -> None:
    html = card(ListRow("/a", (27_742, 54_100), 60.0, 1.0))

    assert "27.7k" in html
    assert "Visitors: 27,742" in html


def test_it_draws_the_bar_to_its_share_of_the_longest() -> None:
    assert 'width="37.5%"' in card(ListRow("/a", (3, 5), 60.0, 0.375))


def test_it_leads_to_the_whole_list() -> None:
    html = card(ListRow("/a", (3, 5), 60.0, 1.0), total_rows=1_214)

    assert re.search(r'href="/sites/example.com/panels/pages/all\?pages=page">All 1,214', html)


def test_it_says_what_will_stand_in_an_empty_card() -> None:
    assert "Nothing here yet" in card()
    assert "Nothing matches these filters" in card(view=View(filters=(Filter("page", "/a"),)))
