"""Where every sign-in ends, whatever the first factor was: in a session, or at the question for a second.

Nothing else opens sessions. What waits for one is no session, and opens nothing.
"""

from collections.abc import Callable
from functools import partial
from typing import NamedTuple

from sqlalchemy import delete
from sqlalchemy.engine import CursorResult

from footfall.accounts.second_factor import SecondFactors
from footfall.accounts.tokens import digest, new_token
from footfall.accounts.users import Accounts
from footfall.errors import NotSignedIn
from footfall.metadata import Clock, Database
from footfall.metadata.tables import WaitingSignInRow

WAITING_MINUTES = 10
_MINUTE_MS = 60_000


Proof = Callable[[int], None]
"""Takes what the person of that number shows as their second factor; raises InvalidInput where it is wrong."""


class Entered(NamedTuple):
    """How far somebody has come: ``token`` is that of a session, or of a sign-in that needs a code."""

    token: str
    needs_code: bool


class Entrance:
    """Lets people in; what bounds their guesses stands in ``signing_in``."""

    def __init__(self, database: Database, clock: Clock, accounts: Accounts, factors: SecondFactors) -> None:
        self._database = database
        self._clock = clock
        self._accounts = accounts
        self._factors = factors

    def enter(self, user_id: int, browser: str = "", *, is_strong: bool = False) -> Entered:
        """Let somebody in whose first factor was right: a password, a link to their mailbox, another's word for them.

        ``is_strong``: it was two factors in one, so that no code is asked for.
        """
        if is_strong or self._factors.state(user_id) is None:
            return Entered(self._accounts.open_session(user_id, browser), needs_code=False)
        token, now = new_token(), self._clock()
        with self._database.session() as session:
            session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.expires_ms <= now))
            expires_ms = now + WAITING_MINUTES * _MINUTE_MS
            session.add(
                WaitingSignInRow(token_hash=digest(token), user_id=user_id, expires_ms=expires_ms, browser=browser)
            )
        return Entered(token, needs_code=True)

    def enter_by_password(self, email: str, password: str, browser: str = "") -> Entered:
        """The same for an address and its password; raises NotSignedIn. It blocks: see ``HashingThreads``."""
        return self.enter(self._accounts.recognise(email, password).id, browser)

    def waiting(self, token: str) -> int | None:
        """Tell whose sign-in waits for a code under ``token``; None where none does any more."""
        with self._database.reading() as session:
            row = session.get(WaitingSignInRow, digest(token))
        return row.user_id if row and row.expires_ms > self._clock() else None

    def by_code(self, code: str) -> Proof:
        """What takes a code of an app, or a recovery code."""
        return partial(self._factors.spend, code=code)

    def finish(self, token: str, prove: Proof) -> Entered:
        """Open the session of a sign-in that waits, with the second factor it waits for: a code, or a passkey.

        Raises NotSignedIn where none waits, and whatever ``prove`` raises, after which it waits on.
        """
        user_id = self.waiting(token)
        if user_id is None:
            raise nobody_waits()
        prove(user_id)
        with self._database.session() as session:
            row = session.get(WaitingSignInRow, digest(token))
            result = session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.token_hash == digest(token)))
            if row is None or not isinstance(result, CursorResult) or result.rowcount == 0:
                raise nobody_waits()  # the password was changed, or it was finished, this very moment
        return Entered(self._accounts.open_session(user_id, row.browser), needs_code=False)


def nobody_waits() -> NotSignedIn:
    """What whoever comes too late is told."""
    return NotSignedIn("This sign-in took too long or has ended; sign in again.")
