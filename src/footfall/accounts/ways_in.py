"""By which ways a person can sign in, and that there is always one left."""

from collections.abc import Iterable

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from footfall.errors import Conflict
from footfall.metadata import Database
from footfall.metadata.tables import LinkedAccountRow, PasskeyRow, UserRow


class WaysIn(msgspec.Struct, frozen=True):
    """What somebody can sign in with."""

    has_password: bool
    passkeys: int
    linked_accounts: int  # at providers this install asks

    @property
    def count(self) -> int:
        """How many there are."""
        return self.has_password + self.passkeys + self.linked_accounts


def ways_in(database: Database, user_id: int, issuers: Iterable[str]) -> WaysIn:
    """Tell what the person can sign in with, where the providers ``issuers`` are asked."""
    with database.reading() as session:
        return _ways_in(session, user_id, issuers)


def require_another_way_in(session: Session, user_id: int, issuers: Iterable[str]) -> None:
    """Call it after a removal, in its unit of work: raises Conflict where nothing would be left, which undoes it."""
    # Two removals at once would each see the other's way; SQLite lets one write at a time anyway.
    session.execute(select(UserRow.id).where(UserRow.id == user_id).with_for_update())
    session.flush()
    if not _ways_in(session, user_id, issuers).count:
        raise Conflict("This is your last way to sign in; set a password or add another one first.")


def _ways_in(session: Session, user_id: int, issuers: Iterable[str]) -> WaysIn:
    password_hash = session.scalar(select(UserRow.password_hash).where(UserRow.id == user_id))
    passkeys = select(func.count()).select_from(PasskeyRow).where(PasskeyRow.user_id == user_id)
    linked = select(func.count()).select_from(LinkedAccountRow)
    linked = linked.where(LinkedAccountRow.user_id == user_id, LinkedAccountRow.issuer.in_(list(issuers)))
    return WaysIn(bool(password_hash), session.scalars(passkeys).one(), session.scalars(linked).one())
