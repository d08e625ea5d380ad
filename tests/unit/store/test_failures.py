"""What the engine's errors come to, and what of them may be logged."""

import pytest
from clickhouse_connect.driver.exceptions import DatabaseError, OperationalError, ProgrammingError

from footfall.errors import FootfallError, QueryTooHeavy, StoreError, Unavailable
from footfall.store.failures import reason_of, said_plainly

TEXT = "Cannot parse '/somebody/secret'"


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (DatabaseError(TEXT, code=159), QueryTooHeavy),
        (DatabaseError(TEXT, code=252), Unavailable),
        (DatabaseError(TEXT), Unavailable),
        (OperationalError(TEXT), Unavailable),
    ],
)
def test_it_says_what_an_error_means(error: DatabaseError, kind: type[FootfallError]) -> None:
    with pytest.raises(kind) as raised, said_plainly():
        raise error

    assert "secret" not in raised.value.message


@pytest.mark.parametrize("error", [DatabaseError(TEXT, code=47), ProgrammingError(TEXT)])
def test_it_passes_on_errors_of_ours(error: DatabaseError) -> None:
    with pytest.raises(type(error)), said_plainly():
        raise error


def test_it_names_an_error_without_its_text() -> None:
    assert reason_of(DatabaseError(TEXT, code=252)) == "TOO_MANY_PARTS, code 252"
    assert reason_of(DatabaseError(TEXT, code=6)) == "error, code 6"
    assert reason_of(OperationalError(TEXT)) == "no answer"


def test_it_names_the_cause_of_an_error_said_plainly() -> None:
    with pytest.raises(Unavailable) as raised, said_plainly():
        raise DatabaseError(TEXT, code=210)

    assert reason_of(raised.value) == "NETWORK_ERROR, code 210"


def test_it_repeats_a_sentence_of_ours() -> None:
    assert reason_of(StoreError("ClickHouse 20.1 is too old.")) == "ClickHouse 20.1 is too old."


def test_it_says_where_any_other_error_was_raised() -> None:
    with pytest.raises(KeyError) as raised:
        dict[str, str]()["/somebody/secret"]

    assert reason_of(raised.value).startswith("KeyError in test_it_says_where")
    assert "secret" not in reason_of(raised.value)
