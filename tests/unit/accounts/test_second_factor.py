"""Codes of an app are good for their moment, once; recovery codes once; and the database alone makes none."""

import base64
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyotp import TOTP
from sqlalchemy import select
from tests.people import PASSWORD, Install

from footfall.accounts import SecondFactors
from footfall.errors import Conflict, InvalidInput, NotSignedIn
from footfall.metadata.tables import AuditRow, RecoveryCodeRow

# RFC 6238, appendix B, SHA-1: seconds since 1970, and the last six of the eight digits.
RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
RFC_CODES = {59: "287082", 1111111109: "081804", 1111111111: "050471", 1234567890: "005924", 2000000000: "279037"}


def switched_on(install: Install) -> tuple[TOTP, list[str]]:
    """Alice's app and her recovery codes; the moment moves on, for the first code is used up."""
    offer = install.factors.offer(install.alice.id, install.alice.email)
    app = TOTP(offer.secret)
    made = install.factors.switch_on(install.alice.id, offer.nonce, code_of(app, install), "")
    install.clock.move(seconds=30)
    return app, made


def code_of(app: TOTP, install: Install, steps: int = 0) -> str:
    return app.generate_otp(install.clock.now_ms // 30_000 + steps)


def is_taken(install: Install, code: str) -> bool:
    try:
        install.factors.spend(install.alice.id, code)
    except InvalidInput:
        return False
    return True


@pytest.mark.parametrize(("seconds", "code"), RFC_CODES.items())
def test_it_makes_the_codes_of_the_standard(seconds: int, code: str) -> None:
    assert TOTP(RFC_SECRET).generate_otp(seconds // 30) == code


def test_it_counts_once_the_app_has_shown_a_code(install: Install) -> None:
    offer = install.factors.offer(install.alice.id, install.alice.email, "Footfall stats.example")
    assert offer.url.startswith("otpauth://totp/Footfall%20stats.example:alice%40example.com?secret=")
    assert len(base64.b32decode(offer.secret)) == 20
    with pytest.raises(InvalidInput, match="This is not the code"):
        install.factors.switch_on(install.alice.id, offer.nonce, "000000", "")
    assert install.factors.state(install.alice.id) is None

    made = install.factors.switch_on(install.alice.id, offer.nonce, code_of(TOTP(offer.secret), install), "")

    state = install.factors.state(install.alice.id)
    assert state is not None
    assert (state.since_ms, state.recovery_codes, len(set(made))) == (install.clock.now_ms, 10, 10)
    with pytest.raises(Conflict):
        install.factors.offer(install.alice.id, install.alice.email)
    with pytest.raises(Conflict):
        install.factors.switch_on(install.alice.id, offer.nonce, code_of(TOTP(offer.secret), install, 1), "")


def test_it_takes_no_offer_that_it_did_not_make(install: Install) -> None:
    of_bob = install.factors.offer(install.bob.id, install.bob.email).nonce

    for nonce in ("", "0" * 64, of_bob, of_bob[:32] + "\u00e9" * 32):
        with pytest.raises(InvalidInput, match="too old"):
            install.factors.offered(install.alice.id, nonce, install.alice.email)
        with pytest.raises(InvalidInput, match="too old"):
            install.factors.switch_on(install.alice.id, nonce, "000000", "")


def test_it_takes_a_code_once(install: Install) -> None:
    app, _ = switched_on(install)
    code = code_of(app, install)

    assert [is_taken(install, code), is_taken(install, code)] == [True, False]
    install.clock.move(seconds=30)
    assert not is_taken(install, code)
    assert is_taken(install, f" {code_of(app, install)[:3]} {code_of(app, install)[3:]}")


def test_it_takes_one_of_two_who_send_the_same_code_at_once(install: Install) -> None:
    app, _ = switched_on(install)
    code = code_of(app, install)

    with ThreadPoolExecutor(4) as pool:
        taken = list(pool.map(lambda _: is_taken(install, code), range(4)))

    assert sorted(taken) == [False, False, False, True]


@pytest.mark.parametrize(("steps", "is_good"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_it_lets_a_clock_be_off_by_one_step(install: Install, steps: int, is_good: bool) -> None:
    app, _ = switched_on(install)
    install.clock.move(seconds=300)

    assert is_taken(install, code_of(app, install, steps)) is is_good


def test_it_takes_no_code_from_before_the_last(install: Install) -> None:
    app, _ = switched_on(install)
    install.clock.move(seconds=60)

    assert is_taken(install, code_of(app, install, 1))
    assert not is_taken(install, code_of(app, install))


def test_it_takes_each_recovery_code_once_however_it_is_typed(install: Install) -> None:
    _, made = switched_on(install)
    spellings = (made[0], made[1].upper(), made[2].replace("-", ""), f"  {made[3].replace('-', ' ')} ")

    assert [is_taken(install, code) for code in spellings] == [True] * 4
    assert not any(is_taken(install, code) for code in spellings)
    state = install.factors.state(install.alice.id)
    assert state is not None
    assert state.recovery_codes == 6


@pytest.mark.parametrize(
    "code", ["", " ", "12345", "1234567", "000000", "\u0661\u0662\u0663\u0664\u0665\u0666", "x" * 10_000]
)
def test_it_takes_nothing_else(install: Install, code: str) -> None:
    switched_on(install)

    assert not is_taken(install, code)


def test_it_ends_recovery_codes_when_new_ones_are_made(install: Install) -> None:
    _, before = switched_on(install)

    made = install.factors.renew_recovery_codes(install.alice.id)

    assert not is_taken(install, before[0])
    assert is_taken(install, made[0])
    with pytest.raises(Conflict):
        install.factors.renew_recovery_codes(install.bob.id)


def test_it_keeps_nothing_in_the_database_that_makes_a_code(install: Install, tmp_path: Path) -> None:
    app, made = switched_on(install)
    dump = "\n".join(sqlite3.connect(tmp_path / "footfall.db").iterdump()).lower()
    raw = base64.b32decode(app.secret).hex()

    assert not [text for text in (app.secret.lower(), raw, *made, *(m.replace("-", "") for m in made)) if text in dump]
    # A copy of the database with another key takes no code of the app.
    elsewhere = SecondFactors(install.database, install.clock, b"another key")
    with pytest.raises(InvalidInput):
        elsewhere.spend(install.alice.id, code_of(app, install))


def test_it_is_off_when_it_was_switched_off(install: Install) -> None:
    app, made = switched_on(install)

    assert install.factors.switch_off(install.alice.id)
    assert not install.factors.switch_off(install.alice.id)

    assert not is_taken(install, code_of(app, install))
    assert not is_taken(install, made[0])
    with install.database.reading() as session:
        assert session.scalars(select(RecoveryCodeRow)).all() == []
    assert not install.entrance.enter(install.alice.id).needs_code


def test_it_opens_a_session_only_with_the_code(install: Install) -> None:
    app, made = switched_on(install)
    waiting = install.entrance.enter_by_password("alice@example.com", PASSWORD)
    assert waiting.needs_code
    assert install.accounts.user_of_session(waiting.token) is None
    with pytest.raises(InvalidInput):
        install.entrance.finish(waiting.token, install.entrance.by_code("000000"))

    entered = install.entrance.finish(waiting.token, install.entrance.by_code(code_of(app, install)))

    assert not entered.needs_code
    assert entered.token != waiting.token
    assert install.accounts.user_of_session(entered.token) == install.alice
    with pytest.raises(NotSignedIn):
        install.entrance.finish(waiting.token, install.entrance.by_code(made[0]))


def test_it_asks_for_no_code_where_the_first_factor_was_two(install: Install) -> None:
    switched_on(install)

    assert not install.entrance.enter(install.alice.id, is_strong=True).needs_code


def test_it_waits_ten_minutes_and_not_for_a_password_of_before(install: Install) -> None:
    _, made = switched_on(install)
    late = install.entrance.enter(install.alice.id)
    install.clock.move(seconds=600)
    stale = install.entrance.enter(install.alice.id)
    token = install.accounts.open_session(install.alice.id)
    install.accounts.change_password(install.alice.id, PASSWORD, "another long password", token)

    for waiting, code in ((late, made[0]), (stale, made[1])):
        assert install.entrance.waiting(waiting.token) is None
        with pytest.raises(NotSignedIn):
            install.entrance.finish(waiting.token, install.entrance.by_code(code))


def test_it_ends_the_sessions_that_were_opened_without(install: Install) -> None:
    here, there = (install.accounts.open_session(install.alice.id) for _ in range(2))
    offer = install.factors.offer(install.alice.id, install.alice.email)

    install.factors.switch_on(install.alice.id, offer.nonce, code_of(TOTP(offer.secret), install), here)

    assert install.accounts.user_of_session(here) == install.alice
    assert install.accounts.user_of_session(there) is None


def test_it_writes_to_the_audit_log(install: Install) -> None:
    _, made = switched_on(install)
    is_taken(install, "000000")
    is_taken(install, made[0])
    install.factors.renew_recovery_codes(install.alice.id)
    install.factors.switch_off(install.alice.id)

    with install.database.reading() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.subject_id == install.alice.id)).all()
    told = [row.action for row in rows if "code" in row.action or "factor" in row.action]
    assert told == [
        "second factor on",
        "code refused",
        "recovery code used",
        "recovery codes made",
        "second factor off",
    ]
    assert [row.actor_id for row in rows if row.action == "recovery code used"] == [install.alice.id]
    assert {str(row.detail) for row in rows if row.action in told} == {"{}"}
