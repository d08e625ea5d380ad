"""The browsers a person is signed in with, as that person sees and ends them."""

import msgspec
from sqlalchemy import delete, select

from footfall.accounts.session_life import USUAL_LIFE, SessionLife
from footfall.accounts.tokens import digest
from footfall.metadata import Clock, Database
from footfall.metadata.tables import WebSessionRow

_NAME_LENGTH = 16  # of the token's hash: enough to tell one's own sessions apart, and no way back to the token


class WebSession(msgspec.Struct, frozen=True):
    """One signed-in browser, without a word on where it is."""

    name: str
    browser: str  # such as Firefox on Linux; empty: not known
    last_used_ms: int  # to the hour; 0: not known
    is_this: bool


class Sessions:
    """All sessions of this install."""

    def __init__(
        self,
        database: Database,
        clock: Clock,
        life: SessionLife = USUAL_LIFE,
    ) -> None:
        self._database = database
        self._clock = clock
        self._life = life

    def of_user(self, user_id: int, token: str) -> list[WebSession]:
        """List a person's sessions, that of ``token`` first, then the last used."""
        query = select(WebSessionRow).where(WebSessionRow.user_id == user_id, self._life.holds(self._clock()))
        with self._database.reading() as session:
            rows = session.scalars(query).all()
        mine = digest(token)
        listed = [
            WebSession(row.token_hash[:_NAME_LENGTH], row.browser, row.last_used_ms, row.token_hash == mine)
            for row in rows
        ]
        return sorted(listed, key=lambda one: (not one.is_this, -one.last_used_ms, one.name))

    def end(self, user_id: int, name: str) -> None:
        """End one of the person's sessions; one that does not exist has ended already."""
        with self._database.session() as session:
            mine = delete(WebSessionRow).where(WebSessionRow.user_id == user_id)
            session.execute(mine.where(WebSessionRow.token_hash.startswith(name, autoescape=True)))

    def end_others(self, user_id: int, token: str) -> None:
        """End every session of the person but that of ``token``."""
        with self._database.session() as session:
            mine = delete(WebSessionRow).where(WebSessionRow.user_id == user_id)
            session.execute(mine.where(WebSessionRow.token_hash != digest(token)))
