"""What became of the events sent to a site, by its local days: how many were taken, and why others were not."""

from collections.abc import Mapping

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from footfall.metadata import Database
from footfall.metadata.tables import VerdictRow


class VerdictDays:
    """The counts of all sites."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, counts: Mapping[tuple[int, int, str], int]) -> None:
        """Add events by site, local day and outcome, all or none."""
        with self._database.session(concerns_rights=False) as session:
            for key, events in counts.items():
                _add(session, key, events)

    def of_site(self, site_id: int, since_day: int) -> dict[str, int]:
        """Events of a site by outcome, from a local day on."""
        total = func.sum(VerdictRow.events)
        query = (
            select(VerdictRow.outcome, total)
            .where(VerdictRow.site_id == site_id, VerdictRow.day >= since_day)
            .group_by(VerdictRow.outcome)
        )
        with self._database.reading() as session:
            return {outcome: int(events) for outcome, events in session.execute(query)}


def _add(session: Session, key: tuple[int, int, str], events: int) -> None:
    site_id, day, outcome = key
    row = (VerdictRow.site_id == site_id, VerdictRow.day == day, VerdictRow.outcome == outcome)
    found = session.execute(update(VerdictRow).where(*row).values(events=VerdictRow.events + events))
    if not found.rowcount:  # type: ignore[attr-defined]
        session.add(VerdictRow(site_id=site_id, day=day, outcome=outcome, events=events))
