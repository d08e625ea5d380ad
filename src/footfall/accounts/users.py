"""People who sign in: the owner of the install first, then whom the owner adds."""

import re

import msgspec
from sqlalchemy import delete, exists, insert, literal, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.accounts.passwords import Passwords
from footfall.accounts.tokens import digest, new_token
from footfall.errors import Conflict, InvalidInput, NotSignedIn
from footfall.metadata import Clock, Database, event_entry, mark_changed, note_actor
from footfall.metadata.audit import SHOWN_OF_SESSION
from footfall.metadata.tables import InstallRow, SiteMemberRow, SiteRow, UserRow, WebSessionRow

SESSION_DAYS = 30
_DAY_MS = 86_400_000
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_MAX_EMAIL_LENGTH = 254  # RFC 5321, section 4.5.3.1.3


class User(msgspec.Struct, frozen=True):
    """A person who can sign in."""

    id: int
    email: str


class Accounts:
    """Users and their sessions. Whatever hashes a password blocks for a moment: see ``HashingThreads``."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords | None = None) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords or Passwords()
        self._has_owner = False  # never turns back to false, so it is asked for only until it is true

    def has_owner(self) -> bool:
        """Tell whether this install was set up."""
        if not self._has_owner:
            with self._database.reading() as session:
                self._has_owner = session.scalar(select(InstallRow.owner_id)) is not None
        return self._has_owner

    def is_owner(self, user_id: int | None) -> bool:
        """Tell whether this is the person who owns the install."""
        with self._database.reading() as session:
            owner_id = session.scalar(select(InstallRow.owner_id))
        return owner_id is not None and owner_id == user_id

    def create_owner(self, email: str, password: str) -> User:
        """Make the owner of a fresh install; raises Conflict if it has one, be it made this very moment."""
        return self._create(email, password, must_own=True)

    def create_user(self, email: str, password: str) -> User:
        """Make a user; the first becomes the owner. Raises InvalidInput, or Conflict if the address is taken."""
        return self._create(email, password, must_own=False)

    def by_email(self, email: str) -> User | None:
        """Find the user who signs in with ``email``."""
        with self._database.reading() as session:
            row = session.scalar(select(UserRow).where(UserRow.email == email.strip().lower()))
        return User(row.id, row.email) if row else None

    def sign_in(self, email: str, password: str) -> str:
        """Return a new session token; raises NotSignedIn, the same and after the same time whatever was wrong."""
        with self._database.reading() as session:
            row = session.scalar(select(UserRow).where(UserRow.email == email.strip().lower()))
        if not self._passwords.verify(row.password_hash if row else None, password) or row is None:
            self._note_refusal(row.id if row else None)
            raise NotSignedIn("This e-mail address and password do not belong together.")
        return self.open_session(row.id)

    def open_session(self, user_id: int) -> str:
        """Return a new session token for somebody who has shown who they are."""
        token, now = new_token(), self._clock()
        with self._database.session() as session:
            session.execute(delete(WebSessionRow).where(WebSessionRow.expires_ms <= now))
            expires_ms = now + SESSION_DAYS * _DAY_MS
            session.add(WebSessionRow(token_hash=digest(token), user_id=user_id, expires_ms=expires_ms))
        return token

    def user_of_session(self, token: str) -> User | None:
        """Tell who is signed in with ``token``, if anybody still is."""
        query = (
            select(UserRow.id, UserRow.email)
            .join(WebSessionRow, WebSessionRow.user_id == UserRow.id)
            .where(WebSessionRow.token_hash == digest(token), WebSessionRow.expires_ms > self._clock())
        )
        with self._database.reading() as session:
            row = session.execute(query).one_or_none()
        if row is None:
            return None
        note_actor("session", row.id, digest(token)[:SHOWN_OF_SESSION])
        return User(row.id, row.email)

    def sign_out(self, token: str) -> None:
        """End the session of ``token``; one that does not exist has ended already."""
        with self._database.session() as session:
            row = session.get(WebSessionRow, digest(token))
            if row is not None:
                session.delete(row)

    def _note_refusal(self, user_id: int | None) -> None:
        """Whether or not there is such a person: both must take as long."""
        with self._database.session() as session:
            session.add(event_entry(self._clock(), "session refused", None, user_id, {}))

    def _create(self, email: str, password: str, *, must_own: bool) -> User:
        address = _checked_email(email)
        password_hash = self._passwords.hash(password)
        row = UserRow(email=address, password_hash=password_hash, created_ms=self._clock())
        try:
            with self._database.session() as session:
                session.add(row)
                session.flush()
                if not _claim_install(session, row.id) and must_own:
                    raise Conflict("This install has an owner already; sign in instead.")
        except IntegrityError as error:
            raise Conflict("There is an account with this e-mail address already.", field="email") from error
        return User(row.id, row.email)


def _checked_email(email: str) -> str:
    address = email.strip().lower()
    if len(address) > _MAX_EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise InvalidInput("Enter an e-mail address, such as alice@example.com.", field="email")
    return address


def _claim_install(session: Session, user_id: int) -> bool:
    """Make the user the owner of the install, and of sites made before there was one, unless somebody is."""
    claim = update(InstallRow).where(InstallRow.owner_id.is_(None)).values(owner_id=user_id)
    result = session.execute(claim)
    if not isinstance(result, CursorResult) or result.rowcount == 0:
        return False
    orphans = select(SiteRow.id, literal(user_id), literal("owner")).where(
        ~exists().where(SiteMemberRow.site_id == SiteRow.id)
    )
    session.execute(insert(SiteMemberRow).from_select(["site_id", "user_id", "role"], orphans))
    mark_changed(session)
    return True
