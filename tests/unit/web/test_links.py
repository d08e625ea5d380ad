from footfall.reports.lists import Room
from footfall.reports.view import Filter, View
from footfall.web.links import Links


def test_it_changes_one_thing_and_keeps_the_rest() -> None:
    links = Links("example.com", View(period="7d", metric="visits"))

    assert links.toggled(Filter("country", "EE")) == "/sites/example.com?period=7d&metric=visits&country=EE"


def test_it_removes_a_filter_that_is_set() -> None:
    links = Links("example.com", View(filters=(Filter("country", "EE"),)))

    assert links.toggled(Filter("country", "EE")) == "/sites/example.com"


def test_it_turns_a_filter_into_its_opposite() -> None:
    view = View(filters=(Filter("country", "EE"),))

    assert Links("example.com", view).flipped(view.groups[0]) == "/sites/example.com?country!=EE"


def test_it_changes_the_filters_of_one_chip() -> None:
    view = View(filters=(Filter("page", "/a", "contains"), Filter("country", "EE")))

    assert Links("a.b", view).filter_edited(view.groups[0]) == "/sites/a.b/filter?page~=/a&country=EE&replaces=page~"


def test_it_compares_with_another_range() -> None:
    assert Links("a.b", View(period="7d")).compared("year") == "/sites/a.b?period=7d&compare=year"
    assert Links("a.b", View()).weekday_matched() == "/sites/a.b?compare=previous&match=weekday"


def test_it_escapes_what_visitors_wrote() -> None:
    url = Links("example.com", View()).toggled(Filter("page", '/"><script>&x=1'))

    assert url == "/sites/example.com?page=/%22%3E%3Cscript%3E%26x%3D1"


def test_it_takes_no_filters_to_another_site() -> None:
    links = Links("example.com", View(period="7d", filters=(Filter("page", "/a"),)))

    assert links.site("example.org") == "/sites/example.org?period=7d"


def test_it_asks_for_a_panel_as_long_as_it_stands() -> None:
    assert Links("a.b", View()).panel("pages", "entry_page", Room(7, 5)) == (
        "/sites/a.b/panels/pages?pages=entry_page&rows=7&wide=5"
    )
