from datetime import date
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.compared import Comparison
from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.figures import HEADLINE
from footfall.reports.filter_operators import operators_of
from footfall.reports.intervals import INTERVALS
from footfall.reports.panels import PANELS
from footfall.reports.periods import PERIODS
from footfall.reports.view import Filter, View
from footfall.web.url_state import read_view, write_view

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
_PROPERTIES = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("!~*:i%"), min_size=1, max_size=9)
_KEYS = st.sampled_from(sorted(DIMENSIONS)) | _PROPERTIES.map("property.{}".format)


@st.composite
def filters(draw: st.DrawFn) -> Filter:
    key = draw(_KEYS)
    operator = draw(st.sampled_from([one.name for one in operators_of(key)]))
    return Filter(key, draw(_TEXT), operator, draw(st.booleans()))


_FILTERS = st.lists(filters() | st.just(Filter("segment", "3")), unique=True, max_size=6)
_TABS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from([tab.key for tab in panel.tabs]) for key, panel in PANELS.items()}
)


_DAYS = st.tuples(st.dates(), st.dates()).map(sorted)
_COMPARISONS = (
    st.sampled_from([Comparison(), Comparison("none")])
    | st.builds(Comparison, st.sampled_from(["previous", "year"]), matches_weekday=st.booleans())
    | _DAYS.flatmap(lambda days: st.builds(Comparison, st.just("custom"), *map(st.just, days), st.booleans()))
)


@st.composite
def views(draw: st.DrawFn) -> View:
    days = sorted(draw(st.tuples(st.dates(), st.dates())))
    is_custom = draw(st.booleans())
    return View(
        period="custom" if is_custom else draw(st.sampled_from(sorted(PERIODS))),
        first=days[0] if is_custom else None,
        last=days[1] if is_custom else None,
        interval=draw(st.sampled_from(["", *(interval.key for interval in INTERVALS)])),
        metric=draw(st.sampled_from(HEADLINE)),
        comparison=draw(_COMPARISONS),
        filters=tuple(draw(_FILTERS)),
        tabs=tuple(sorted(draw(_TABS).items())),
    )


def read(query: str) -> View:
    return read_view(parse_qsl(query))


@given(views())
def test_it_reads_back_every_view_it_writes(view: View) -> None:
    assert read(write_view(view)) == view


@given(st.lists(st.tuples(st.sampled_from(["period", "from", "to", "metric", "pages", "page", "x!"]), _TEXT)))
def test_it_makes_a_view_of_whatever_is_asked(pairs: list[tuple[str, str]]) -> None:
    view = read_view(pairs)

    assert read(write_view(view)) == view


def test_it_leaves_the_default_view_without_a_query() -> None:
    assert write_view(View()) == ""


def test_it_writes_addresses_people_can_read() -> None:
    view = View(period="7d", filters=(Filter("country", "EE"), Filter("page", "/pricing", "is_not")))

    assert write_view(view) == "period=7d&country=EE&page!=/pricing"


@pytest.mark.parametrize(
    ("one", "written"),
    [
        (Filter("page", "/blog/", "contains"), "page~=/blog/"),
        (Filter("page", "/blog/", "contains_not"), "page!~=/blog/"),
        (Filter("page", "^/a", "matches"), "page*=%5E/a"),
        (Filter("source", "google", is_case_sensitive=False), "source:i=google"),
        (Filter("property.plan!", "pro"), "property.plan%2521=pro"),
        (Filter("goal", "Signup"), "goal=Signup"),
    ],
)
def test_it_signs_how_a_filter_compares(one: Filter, written: str) -> None:
    assert write_view(View(filters=(one,))) == written


@pytest.mark.parametrize("query", ["goal!=Signup", "segment=x", "segment!=1", "property.=x", "page=", "time=1", "x~=1"])
def test_it_ignores_what_is_no_filter(query: str) -> None:
    assert read(query).filters == ()


def test_it_writes_what_is_compared() -> None:
    view = View(comparison=Comparison("custom", date(2025, 1, 1), date(2025, 1, 31), matches_weekday=True))

    assert write_view(view) == "compare=custom&compare_from=2025-01-01&compare_to=2025-01-31&match=weekday"


def test_it_puts_a_custom_period_in_order() -> None:
    view = read("period=custom&from=2026-03-09&to=2026-03-01")

    assert (view.first, view.last) == (date(2026, 3, 1), date(2026, 3, 9))


def test_it_ignores_half_a_custom_period() -> None:
    assert read("period=custom&from=2026-03-09") == View()


@pytest.mark.parametrize(
    ("query", "misread"),
    [
        ("period=99d", (("period", "99d"),)),
        ("period=custom&from=2026-02-30", (("from", "2026-02-30"), ("to", ""))),
        ("compare=custom&compare_from=2026-02-01", (("compare_to", ""),)),
        ("compare=never&interval=second&metric=fun", (("compare", "never"), ("interval", "second"), ("metric", "fun"))),
        ("period=&metric=visits&from=soon&utm_id=7", ()),
    ],
)
def test_it_notes_what_does_not_exist(query: str, misread: tuple[tuple[str, str], ...]) -> None:
    assert read(query).misread == misread
