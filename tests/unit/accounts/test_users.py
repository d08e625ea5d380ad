"""People: making them, signing in and out."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.people import PASSWORD, Install, quick_passwords

from footfall.accounts import Accounts, SessionLife
from footfall.errors import Conflict, FootfallError, InvalidInput, NotSignedIn
from footfall.metadata.tables import UserRow, WebSessionRow


def test_it_has_no_owner_until_the_first_user_is_made(empty: Install) -> None:
    assert not empty.accounts.has_owner()

    empty.accounts.create_user("alice@example.com", PASSWORD)

    assert empty.accounts.has_owner()


def test_it_makes_one_owner_of_two_who_come_at_once(empty: Install) -> None:
    def come(email: str) -> FootfallError | None:
        try:
            empty.accounts.create_owner(email, PASSWORD)
        except FootfallError as error:
            return error
        return None

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(come, [f"user{number}@example.com" for number in range(8)]))

    assert answers.count(None) == 1
    assert {type(answer) for answer in answers} == {type(None), Conflict}
    with empty.database.reading() as session:
        assert len(session.scalars(select(UserRow)).all()) == 1


def test_it_gives_sites_made_before_to_the_first_owner(empty: Install) -> None:
    site = empty.sites.create("demo.example")

    alice = empty.accounts.create_owner("alice@example.com", PASSWORD)
    empty.clock.move(seconds=1)

    assert empty.sites.may_manage(alice.id, site.id)


def test_it_refuses_an_address_that_has_an_account(install: Install) -> None:
    with pytest.raises(Conflict) as caught:
        install.accounts.create_user(" Alice@Example.com ", PASSWORD)

    assert caught.value.field == "email"


@pytest.mark.parametrize("email", ["", "alice", "alice@", "@example.com", "a b@example.com", "a@b" + "c" * 260])
def test_it_refuses_what_is_no_address(empty: Install, email: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        empty.accounts.create_user(email, PASSWORD)

    assert caught.value.field == "email"


@pytest.mark.parametrize("password", ["", "ninechars", "x" * 201])
def test_it_refuses_passwords_too_short_or_too_long(empty: Install, password: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        empty.accounts.create_user("alice@example.com", password)

    assert caught.value.field == "password"


def test_it_signs_in_and_out(install: Install) -> None:
    token = install.entrance.enter_by_password("ALICE@example.com", PASSWORD).token
    assert install.accounts.user_of_session(token) == install.alice

    install.accounts.sign_out(token)

    assert install.accounts.user_of_session(token) is None


@pytest.mark.parametrize(
    ("email", "password"),
    [("alice@example.com", "wrong password"), ("nobody@example.com", PASSWORD), ("alice@example.com", "x" * 100_000)],
)
def test_it_answers_alike_whatever_was_wrong(install: Install, email: str, password: str) -> None:
    with pytest.raises(NotSignedIn, match="do not belong together"):
        install.accounts.recognise(email, password)


def test_it_ends_a_session_after_thirty_days_and_forgets_it(install: Install) -> None:
    token = install.entrance.enter_by_password("alice@example.com", PASSWORD).token

    for _ in range(3):
        install.clock.move(days=9.9)
        assert install.accounts.user_of_session(token) is not None
    install.clock.move(days=0.3)
    assert install.accounts.user_of_session(token) is None

    install.entrance.enter_by_password("bob@example.com", PASSWORD)
    with install.database.reading() as session:
        assert len(session.scalars(select(WebSessionRow)).all()) == 1


def test_it_ends_a_session_that_nobody_uses(install: Install) -> None:
    left, used = (install.entrance.enter_by_password("alice@example.com", PASSWORD).token for _ in range(2))
    install.clock.move(days=13)
    assert install.accounts.user_of_session(used) is not None

    install.clock.move(days=2)

    assert install.accounts.user_of_session(left) is None
    assert install.accounts.user_of_session(used) is not None
    assert len(install.sessions.of_user(install.alice.id, used)) == 1
    install.entrance.enter_by_password("bob@example.com", PASSWORD)
    with install.database.reading() as session:
        assert len(session.scalars(select(WebSessionRow)).all()) == 2


def test_it_leaves_to_the_install_how_long_a_session_may_rest(install: Install) -> None:
    strict = Accounts(install.database, install.clock, quick_passwords(), SessionLife(idle_days=1))
    token = strict.open_session(install.alice.id)

    install.clock.move(days=1.05)

    assert strict.user_of_session(token) is None


def test_it_stores_neither_password_nor_token(install: Install) -> None:
    token = install.entrance.enter_by_password("alice@example.com", PASSWORD).token

    with install.database.reading() as session:
        hashes = [row.password_hash for row in session.scalars(select(UserRow))]
        stored = [row.token_hash for row in session.scalars(select(WebSessionRow))]

    assert all(text.startswith("$argon2id$") for text in hashes)
    assert token not in stored
    assert len(token) >= 43
