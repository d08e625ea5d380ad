"""What was begun with an authenticator or a provider: finished once, within minutes, by whom it was begun for."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from sqlalchemy import delete
from sqlalchemy.engine import CursorResult

from footfall.accounts.tokens import digest
from footfall.errors import NotAllowed
from footfall.metadata import Clock, Database
from footfall.metadata.tables import HandshakeRow

_MINUTE_MS = 60_000


class Handshake(StrEnum):
    """What a handshake is for."""

    ADD_PASSKEY = "add passkey"
    USE_PASSKEY = "use passkey"
    CONFIRM_PASSKEY = "confirm passkey"  # by somebody who is known already
    ASK_PROVIDER = "ask provider"
    LINK_ACCOUNT = "link account"  # the provider has answered; its owner is asked whether to link


MINUTES: Mapping[Handshake, int] = {
    Handshake.ADD_PASSKEY: 5,
    Handshake.USE_PASSKEY: 5,
    Handshake.CONFIRM_PASSKEY: 5,
    Handshake.ASK_PROVIDER: 10,
    Handshake.LINK_ACCOUNT: 10,
}


class Handshakes:
    """All handshakes under way; of the secret that comes back only the hash is kept."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def begin(self, purpose: Handshake, secret: str, user_id: int | None, detail: dict[str, Any]) -> None:
        """Expect ``secret`` back, once; ``user_id``: from this person alone."""
        now = self._clock()
        with self._database.session() as session:
            session.execute(delete(HandshakeRow).where(HandshakeRow.expires_ms <= now))
            session.add(
                HandshakeRow(
                    token_hash=digest(secret),
                    purpose=purpose.value,
                    user_id=user_id,
                    detail=detail,
                    expires_ms=now + MINUTES[purpose] * _MINUTE_MS,
                )
            )

    def finish(self, purpose: Handshake, secret: str, user_id: int | None = None) -> dict[str, Any]:
        """Tell what was noted at the beginning, and use the secret up, whatever follows.

        Raises NotAllowed for one that is unknown, was used, has ended, or was begun for somebody else.
        """
        with self._database.session() as session:
            row = session.get(HandshakeRow, digest(secret))
            removed = session.execute(delete(HandshakeRow).where(HandshakeRow.token_hash == digest(secret)))
            # Of two that come at once, one has removed it.
            is_first = isinstance(removed, CursorResult) and removed.rowcount == 1
            if row is not None and is_first and _is_for(row, purpose, user_id) and row.expires_ms > self._clock():
                return row.detail
        raise NotAllowed("This took too long, or was done already; please begin again.")


def _is_for(row: HandshakeRow, purpose: Handshake, user_id: int | None) -> bool:
    return row.purpose == purpose.value and row.user_id == user_id
