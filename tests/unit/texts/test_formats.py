from datetime import UTC, date, datetime

import pytest
from babel.numbers import format_decimal, format_percent
from hypothesis import given, settings
from hypothesis import strategies as st

from footfall.query.revenue import Money
from footfall.reports.figures import Unit
from footfall.texts import words_of, written_for
from footfall.web.labels import label
from footfall.web.numbers import exact, short, signed, with_small_units

# Not de_CH: Babel takes its apostrophe for a quotation mark.
LOCALES = ["en_GB", "en_US", "en_IN", "de", "de_AT"]
DAY = date(2026, 11, 3)


@pytest.mark.parametrize("name", LOCALES)
@settings(deadline=None)  # the first number of a locale waits for its tables, which takes a busy machine long
@given(value=st.integers(min_value=0, max_value=10**12))
def test_it_writes_numbers_as_babel_does(name: str, value: int) -> None:
    numbers = words_of(name).numbers

    assert numbers.whole(value) == format_decimal(value, locale=name)
    assert numbers.percent(numbers.whole(value)) == format_percent(value / 100, locale=name).replace("\u202f", "\u00a0")


def test_it_writes_apostrophes_in_switzerland() -> None:
    assert words_of("de_CH").numbers.whole(1_234_567) == "1'234'567"


@pytest.mark.parametrize(
    ("value", "unit", "briefly", "exactly"),
    [
        (1_234, Unit.COUNT, "1,2 Tsd.", "1.234"),
        (2_500_000, Unit.COUNT, "2,5 Mio.", "2.500.000"),
        (43.5, Unit.PERCENT, "43,5 %", "43,5 %"),
        (1.5, Unit.RATIO, "1,50", "1,50"),
        (125, Unit.SECONDS, "2:05 min", "2:05 min"),
        (Money(1_234.5, "EUR"), Unit.MONEY, "1,2 Tsd. €", "1.234,50 €"),
        (Money(1_234, "JPY"), Unit.MONEY, "1,2 Tsd. ¥", "1.234 ¥"),
    ],
)
def test_it_writes_figures_in_german(value: float, unit: Unit, briefly: str, exactly: str) -> None:
    with written_for(words_of("de")):
        assert short(value, unit).replace("\u00a0", " ") == briefly
        assert exact(value, unit).replace("\u00a0", " ") == exactly


def test_it_signs_changes_in_german() -> None:
    with written_for(words_of("de")):
        assert (signed(12, Unit.COUNT), signed(-2, Unit.PERCENT)) == ("+12\u00a0%", "−2\u00a0PP")


def test_it_sets_abbreviations_apart_with_their_dot() -> None:
    assert with_small_units("1,2\u00a0Tsd.") == "1,2<small>\u00a0Tsd.</small>"


@pytest.mark.parametrize(
    ("name", "day", "span", "clock"),
    [
        ("en_GB", "3 Nov 2026", "3–9 Nov 2026", "14:05"),
        ("en_US", "Nov 3, 2026", "Nov 3–9, 2026", "2:05\u00a0PM"),
        ("de", "3. Nov. 2026", "3.–9. Nov. 2026", "14:05"),
    ],
)
def test_it_writes_dates_as_the_locale_does(name: str, day: str, span: str, clock: str) -> None:
    dates = words_of(name).dates

    assert dates.day(DAY) == day
    assert dates.span(DAY, date(2026, 11, 9)) == span
    assert dates.clock(datetime(2026, 11, 3, 14, 5, tzinfo=UTC)) == clock


@pytest.mark.parametrize(
    ("name", "dimension", "value", "text"),
    [
        ("de", "country", "US", "Vereinigte Staaten"),
        ("de", "country", "HK", "Hongkong"),
        ("en_GB", "country", "HK", "Hong Kong"),
        ("en_GB", "country", "X1", "X1"),
        ("de", "language", "pt-BR", "Portugiesisch (Brasilien)"),
        ("en_GB", "language", "de", "German"),
        ("en_GB", "language", "qq-QQ", "qq-QQ"),
    ],
)
def test_it_names_places_and_languages(name: str, dimension: str, value: str, text: str) -> None:
    with written_for(words_of(name)):
        assert label(dimension, value).text == text
