"""Whatever the audit log may say has words on its page, in every language."""

import pytest

from footfall.accounts import EVENTS, NO_PEOPLE, SUBJECTS
from footfall.metadata.audited import AUDITED
from footfall.texts import words_of, written_for
from footfall.web.audit_names import (
    ACTOR_NAMES,
    COLUMN_NAMES,
    EVENT_NAMES,
    SUBJECT_NAMES,
    action_name,
    actor_name,
    via_name,
)
from footfall.web.audit_words import LEFT_OUT


def test_it_names_whatever_is_told() -> None:
    told = {one for table in AUDITED.values() for one in (*table.columns, *table.named, *table.untold.values())}
    made = {(table.subject, word) for table in AUDITED.values() for word in table.words}

    assert set(SUBJECT_NAMES) == set(SUBJECTS)
    assert set(EVENT_NAMES) == set(EVENTS)
    assert set(ACTOR_NAMES) == set(NO_PEOPLE)
    assert told - set(LEFT_OUT) - set(COLUMN_NAMES) == set()
    assert [pair for pair in made if action_name(" ".join(pair)) == " ".join(pair)] == []


@pytest.mark.parametrize(
    ("action", "said"),
    [("site changed", "Website geändert"), ("second factor on", "Zweiter Faktor eingeschaltet"), ("x y", "x y")],
)
def test_it_says_actions_as_their_reader_does(action: str, said: str) -> None:
    with written_for(words_of("de")):
        assert action_name(action) == said


def test_it_says_who_acted_and_through_what() -> None:
    with written_for(words_of("de")):
        actors = [actor_name(one) for one in ("command line", "former user 7", "alice@example.com")]

        assert actors == ["Kommandozeile", "Früheres Konto 7", "alice@example.com"]
        assert [via_name(one) for one in ("", "key abc…", "1f2e")] == ["", "Schlüssel abc…", "Sitzung 1f2e"]
