"""Goals: the events and pages the owner of a site cares about."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from footfall.domain import Goal, GoalKind
from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import GoalRow
from footfall.sites.options import checked_currency
from footfall.texts import Phrase

_MAX_EVENT_NAME_LENGTH = 120
_MAX_PAGE_LENGTH = 500
_MAX_DISPLAY_NAME_LENGTH = 200
_MAX_PROPERTIES = 3
_MAX_PROPERTIES_LENGTH = 1000
_WHOLE_PAGE = 100
_ENGAGEMENT = "engagement"
_NONE = "{}"


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

    def find(
        self, site_id: int, kind: GoalKind, pattern: str, scroll_percent: int = 0, properties: str = _NONE
    ) -> Goal | None:
        """Find the goal that says exactly this; ``properties`` is spelled as in its row."""
        query = select(GoalRow).filter_by(
            site_id=site_id,
            kind=kind.value,
            pattern=pattern.strip(),
            scroll_percent=scroll_percent,
            properties=properties,
        )
        with self._database.reading() as session:
            row = session.scalar(query)
        return _goal_of(row) if row else None

    def add(
        self,
        site_id: int,
        kind: GoalKind,
        pattern: str,
        display_name: str = "",
        scroll_percent: int = 0,
        properties: Mapping[str, Any] | None = None,
        currency: str = "",
    ) -> Goal:
        """Return the goal that says this, making it if need be; raises InvalidInput, Conflict over its currency."""
        said = _checked(kind, pattern, scroll_percent, properties)
        currency = checked_currency(currency) if currency else ""
        existing = self.find(site_id, kind, *said)
        if existing:
            return _in_currency(existing, currency)
        name = _name(display_name, kind, said)
        row = GoalRow(site_id=site_id, kind=kind.value, display_name=name, currency=currency, created_ms=self._clock())
        row.pattern, row.scroll_percent, row.properties = said
        try:
            with self._database.session() as session:
                session.add(row)
        except IntegrityError:
            existing = self.find(site_id, kind, *said)  # added by another in the meantime
            if existing is None:
                raise NotFound("This site does not exist; it may have been deleted.") from None
            return _in_currency(existing, currency)
        return _goal_of(row)

    def change(
        self,
        site_id: int,
        goal_id: int,
        kind: GoalKind,
        pattern: str,
        display_name: str = "",
        scroll_percent: int = 0,
        properties: Mapping[str, Any] | None = None,
    ) -> Goal:
        """Let a goal say something else; raises InvalidInput, NotFound, or Conflict where another says this already."""
        said = _checked(kind, pattern, scroll_percent, properties)
        try:
            with self._database.session() as session:
                row = session.get(GoalRow, goal_id)
                if row is None or row.site_id != site_id:
                    raise NotFound("This site has no such goal; it may have been deleted already.")
                row.kind, row.display_name = kind.value, _name(display_name, kind, said)
                row.pattern, row.scroll_percent, row.properties = said
        except IntegrityError:
            raise Conflict("Another goal of this site says the same; delete one of the two.") from None
        return _goal_of(row)

    def delete(self, site_id: int, goal_id: int) -> None:
        """Delete a goal of the site; raises NotFound where the site has none such."""
        with self._database.session() as session:
            row = session.get(GoalRow, goal_id)
            if row is None or row.site_id != site_id:
                raise NotFound("This site has no such goal; it may have been deleted already.")
            session.delete(row)


def _checked(
    kind: GoalKind, pattern: str, scroll_percent: int, properties: Mapping[str, Any] | None
) -> tuple[str, int, str]:
    """What a goal says, as its row spells it; raises InvalidInput."""
    return (
        _CHECKS[kind](pattern.strip()),
        _checked_scroll(kind, scroll_percent),
        _checked_properties(kind, properties or {}),
    )


def _name(display_name: str, kind: GoalKind, said: tuple[str, int, str]) -> str:
    return display_name.strip()[:_MAX_DISPLAY_NAME_LENGTH] or _default_name(kind, *said)


def _goal_of(row: GoalRow) -> Goal:
    properties = tuple(json.loads(row.properties).items())
    said = (row.pattern, row.display_name, row.scroll_percent, properties, row.currency)
    return Goal(row.id, row.site_id, GoalKind(row.kind), *said)


def _in_currency(goal: Goal, currency: str) -> Goal:
    """The goal, if that is its currency or none is asked for."""
    if currency and goal.currency != currency:
        raise Conflict(_kept_otherwise(goal.currency), field="currency")
    return goal


def _kept_otherwise(currency: str) -> Phrase:
    if not currency:
        return Phrase("There is such a goal without a currency; delete it to make it anew.")
    return Phrase("There is such a goal in {currency}; delete it to make it anew.", currency=currency)


def _checked_event(name: str) -> str:
    if not 0 < len(name) <= _MAX_EVENT_NAME_LENGTH:
        raise InvalidInput(
            Phrase("Enter the event's name, at most {most} characters.", most=_MAX_EVENT_NAME_LENGTH),
            field="event_name",
        )
    if name == _ENGAGEMENT:
        raise InvalidInput("Engagement is no goal; make one of the kind scroll instead.", field="event_name")
    return name


def _checked_page(pattern: str) -> str:
    if not pattern.startswith("/") or len(pattern) > _MAX_PAGE_LENGTH:
        raise InvalidInput("Enter a path that starts with /, such as /blog/*.", field="page_path")
    return pattern


def _checked_scroll(kind: GoalKind, percent: int) -> int:
    if kind is not GoalKind.SCROLL:
        return 0
    if not 1 <= percent <= _WHOLE_PAGE:
        raise InvalidInput(
            Phrase("Enter how far down the page, from 1 to {most} percent.", most=_WHOLE_PAGE), field="scroll_threshold"
        )
    return percent


def _checked_properties(kind: GoalKind, properties: Mapping[str, Any]) -> str:
    """The properties as JSON in one spelling."""
    if properties and kind is not GoalKind.EVENT:
        raise InvalidInput("Only the goal of an event can ask for properties.", field="custom_props")
    texts = (text for item in properties.items() for text in item)
    if len(properties) > _MAX_PROPERTIES or not all(isinstance(text, str) and text.strip() for text in texts):
        message = Phrase("Name at most {most} properties, each with the text it must have.", most=_MAX_PROPERTIES)
        raise InvalidInput(message, field="custom_props")
    spelled = json.dumps(dict(sorted(properties.items())), ensure_ascii=False)
    if len(spelled) > _MAX_PROPERTIES_LENGTH:
        raise InvalidInput("These properties are too long to be kept.", field="custom_props")
    return spelled


def _default_name(kind: GoalKind, pattern: str, scroll_percent: int, properties: str) -> str:
    name = _DEFAULT_NAMES[kind].format(pattern=pattern, percent=scroll_percent)
    asked = ", ".join(f"{key}: {value}" for key, value in json.loads(properties).items())
    return f"{name} ({asked})"[:_MAX_DISPLAY_NAME_LENGTH] if asked else name


_CHECKS = {GoalKind.EVENT: _checked_event, GoalKind.PAGE: _checked_page, GoalKind.SCROLL: _checked_page}
_DEFAULT_NAMES = {
    GoalKind.EVENT: "{pattern}",
    GoalKind.PAGE: "Visit {pattern}",
    GoalKind.SCROLL: "Scroll to {percent}% of {pattern}",
}
