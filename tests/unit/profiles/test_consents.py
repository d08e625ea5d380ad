"""The record of consents, over a real database and with a clock that is moved."""

import pytest
from tests.people import Install

from footfall.profiles import LIFETIME_MS, Consent, Consents

DAY_MS = 86_400_000
VISITOR = (1 << 64) - 1


@pytest.fixture
def consents(install: Install) -> Consents:
    consents = Consents(install.database, install.clock)
    consents.load()
    return consents


def test_it_keeps_what_when_and_until_when(install: Install, consents: Consents) -> None:
    given_ms = install.clock()
    consents.give(install.site.id, VISITOR, 0, "v1")
    install.clock.move(days=1)
    consents.give(install.site.id, VISITOR, 0, "v2")
    consents.withdraw(install.site.id, VISITOR, 0)

    assert consents.of_visitors(install.site.id, [VISITOR]) == [Consent(VISITOR, "v1", given_ms, given_ms + DAY_MS)]
    assert consents.of_visitors(install.other_site.id, [VISITOR]) == []


def test_it_notes_a_withdrawal_of_what_it_never_heard_of(install: Install, consents: Consents) -> None:
    consents.withdraw(install.site.id, VISITOR, 0)

    (record,) = consents.of_visitors(install.site.id, [VISITOR])
    assert (record.given_ms, record.withdrawn_ms) == (None, install.clock())
    assert consents.is_withdrawn(VISITOR)


def test_it_ends_a_consent_after_13_months_and_not_before(install: Install, consents: Consents) -> None:
    given_ms = install.clock()
    consents.give(install.site.id, VISITOR, 0, "v1")
    install.clock.move(days=390)
    assert consents.expire() == 0

    install.clock.move(seconds=1)

    assert (consents.expire(), consents.expire()) == (1, 0)
    assert consents.is_withdrawn(VISITOR)
    assert consents.of_visitors(install.site.id, [VISITOR])[0].withdrawn_ms == given_ms + LIFETIME_MS


def test_it_learns_everything_again_at_a_start(install: Install, consents: Consents) -> None:
    consents.give(install.site.id, 1, 0, "")
    consents.withdraw(install.site.id, 1, 0)
    consents.give(install.site.id, 2, 1, "")
    consents.give(install.site.id, 3, 0, "")
    install.clock.move(days=391)
    consents.give(install.site.id, 4, 1, "")

    fresh = Consents(install.database, install.clock)
    fresh.load()

    assert [fresh.is_withdrawn(visitor) for visitor in (1, 2, 3, 4)] == [True, True, True, False]
    assert [fresh.is_renewed(visitor) for visitor in (1, 2, 3, 4)] == [False, False, False, True]


def test_it_forgets_the_erased(install: Install, consents: Consents) -> None:
    consents.give(install.site.id, 1, 0, "")
    consents.withdraw(install.site.id, 1, 0)

    consents.erase(install.site.id, [1])

    assert consents.of_visitors(install.site.id, [1]) == []
    assert not consents.is_withdrawn(1)


def test_it_goes_with_the_site(install: Install, consents: Consents) -> None:
    consents.give(install.site.id, 1, 0, "")

    install.sites.delete(install.site.id)

    assert consents.visitor_ids(install.site.id) == set()
