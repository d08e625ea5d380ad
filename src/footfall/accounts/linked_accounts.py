"""Accounts at OpenID Connect providers that people sign in with.

One is known by its issuer and what that calls the person, never by an address: addresses change hands, and not every
provider looks whose they are.
"""

from collections.abc import Iterable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.accounts.users import User, checked_email
from footfall.accounts.ways_in import require_another_way_in
from footfall.errors import Conflict, NotAllowed, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import LinkedAccountRow, UserRow
from footfall.openid import Person
from footfall.texts import Phrase

MAX_LINKED_ACCOUNTS = 20
_HOUR_MS = 3_600_000


class LinkedAccount(msgspec.Struct, frozen=True):
    """A linked account, as its owner sees it."""

    id: int
    issuer: str
    label: str
    created_ms: int
    last_used_ms: int  # to the hour; 0: never


class LinkedAccounts:
    """All linked accounts of this install."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_user(self, user_id: int) -> list[LinkedAccount]:
        """List a person's linked accounts, the oldest first."""
        query = select(LinkedAccountRow).where(LinkedAccountRow.user_id == user_id).order_by(LinkedAccountRow.id)
        with self._database.reading() as session:
            rows = session.scalars(query).all()
        return [LinkedAccount(row.id, row.issuer, row.label, row.created_ms, row.last_used_ms) for row in rows]

    def sign_in(self, person: Person) -> int | None:
        """Tell whose account here ``person`` is linked with, if any, and note that it was used."""
        with self._database.session() as session:
            row = _row_of(session, person)
            if row is None:
                return None
            row.last_used_ms = _hour(self._clock())
            return row.user_id

    def link(self, user_id: int, person: Person) -> None:
        """Let the person sign in with an account; raises Conflict where it is somebody else's way in."""
        try:
            with self._database.session() as session:
                known = _row_of(session, person)
                if known is not None and known.user_id == user_id:
                    return
                if known is not None:
                    raise _taken()
                count = select(func.count()).select_from(LinkedAccountRow).where(LinkedAccountRow.user_id == user_id)
                if session.scalars(count).one() >= MAX_LINKED_ACCOUNTS:
                    raise Conflict(
                        Phrase("You have {most} linked accounts, the most there may be.", most=MAX_LINKED_ACCOUNTS)
                    )
                session.add(self._new_row(user_id, person))
        except IntegrityError as error:
            raise _taken() from error

    def create_user(self, person: Person) -> User:
        """Make an account without a password, with the address the provider vouches for, and link it.

        Raises NotAllowed where it vouches for none, Conflict where an account has the address: whoever owns that links
        the two themselves.
        """
        if not person.email:
            raise NotAllowed("The provider does not confirm your e-mail address, so no account can be made with it.")
        now = self._clock()
        user = UserRow(
            email=checked_email(person.email), password_hash="", language="", email_confirmed_ms=now, created_ms=now
        )
        try:
            with self._database.session() as session:
                session.add(user)
                session.flush()
                session.add(self._new_row(user.id, person, last_used_ms=_hour(now)))
                return User(user.id, user.email)
        except IntegrityError as error:
            raise Conflict(
                "There is an account with this e-mail address already. Sign in to it another way, and link the two on"
                " the page Your account."
            ) from error

    def unlink(self, user_id: int, linked_id: int, issuers: Iterable[str]) -> LinkedAccount:
        """Forget a linked account and tell which it was; raises NotFound, or Conflict where it is the last way in."""
        with self._database.session() as session:
            row = session.get(LinkedAccountRow, linked_id)
            if row is None or row.user_id != user_id:
                raise NotFound("You have no such linked account; it may have been removed.")
            session.delete(row)
            require_another_way_in(session, user_id, issuers)
            return LinkedAccount(row.id, row.issuer, row.label, row.created_ms, row.last_used_ms)

    def _new_row(self, user_id: int, person: Person, last_used_ms: int = 0) -> LinkedAccountRow:
        return LinkedAccountRow(
            user_id=user_id,
            issuer=person.issuer,
            subject=person.subject,
            label=person.label,
            created_ms=self._clock(),
            last_used_ms=last_used_ms,
        )


def _hour(now_ms: int) -> int:
    return now_ms - now_ms % _HOUR_MS


def _row_of(session: Session, person: Person) -> LinkedAccountRow | None:
    same = (LinkedAccountRow.issuer == person.issuer, LinkedAccountRow.subject == person.subject)
    return session.scalar(select(LinkedAccountRow).where(*same))


def _taken() -> Conflict:
    return Conflict("This account is another person's way to sign in here.")
