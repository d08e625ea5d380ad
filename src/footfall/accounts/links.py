"""Links that were sent to an address: what their holder may do, once, for a short while.

A link proves that somebody reads the mail of its address. Of its secret only the hash is kept.
"""

from collections.abc import Mapping
from enum import StrEnum

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.accounts.passwords import Passwords
from footfall.accounts.tokens import digest, new_token
from footfall.accounts.users import User, checked_email, set_password
from footfall.errors import Conflict, NotFound
from footfall.metadata import Clock, Database, note_actor
from footfall.metadata.audit import HOUSEKEEPING
from footfall.metadata.tables import OneTimeLinkRow, UserRow
from footfall.texts import Phrase

_MINUTE_MS = 60_000
_BY_LINK = "link"  # who acts has shown no more than that they read the mail of an address


class Purpose(StrEnum):
    """What a link is for."""

    REGISTER = "register"  # make an account
    RESET = "reset"  # set a new password
    ADDRESS = "address"  # sign in with this address from now on, or show that it is one's own


MINUTES: Mapping[Purpose, int] = {Purpose.REGISTER: 24 * 60, Purpose.RESET: 60, Purpose.ADDRESS: 24 * 60}
_ENDED = Phrase("This link was used already or has ended; ask for a new one.")


class Link(msgspec.Struct, frozen=True):
    """A link that still works."""

    purpose: Purpose
    email: str
    user_id: int | None


class Links:
    """All one-time links of this install."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords | None = None) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords or Passwords()

    def make(self, purpose: Purpose, email: str, user_id: int | None = None) -> str:
        """Return the secret of a new link; earlier ones for the same purpose and address or person end.

        Raises InvalidInput for what is no address.
        """
        address, token, now = checked_email(email), new_token(), self._clock()
        owner = OneTimeLinkRow.email == address if user_id is None else OneTimeLinkRow.user_id == user_id
        earlier = (OneTimeLinkRow.purpose == purpose.value) & owner
        with self._database.session() as session:
            over = delete(OneTimeLinkRow).where(OneTimeLinkRow.expires_ms <= now)
            session.execute(over, execution_options=HOUSEKEEPING)
            session.execute(delete(OneTimeLinkRow).where(earlier))
            session.add(
                OneTimeLinkRow(
                    token_hash=digest(token),
                    purpose=purpose.value,
                    email=address,
                    user_id=user_id,
                    expires_ms=now + MINUTES[purpose] * _MINUTE_MS,
                )
            )
        return token

    def find(self, purpose: Purpose, token: str) -> Link:
        """Tell what a link is about without using it up; raises NotFound for one that does not work any more."""
        with self._database.reading() as session:
            row = self._row(session, purpose, token)
            return Link(purpose, row.email, row.user_id)

    def reset_password(self, token: str, password: str) -> User:
        """Set a new password and end every session; raises NotFound, or InvalidInput for a password against the rules.

        It blocks for a moment: see ``HashingThreads``.
        """
        self.find(Purpose.RESET, token)
        password_hash = self._passwords.hash(password)
        with self._database.session() as session:
            row = self._row(session, Purpose.RESET, token)
            user = session.get_one(UserRow, row.user_id)
            note_actor(_BY_LINK, user.id, "")
            if user.email == row.email:  # an address that is another's by now proves nothing
                user.email_confirmed_ms = self._clock()
            set_password(session, user.id, password_hash)
            return User(user.id, user.email, user.language)

    def register(self, token: str, password: str) -> User:
        """Make the account of the link's address; raises NotFound, InvalidInput, or Conflict if there is one by now."""
        self.find(Purpose.REGISTER, token)
        password_hash = self._passwords.hash(password)
        try:
            with self._database.session() as session:
                row = self._row(session, Purpose.REGISTER, token)
                now = self._clock()
                user = UserRow(
                    email=row.email, password_hash=password_hash, language="", email_confirmed_ms=now, created_ms=now
                )
                session.delete(row)
                session.add(user)
                session.flush()
        except IntegrityError as error:
            raise Conflict("There is an account with this e-mail address already; sign in instead.") from error
        return User(user.id, user.email, user.language)

    def confirm_address(self, token: str) -> User:
        """Let the person sign in with the link's address from now on; raises NotFound, or Conflict if it is taken."""
        try:
            with self._database.session() as session:
                row = self._row(session, Purpose.ADDRESS, token)
                note_actor(_BY_LINK, row.user_id, "")
                changed = {"email": row.email, "email_confirmed_ms": self._clock()}
                session.execute(update(UserRow).where(UserRow.id == row.user_id).values(changed))
                # A link to reset the password that lies in the mailbox of before must not work any more.
                session.execute(delete(OneTimeLinkRow).where(OneTimeLinkRow.user_id == row.user_id))
                user = User(row.user_id or 0, row.email)
        except IntegrityError as error:
            raise Conflict("Another account has this e-mail address.") from error
        return user

    def is_confirmed(self, user_id: int) -> bool:
        """Tell whether the person has shown that their address is theirs."""
        with self._database.reading() as session:
            return session.scalar(select(UserRow.email_confirmed_ms).where(UserRow.id == user_id)) is not None

    def _row(self, session: Session, purpose: Purpose, token: str) -> OneTimeLinkRow:
        row = session.get(OneTimeLinkRow, digest(token))
        if row is None or row.purpose != purpose.value or row.expires_ms <= self._clock():
            raise NotFound(_ENDED)
        return row
