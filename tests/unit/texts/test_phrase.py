from datetime import date, datetime

from footfall.errors import InvalidInput
from footfall.texts import Phrase, counted, reader, words_of, written_for

GERMAN = words_of("de")


def test_it_is_an_english_string() -> None:
    assert Phrase("Type {site} to confirm.", site="a.example") == "Type a.example to confirm."
    assert counted("{count} row", "{count} rows", 1_200) == "1,200 rows"


def test_it_is_said_in_another_language() -> None:
    assert GERMAN.of(Phrase("Type {site} to confirm.", site="a.example")) == "Gib zur Bestätigung a.example ein."
    assert GERMAN.of(Phrase("{compares} (any case)", compares=Phrase("is"))) == "ist (Groß-/Kleinschreibung egal)"


def test_it_writes_its_values_as_the_reader_does() -> None:
    until = Phrase("last used on {day}", day=date(2026, 11, 3))
    at = Phrase("{moment} UTC", moment=datetime(2026, 11, 3, 14, 5))  # noqa: DTZ001 (a wall clock)
    most = Phrase("At most {most} can be given.", most=1_200)

    assert GERMAN.of(until) == "zuletzt benutzt am 3. Nov. 2026"
    assert GERMAN.of(at) == "3. Nov. 2026, 14:05 UTC"
    assert GERMAN.of(most) == "Es sind höchstens 1.200 möglich."


def test_it_leaves_what_is_no_phrase_as_it_is() -> None:
    assert GERMAN.of("Visitors") == "Visitors"
    assert GERMAN.of(Phrase("A word no catalogue has")) == "A word no catalogue has"


def test_it_fills_in_nothing_that_came_from_elsewhere() -> None:
    """Braces in a value are text, in every language."""
    assert GERMAN.of(Phrase("Type {site} to confirm.", site="{x}")) == "Gib zur Bestätigung {x} ein."


def test_it_is_the_message_of_errors() -> None:
    error = InvalidInput("Enter a whole number.")

    assert type(error.message) is str
    assert GERMAN.of(error.phrase) == "Gib eine ganze Zahl ein."


def test_it_is_written_for_one_reader_at_a_time() -> None:
    with written_for(GERMAN):
        assert reader().language == "de"
    assert reader().language == "en"
