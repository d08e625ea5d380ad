"""What a site says of its visitors in identified mode."""

from collections.abc import Collection, Mapping

import msgspec
from sqlalchemy import delete, select

from footfall.metadata import Clock, Database
from footfall.metadata.tables import ProfileRow
from footfall.profiles.traits import Trait, checked_traits


class Profile(msgspec.Struct, frozen=True):
    """One visitor's traits, and when they were first and last told."""

    visitor_id: int
    traits: dict[str, Trait]
    first_seen_ms: int
    updated_ms: int


class Profiles:
    """All profiles of this install."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def put(self, site_id: int, visitor_id: int, traits: Mapping[str, object]) -> None:
        """Add to a visitor's traits, newer ones win; raises InvalidInput past a limit."""
        now_ms = self._clock()
        with self._database.session() as session:
            row = session.get(ProfileRow, (site_id, str(visitor_id)))
            if row is None:
                row = ProfileRow(site_id=site_id, visitor_id=str(visitor_id), traits={}, first_seen_ms=now_ms)
                session.add(row)
            row.traits = checked_traits({**row.traits, **traits})
            row.updated_ms = now_ms

    def of_visitors(self, site_id: int, visitor_ids: Collection[int]) -> list[Profile]:
        """The profiles of these visitors, oldest first."""
        wanted = select(ProfileRow).where(ProfileRow.site_id == site_id, ProfileRow.visitor_id.in_(_texts(visitor_ids)))
        with self._database.reading() as session:
            rows = session.scalars(wanted.order_by(ProfileRow.first_seen_ms)).all()
        return [Profile(int(row.visitor_id), row.traits, row.first_seen_ms, row.updated_ms) for row in rows]

    def visitor_ids(self, site_id: int) -> set[int]:
        """Every visitor of a site with a profile."""
        with self._database.reading() as session:
            found = session.scalars(select(ProfileRow.visitor_id).where(ProfileRow.site_id == site_id))
            return {int(visitor_id) for visitor_id in found}

    def delete_before(self, site_id: int, before_ms: int) -> None:
        """Delete the profiles of which the site has said nothing since ``before_ms``."""
        doomed = (ProfileRow.site_id == site_id, ProfileRow.updated_ms < before_ms)
        with self._database.session() as session:
            session.execute(delete(ProfileRow).where(*doomed))

    def erase(self, site_id: int, visitor_ids: Collection[int]) -> None:
        """Delete the profiles of these visitors."""
        doomed = (ProfileRow.site_id == site_id, ProfileRow.visitor_id.in_(_texts(visitor_ids)))
        with self._database.session() as session:
            session.execute(delete(ProfileRow).where(*doomed))


def _texts(visitor_ids: Collection[int]) -> list[str]:
    return [str(visitor_id) for visitor_id in visitor_ids]
