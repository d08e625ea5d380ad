"""People who sign in: the owner of the install first, then whom the owner adds."""

import logging
import re

import msgspec
from sqlalchemy import delete, not_, select, update
from sqlalchemy.engine import CursorResult
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from footfall.accounts.passwords import Passwords
from footfall.accounts.session_life import USUAL_LIFE, SessionLife, ends_at, opened_at, to_the_hour
from footfall.accounts.tokens import digest, new_token
from footfall.errors import Conflict, InvalidInput, NotSignedIn, Unavailable
from footfall.metadata import Clock, Database, event_entry, mark_changed, note_actor
from footfall.metadata.audit import HOUSEKEEPING, SHOWN_OF_SESSION
from footfall.metadata.membership import home_team
from footfall.metadata.tables import (
    InstallRow,
    OneTimeLinkRow,
    SiteMemberRow,
    SiteRow,
    TeamMemberRow,
    UserRow,
    WaitingSignInRow,
    WebSessionRow,
)
from footfall.texts import Phrase, languages

log = logging.getLogger(__name__)

FRESH_MINUTES = 10
"""How long after signing in people without a password may change how they do."""
_MINUTE_MS = 60_000
# What is in use of RFC 5322, and nothing that would end a header or begin another part of one.
_EMAIL = re.compile(r"[^@\s\x00-\x1f<>,;:\"()\[\]\\]+@[^@\s\x00-\x1f<>,;:\"()\[\]\\]+")
_MAX_EMAIL_LENGTH = 254  # RFC 5321, section 4.5.3.1.3


class User(msgspec.Struct, frozen=True):
    """A person who can sign in."""

    id: int
    email: str
    language: str = ""  # of the pages; empty: as the browser asks


class Accounts:
    """Users and their sessions. Whatever hashes a password blocks for a moment: see ``HashingThreads``."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        passwords: Passwords | None = None,
        life: SessionLife = USUAL_LIFE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._life = life
        self._passwords = passwords or Passwords()
        self._owner_id: int | None = None
        self._has_owner = False  # never turns back to false, so it is asked for only until it is true

    def has_owner(self) -> bool:
        """Tell whether this install was set up."""
        if not self._has_owner:
            with self._database.reading() as session:
                self._has_owner = session.scalar(select(InstallRow.owner_id)) is not None
        return self._has_owner

    def is_owner(self, user_id: int | None) -> bool:
        """Tell whether this is the person who owns the install; from memory while the database is away."""
        try:
            with self._database.reading() as session:
                self._owner_id = session.scalar(select(InstallRow.owner_id))
        except Unavailable:
            if self._owner_id is None:
                raise
        return self._owner_id is not None and self._owner_id == user_id

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
        return User(row.id, row.email, row.language) if row else None

    def email_of(self, user_id: int) -> str:
        """Tell the address of a user; empty where there is no such."""
        with self._database.reading() as session:
            return session.scalar(select(UserRow.email).where(UserRow.id == user_id)) or ""

    def recognise(self, email: str, password: str) -> User:
        """Tell whose address and password these are; raises NotSignedIn, the same and as late whatever was wrong."""
        with self._database.reading() as session:
            row = session.scalar(select(UserRow).where(UserRow.email == email.strip().lower()))
        if not self._passwords.verify(row.password_hash if row else None, password) or row is None:
            self._note_refusal(row.id if row else None)
            raise NotSignedIn("This e-mail address and password do not belong together.")
        return User(row.id, row.email)

    def open_session(self, user_id: int, browser: str = "") -> str:
        """Return a new session token for somebody who has shown who they are; ``browser`` is told in their list.

        Only ``Entrance`` may: it knows what they have to show.
        """
        token, now = new_token(), self._clock()
        with self._database.session() as session:
            over = delete(WebSessionRow).where(not_(self._life.holds(now)))
            session.execute(over, execution_options=HOUSEKEEPING)
            session.add(
                WebSessionRow(
                    token_hash=digest(token),
                    user_id=user_id,
                    expires_ms=ends_at(now),
                    last_used_ms=to_the_hour(now),
                    browser=browser,
                )
            )
        return token

    def user_of_session(self, token: str) -> User | None:
        """Tell who is signed in with ``token``, if anybody still is."""
        query = (
            select(UserRow.id, UserRow.email, UserRow.language, WebSessionRow.last_used_ms)
            .join(WebSessionRow, WebSessionRow.user_id == UserRow.id)
            .where(WebSessionRow.token_hash == digest(token), self._life.holds(self._clock()))
        )
        with self._database.reading() as session:
            row = session.execute(query).one_or_none()
        if row is None:
            return None
        self._note_use(token, row.last_used_ms)
        note_actor("session", row.id, digest(token)[:SHOWN_OF_SESSION])
        return User(row.id, row.email, row.language)

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

    def change_password(self, user_id: int, current: str, new: str, token: str) -> None:
        """Set a new password and end every session but that of ``token``; links that would set another end, too.

        Raises InvalidInput where ``current`` is wrong, or ``new`` breaks the rules.
        """
        self.check_password(user_id, current, token)
        password_hash = self._passwords.hash(new)
        with self._database.session() as session:
            set_password(session, user_id, password_hash, keep=digest(token))

    def has_password(self, user_id: int) -> bool:
        """Tell whether the person can sign in with a password; who came by a provider may have none."""
        with self._database.reading() as session:
            return bool(session.scalar(select(UserRow.password_hash).where(UserRow.id == user_id)))

    def check_password(self, user_id: int, password: str, token: str = "") -> None:
        """Ask somebody who is signed in once more; raises InvalidInput where it is wrong.

        Who has no password has to have signed in some minutes ago at most, with the session of ``token``.
        """
        with self._database.reading() as session:
            password_hash = session.scalar(select(UserRow.password_hash).where(UserRow.id == user_id))
            row = session.get(WebSessionRow, digest(token))
        if not password_hash and (row is None or row.user_id != user_id or not self._is_new(row)):
            raise InvalidInput(
                Phrase(
                    "Sign out and in again: this takes a sign-in of the last {minutes} minutes.", minutes=FRESH_MINUTES
                )
            )
        if password_hash and not self._passwords.verify(password_hash, password):
            raise InvalidInput("This is not your password.", field="current_password")

    def choose_language(self, user_id: int, language: str) -> None:
        """Show the pages in one of ``languages()`` from now on, or, if empty, as the browser asks.

        Raises InvalidInput.
        """
        if language and language not in languages():
            raise InvalidInput("Choose a language from the list.", field="language")
        with self._database.session() as session:
            session.execute(update(UserRow).where(UserRow.id == user_id).values(language=language))

    def _is_new(self, row: WebSessionRow) -> bool:
        return self._clock() - opened_at(row.expires_ms) <= FRESH_MINUTES * _MINUTE_MS

    def owns_install(self, user_id: int) -> bool:
        """Tell whether the user set up this install."""
        with self._database.reading() as session:
            return session.scalar(select(InstallRow.owner_id)) == user_id

    def delete(self, user_id: int) -> None:
        """Delete an account with its sessions, keys, memberships, and what was kept for this person alone.

        Raises Conflict for the owner of the install.
        """
        if self.owns_install(user_id):
            raise Conflict("This install is yours, so your account stays; somebody has to run it.")
        with self._database.session() as session:
            # Those who stay are told who left them: what a foreign key deletes along stands in no log.
            session.execute(delete(TeamMemberRow).where(TeamMemberRow.user_id == user_id))
            session.execute(delete(SiteMemberRow).where(SiteMemberRow.user_id == user_id))
            session.execute(delete(UserRow).where(UserRow.id == user_id))
            mark_changed(session)

    def _note_use(self, token: str, last_used_ms: int) -> None:
        now = to_the_hour(self._clock())
        if now <= last_used_ms:
            return
        try:
            with self._database.session(concerns_rights=False) as session:
                query = update(WebSessionRow).where(WebSessionRow.token_hash == digest(token))
                session.execute(query.values(last_used_ms=now), execution_options=HOUSEKEEPING)
        except Unavailable:
            log.warning("the last use of a session could not be noted")

    def _create(self, email: str, password: str, *, must_own: bool) -> User:
        address = checked_email(email)
        password_hash = self._passwords.hash(password)
        row = UserRow(email=address, password_hash=password_hash, language="", created_ms=self._clock())
        try:
            with self._database.session() as session:
                session.add(row)
                session.flush()
                if not _claim_install(session, row.id, row.created_ms) and must_own:
                    raise Conflict("This install has an owner already; sign in instead.")
        except IntegrityError as error:
            raise Conflict("There is an account with this e-mail address already.", field="email") from error
        return User(row.id, row.email)


def set_password(session: Session, user_id: int, password_hash: str, *, keep: str = "") -> None:
    """Store a hash, end the sessions and sign-ins that knew the password before, and links that would set another."""
    session.execute(update(UserRow).where(UserRow.id == user_id).values(password_hash=password_hash))
    others = delete(WebSessionRow).where(WebSessionRow.user_id == user_id, WebSessionRow.token_hash != keep)
    session.execute(others)
    session.execute(delete(OneTimeLinkRow).where(OneTimeLinkRow.user_id == user_id))
    session.execute(delete(WaitingSignInRow).where(WaitingSignInRow.user_id == user_id))


def checked_email(email: str) -> str:
    """Return an address as it is kept; raises InvalidInput for what is none."""
    address = email.strip().lower()
    if len(address) > _MAX_EMAIL_LENGTH or not _EMAIL.fullmatch(address):
        raise InvalidInput("Enter an e-mail address, such as alice@example.com.", field="email")
    return address


def _claim_install(session: Session, user_id: int, now_ms: int) -> bool:
    """Make the user the owner of the install, and of sites made before there was one, unless somebody is."""
    claim = update(InstallRow).where(InstallRow.owner_id.is_(None)).values(owner_id=user_id)
    result = session.execute(claim)
    if not isinstance(result, CursorResult) or result.rowcount == 0:
        return False
    orphans = update(SiteRow).where(SiteRow.team_id.is_(None))
    session.execute(orphans.values(team_id=home_team(session, user_id, now_ms)))
    mark_changed(session)
    return True
