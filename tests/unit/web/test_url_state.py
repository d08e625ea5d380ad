from datetime import date
from urllib.parse import parse_qsl

from hypothesis import given
from hypothesis import strategies as st

from footfall.reports.dimensions import DIMENSIONS
from footfall.reports.figures import HEADLINE
from footfall.reports.intervals import INTERVALS
from footfall.reports.panels import PANELS
from footfall.reports.periods import PERIODS
from footfall.reports.view import Filter, View
from footfall.web.url_state import read_view, write_view

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=30)
_FILTERS = st.lists(
    st.builds(Filter, st.sampled_from(sorted(DIMENSIONS)), _TEXT, st.booleans()), unique=True, max_size=6
)
_TABS = st.fixed_dictionaries(
    {}, optional={key: st.sampled_from([tab.dimension for tab in panel.tabs]) for key, panel in PANELS.items()}
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
    view = View(period="7d", filters=(Filter("country", "EE"), Filter("page", "/pricing", is_negated=True)))

    assert write_view(view) == "period=7d&country=EE&page!=/pricing"


def test_it_puts_a_custom_period_in_order() -> None:
    view = read("period=custom&from=2026-03-09&to=2026-03-01")

    assert (view.first, view.last) == (date(2026, 3, 1), date(2026, 3, 9))


def test_it_ignores_half_a_custom_period() -> None:
    assert read("period=custom&from=2026-03-09") == View()
