import pytest

from footfall.reports.short_count import short_count
from footfall.texts import words_of


@pytest.mark.parametrize(
    ("count", "text"),
    [(0, "0"), (999, "999"), (1_000, "1.0k"), (1_234, "1.2k"), (123_456, "123k"), (999_950, "1.0M"), (2e9, "2.0B")],
)
def test_it_takes_the_largest_unit_a_count_fills(count: float, text: str) -> None:
    assert short_count(count, words_of("en")) == text


def test_it_writes_them_as_the_reader_does() -> None:
    assert short_count(27_742, words_of("de")) == "27,7\u00a0Tsd."
