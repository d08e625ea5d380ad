"""Annotations: what happened on a day, or over some days, in the words of a member of the site."""

from datetime import date

import msgspec
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from footfall.domain import Site
from footfall.domain.calendar import date_of, day_of
from footfall.errors import InvalidInput, NotAllowed, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import AnnotationRow
from footfall.texts import Phrase

MAX_ANNOTATIONS = 1000
MAX_TEXT_LENGTH = 500


class Annotation(msgspec.Struct, frozen=True):
    """One annotation; without ``owner_id`` it is the site's, else that person's alone."""

    id: int
    site_id: int
    owner_id: int | None
    text: str
    first: date
    last: date
    """The last day it speaks of, that one included; of a single day the same as ``first``."""
    created_ms: int


class Annotations:
    """The annotations of all sites. Days are those of the site's own calendar."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_site(self, site: Site, user_id: int | None, days: tuple[date, date] | None = None) -> list[Annotation]:
        """List the site's own and this person's, oldest day first; of ``days`` those that touch them, both ends in."""
        query = (
            select(AnnotationRow)
            .where(AnnotationRow.site_id == site.id)
            .where(or_(AnnotationRow.owner_id.is_(None), AnnotationRow.owner_id == user_id))
            .order_by(AnnotationRow.first_day, AnnotationRow.id)
        )
        if days:
            first, last = map(day_of, days)
            query = query.where(AnnotationRow.first_day <= last, AnnotationRow.last_day >= first)
        with self._database.reading() as session:
            return [_annotation_of(row) for row in session.scalars(query)]

    def add(self, site: Site, owner_id: int | None, text: str, first: date, last: date | None = None) -> Annotation:
        """Keep a text for a day, or up to ``last``; raises InvalidInput for a bad one, or past the most one may have.

        The site has its own number of them, and so has each person on it.
        """
        row = AnnotationRow(site_id=site.id, owner_id=owner_id, created_ms=self._clock())
        _write(row, text, first, first if last is None else last)
        count = (
            select(func.count())
            .select_from(AnnotationRow)
            .where(AnnotationRow.site_id == site.id, AnnotationRow.owner_id.is_not_distinct_from(owner_id))
        )
        with self._database.session() as session:
            if session.scalars(count).one() >= MAX_ANNOTATIONS:
                raise InvalidInput(
                    Phrase("There are {most} annotations already; delete one to add another.", most=MAX_ANNOTATIONS)
                )
            session.add(row)
        return _annotation_of(row)

    def update(
        self,
        site: Site,
        annotation_id: int,
        user_id: int | None,
        *,
        is_owner: bool,
        text: str | None = None,
        first: date | None = None,
        last: date | None = None,
    ) -> Annotation:
        """Change what is given; a single day that gets a new ``first`` stays one. Raises as `add` and `delete` do."""
        with self._database.session() as session:
            row = _row_to_change(session, site, annotation_id, user_id, is_owner=is_owner)
            known = _annotation_of(row)
            if last is None:
                last = first if first and known.first == known.last else known.last
            _write(row, known.text if text is None else text, first or known.first, last or known.last)
        return _annotation_of(row)

    def delete(self, site: Site, annotation_id: int, user_id: int | None, *, is_owner: bool) -> None:
        """Delete one's own annotation, or as an owner of the site one of the site's; raises NotFound, NotAllowed."""
        with self._database.session() as session:
            session.delete(_row_to_change(session, site, annotation_id, user_id, is_owner=is_owner))


def _row_to_change(
    session: Session, site: Site, annotation_id: int, user_id: int | None, *, is_owner: bool
) -> AnnotationRow:
    row = session.get(AnnotationRow, annotation_id)
    if row is None or row.site_id != site.id or row.owner_id not in (None, user_id):
        raise NotFound("This site has no such annotation; it may have been deleted already.")
    if row.owner_id is None and not is_owner:
        raise NotAllowed("Only owners of a site change its annotations.")
    return row


def _write(row: AnnotationRow, text: str, first: date, last: date) -> None:
    text = text.strip()
    if not 0 < len(text) <= MAX_TEXT_LENGTH:
        raise InvalidInput(Phrase("Enter a text, at most {most} characters.", most=MAX_TEXT_LENGTH), field="text")
    if last < first:
        raise InvalidInput("An annotation ends on its first day or later.", field="to")
    row.text, row.first_day, row.last_day = text, day_of(first), day_of(last)


def _annotation_of(row: AnnotationRow) -> Annotation:
    first, last = date_of(row.first_day), date_of(row.last_day)
    return Annotation(row.id, row.site_id, row.owner_id, row.text, first, last, row.created_ms)
