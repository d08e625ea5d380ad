"""Segments: filters that members of a site gave a name, for themselves or for all of them.

What filters may say is the query room's to judge; here they are kept as they were sent.
"""

from typing import Any

import msgspec
from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from footfall.errors import InvalidInput, NotAllowed, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import SegmentRow
from footfall.texts import Phrase

MAX_SEGMENTS = 500
_MAX_NAME_LENGTH = 200


class Segment(msgspec.Struct, frozen=True):
    """One segment; without ``owner_id`` it is the site's, else that person's alone."""

    id: int
    site_id: int
    owner_id: int | None
    name: str
    filters: list[Any]
    created_ms: int


class Segments:
    """The segments of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def seen_by(self, site_id: int, user_id: int | None) -> list[Segment]:
        """List the site's own segments and those of this person, in the order they were added."""
        query = select(SegmentRow).where(SegmentRow.site_id == site_id, _is_seen_by(user_id)).order_by(SegmentRow.id)
        with self._database.reading() as session:
            return [_segment_of(row) for row in session.scalars(query)]

    def add(self, site_id: int, owner_id: int | None, name: str, filters: list[Any]) -> Segment:
        """Keep filters under a name; raises InvalidInput without name or filters, or past the most a site may have."""
        name = _checked_name(name)
        if not filters:
            raise InvalidInput("A segment needs at least one filter.", field="filters")
        count = select(func.count()).select_from(SegmentRow).where(SegmentRow.site_id == site_id)
        row = SegmentRow(site_id=site_id, owner_id=owner_id, name=name, filters=filters, created_ms=self._clock())
        with self._database.session() as session:
            if session.scalars(count).one() >= MAX_SEGMENTS:
                raise InvalidInput(
                    Phrase("A site has at most {most} segments; delete one that is no longer used.", most=MAX_SEGMENTS)
                )
            session.add(row)
        return _segment_of(row)

    def rename(self, site_id: int, segment_id: int, user_id: int | None, name: str, *, is_owner: bool) -> None:
        """Give a segment another name; raises InvalidInput, and what ``delete`` raises."""
        name = _checked_name(name)
        with self._database.session() as session:
            _own_row(session, site_id, segment_id, user_id, is_owner=is_owner).name = name

    def delete(self, site_id: int, segment_id: int, user_id: int | None, *, is_owner: bool) -> None:
        """Delete one's own segment, or as an owner of the site one of the site's; raises NotFound, NotAllowed."""
        with self._database.session() as session:
            session.delete(_own_row(session, site_id, segment_id, user_id, is_owner=is_owner))


def _checked_name(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= _MAX_NAME_LENGTH:
        raise InvalidInput(Phrase("Enter a name, at most {most} characters.", most=_MAX_NAME_LENGTH), field="name")
    return name


def _own_row(session: Session, site_id: int, segment_id: int, user_id: int | None, *, is_owner: bool) -> SegmentRow:
    """The row of a segment this person may change."""
    row = session.get(SegmentRow, segment_id)
    if row is None or row.site_id != site_id or row.owner_id not in (None, user_id):
        raise NotFound("This site has no such segment; it may have been deleted already.")
    if row.owner_id is None and not is_owner:
        raise NotAllowed("Only owners of a site change its segments.")
    return row


def _is_seen_by(user_id: int | None) -> ColumnElement[bool]:
    of_site = SegmentRow.owner_id.is_(None)
    return of_site if user_id is None else or_(of_site, SegmentRow.owner_id == user_id)


def _segment_of(row: SegmentRow) -> Segment:
    return Segment(row.id, row.site_id, row.owner_id, row.name, row.filters, row.created_ms)
