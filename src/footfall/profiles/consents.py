"""The record of consents: what was agreed to, when, which text; and in memory the ids whose consent has ended.

Intake asks for every named event, so it asks the memory. A withdrawn id is never used again: see `lasting_ids`.
"""

from collections.abc import Collection

import msgspec
from sqlalchemy import Select, delete, select
from sqlalchemy.orm import Session

from footfall.domain.calendar import DAY_MS
from footfall.metadata import Clock, Database
from footfall.metadata.tables import ConsentRow

LIFETIME_MS = 390 * DAY_MS
"""13 months, however short those may be."""
MAX_TEXT_CHARS = 200
_MAX_REMEMBERED = 1_000_000  # newest first; some 80 bytes each


class Consent(msgspec.Struct, frozen=True):
    """One consent; ``text`` names the words agreed to. ``given_ms`` is None where only the withdrawal is known."""

    visitor_id: int
    text: str
    given_ms: int | None
    withdrawn_ms: int | None


class Consents:
    """All consents of this install. Call ``load`` before the first event; safe to call from any thread."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock
        self._withdrawn: set[int] = set()
        self._renewed: set[int] = set()

    def load(self) -> None:
        """End what is too old, then learn which ids must not be used any more, and which follow one of those."""
        self.expire()
        with self._database.reading() as session:
            ended = select(ConsentRow.visitor_id).where(ConsentRow.withdrawn_ms.is_not(None))
            newest = session.scalars(ended.order_by(ConsentRow.withdrawn_ms.desc()).limit(_MAX_REMEMBERED))
            withdrawn = {int(visitor_id) for visitor_id in newest}
            live = select(ConsentRow.visitor_id).where(ConsentRow.withdrawn_ms.is_(None), ConsentRow.renewal > 0)
            renewed = {int(visitor_id) for visitor_id in session.scalars(live)}
        self._withdrawn, self._renewed = withdrawn, renewed

    def is_withdrawn(self, visitor_id: int) -> bool:
        """Whether consent to this id was withdrawn or is over 13 months old."""
        return visitor_id in self._withdrawn

    def is_renewed(self, visitor_id: int) -> bool:
        """Whether this id, which follows a withdrawn one, was agreed to."""
        return visitor_id in self._renewed

    def give(self, site_id: int, visitor_id: int, renewal: int, text: str) -> None:
        """Note a consent; one that holds already stays as it is, for saying yes again prolongs nothing."""
        with self._database.session() as session:
            if not _live(session, site_id, {visitor_id}):
                row = ConsentRow(site_id=site_id, visitor_id=str(visitor_id), renewal=renewal, text=text)
                row.given_ms = self._clock()
                session.add(row)
        if renewal:
            self._renewed.add(visitor_id)

    def withdraw(self, site_id: int, visitor_id: int, renewal: int) -> None:
        """End the consent to an id, for intake before anything else."""
        self._end(visitor_id)
        with self._database.session() as session:
            live = _live(session, site_id, {visitor_id})
            if not live:
                live = [ConsentRow(site_id=site_id, visitor_id=str(visitor_id), renewal=renewal, text="")]
                session.add(live[0])
            for row in live:
                row.withdrawn_ms = self._clock()

    def expire(self) -> int:
        """End the consents given over 13 months ago; returns how many."""
        oldest_ms = self._clock() - LIFETIME_MS
        with self._database.session() as session:
            old = select(ConsentRow).where(ConsentRow.withdrawn_ms.is_(None), ConsentRow.given_ms < oldest_ms)
            rows = session.scalars(old).all()
            for row in rows:
                row.withdrawn_ms = (row.given_ms or 0) + LIFETIME_MS
        for row in rows:
            self._end(int(row.visitor_id))
        return len(rows)

    def of_visitors(self, site_id: int, visitor_ids: Collection[int]) -> list[Consent]:
        """The consents of these visitors, oldest first."""
        with self._database.reading() as session:
            rows = session.scalars(_of(site_id, visitor_ids).order_by(ConsentRow.id)).all()
        return [Consent(int(row.visitor_id), row.text, row.given_ms, row.withdrawn_ms) for row in rows]

    def visitor_ids(self, site_id: int) -> set[int]:
        """Every visitor of a site with a consent on record."""
        with self._database.reading() as session:
            found = session.scalars(select(ConsentRow.visitor_id).where(ConsentRow.site_id == site_id))
            return {int(visitor_id) for visitor_id in found}

    def erase(self, site_id: int, visitor_ids: Collection[int]) -> None:
        """Delete the records of these visitors."""
        names = [str(visitor_id) for visitor_id in visitor_ids]
        with self._database.session() as session:
            session.execute(delete(ConsentRow).where(ConsentRow.site_id == site_id, ConsentRow.visitor_id.in_(names)))
        self._withdrawn.difference_update(visitor_ids)
        self._renewed.difference_update(visitor_ids)

    def _end(self, visitor_id: int) -> None:
        self._withdrawn.add(visitor_id)
        self._renewed.discard(visitor_id)


def _of(site_id: int, visitor_ids: Collection[int]) -> Select[ConsentRow]:
    names = [str(visitor_id) for visitor_id in visitor_ids]
    return select(ConsentRow).where(ConsentRow.site_id == site_id, ConsentRow.visitor_id.in_(names))


def _live(session: Session, site_id: int, visitor_ids: Collection[int]) -> list[ConsentRow]:
    return list(session.scalars(_of(site_id, visitor_ids).where(ConsentRow.withdrawn_ms.is_(None))))
