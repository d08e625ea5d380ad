import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from footfall.api.native.files import csv_lines


def test_it_writes_figures_of_the_period_before_beside_the_others() -> None:
    rows = [{"page": "/", "visitors": 2, "previous": {"visitors": 1}}]

    assert "".join(csv_lines((), rows)) == "page,visitors,previous_visitors\r\n/,2,1\r\n"


@given(st.lists(st.text(), min_size=1))
def test_it_writes_no_formula(values: list[str]) -> None:
    text = "".join(csv_lines((), [{"value": value, "figure": -1} for value in values]))

    cells = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")) for cell, _ in cells)
    assert [cell.removeprefix("'") for cell, _ in cells] == [value.removeprefix("'") for value in values]
    assert all(figure == "-1" for _, figure in cells)


def test_it_names_the_columns_of_an_empty_file() -> None:
    assert "".join(csv_lines(("page", "visitors"), [])) == "page,visitors\r\n"
