from footfall.reports.view import Filter, View
from footfall.web.chips import chips_of


def test_it_joins_values_of_one_dimension() -> None:
    chips = chips_of(View(filters=(Filter("country", "EE"), Filter("country", "LV"), Filter("page", "/a"))), {})

    assert [chip.text() for chip in chips] == ["Country is Estonia or Latvia", "Page is /a"]


def test_it_counts_what_it_has_no_room_for() -> None:
    (chip,) = chips_of(View(filters=tuple(Filter("page", f"/{n}") for n in range(5))), {})

    assert (len(chip.values()), chip.more) == (3, 2)


def test_it_says_how_it_compares() -> None:
    (chip,) = chips_of(View(filters=(Filter("country", "E", "contains", is_case_sensitive=False),)), {})

    assert chip.text() == "Country contains (any case) E"


def test_it_calls_segments_by_their_name() -> None:
    chips = chips_of(View(filters=(Filter("segment", "3"), Filter("segment", "4"))), {3: "Readers"})

    assert [chip.text() for chip in chips] == ["Segment is Readers or number 4"]
