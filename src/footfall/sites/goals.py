"""Goals: the events and pages the owner of a site cares about."""

from enum import StrEnum

import msgspec
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from footfall.errors import InvalidInput, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import GoalRow

_MAX_EVENT_NAME_LENGTH = 120
_MAX_PAGE_LENGTH = 500
_MAX_DISPLAY_NAME_LENGTH = 200


class GoalKind(StrEnum):
    """What reaches a goal."""

    EVENT = "event"
    PAGE = "page"


class Goal(msgspec.Struct, frozen=True):
    """One goal; ``pattern`` is an event's name, or a path in which ``*`` stands for any text."""

    id: int
    site_id: int
    kind: GoalKind
    pattern: str
    display_name: str


class Goals:
    """The goals of all sites."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_site(self, site_id: int) -> list[Goal]:
        """List the goals of a site in the order they were added."""
        query = select(GoalRow).where(GoalRow.site_id == site_id).order_by(GoalRow.id)
        with self._database.reading() as session:
            return [_goal_of(row) for row in session.scalars(query)]

    def find(self, site_id: int, kind: GoalKind, pattern: str) -> Goal | None:
        """Find the goal that says exactly this."""
        query = select(GoalRow).where(
            GoalRow.site_id == site_id, GoalRow.kind == kind.value, GoalRow.pattern == pattern.strip()
        )
        with self._database.reading() as session:
            row = session.scalar(query)
        return _goal_of(row) if row else None

    def add(self, site_id: int, kind: GoalKind, pattern: str, display_name: str = "") -> Goal:
        """Return the goal that says this, making it if need be; raises InvalidInput."""
        checked = _CHECKS[kind](pattern.strip())
        name = display_name.strip()[:_MAX_DISPLAY_NAME_LENGTH] or _DEFAULT_NAMES[kind].format(checked)
        row = GoalRow(site_id=site_id, kind=kind.value, pattern=checked, display_name=name, created_ms=self._clock())
        existing = self.find(site_id, kind, checked)
        if existing:
            return existing
        try:
            with self._database.session() as session:
                session.add(row)
        except IntegrityError:
            existing = self.find(site_id, kind, checked)  # added by another in the meantime
            if existing is None:
                raise NotFound("This site does not exist; it may have been deleted.") from None
            return existing
        return _goal_of(row)

    def delete(self, site_id: int, goal_id: int) -> None:
        """Delete a goal of the site; raises NotFound where the site has none such."""
        with self._database.session() as session:
            row = session.get(GoalRow, goal_id)
            if row is None or row.site_id != site_id:
                raise NotFound("This site has no such goal; it may have been deleted already.")
            session.delete(row)


def _goal_of(row: GoalRow) -> Goal:
    return Goal(row.id, row.site_id, GoalKind(row.kind), row.pattern, row.display_name)


def _checked_event(name: str) -> str:
    if not 0 < len(name) <= _MAX_EVENT_NAME_LENGTH:
        raise InvalidInput(f"Enter the event's name, at most {_MAX_EVENT_NAME_LENGTH} characters.", field="event_name")
    return name


def _checked_page(pattern: str) -> str:
    if not pattern.startswith("/") or len(pattern) > _MAX_PAGE_LENGTH:
        raise InvalidInput("Enter a path that starts with /, such as /blog/*.", field="page_path")
    return pattern


_CHECKS = {GoalKind.EVENT: _checked_event, GoalKind.PAGE: _checked_page}
_DEFAULT_NAMES = {GoalKind.EVENT: "{}", GoalKind.PAGE: "Visit {}"}
