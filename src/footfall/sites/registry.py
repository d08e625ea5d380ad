"""The event registry: which names of events and keys of properties a site has used, and what its owner says of them.

How often each occurred is for the store to tell. Whether a property is allowed, kept however many there are, stands
in the site's option ``custom_properties``.
"""

from collections.abc import Iterator

import msgspec
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from footfall.domain import Site
from footfall.errors import Conflict, InvalidInput, NotFound
from footfall.metadata import Clock, Database
from footfall.metadata.tables import EventNameRow, EventPropertyRow, SiteRow
from footfall.sites.known_names import BUILT_IN, Kind, KnownNames, Sighting
from footfall.texts import Phrase

MAX_DESCRIPTION_LENGTH = 1000
_MAX_TEXT_LENGTH = 300


class RegisteredName(msgspec.Struct, frozen=True):
    """A name that events of a site have, in its owner's words."""

    name: str
    description: str
    first_seen_ms: int


class RegisteredProperty(msgspec.Struct, frozen=True):
    """A key that properties of a site's events have; without ``display_name`` it is shown as it stands."""

    key: str
    display_name: str
    is_hidden: bool
    first_seen_ms: int

    @property
    def shown_as(self) -> str:
        """What reports call it."""
        return self.display_name or self.key


class EventRegistry:
    """The registries of all sites; ``known`` is what intake asks."""

    def __init__(self, database: Database, clock: Clock, *, most_names: int, most_keys: int) -> None:
        self._database = database
        self._clock = clock
        self.known = KnownNames(self._all(), most_names=most_names, most_keys=most_keys)

    def names(self, site_id: int) -> list[RegisteredName]:
        """Every name of a site but `pageview` and `engagement`, by name."""
        query = select(EventNameRow).where(EventNameRow.site_id == site_id).order_by(EventNameRow.name)
        with self._database.reading() as session:
            return [RegisteredName(row.name, row.description, row.first_seen_ms) for row in session.scalars(query)]

    def properties(self, site_id: int) -> list[RegisteredProperty]:
        """Every key of a site, by key."""
        query = select(EventPropertyRow).where(EventPropertyRow.site_id == site_id).order_by(EventPropertyRow.key)
        with self._database.reading() as session:
            return [_property_of(row) for row in session.scalars(query)]

    def hidden(self, site_id: int) -> frozenset[str]:
        """The keys that nobody may ask about."""
        query = select(EventPropertyRow.key).where(EventPropertyRow.site_id == site_id, EventPropertyRow.is_hidden)
        with self._database.reading() as session:
            return frozenset(session.scalars(query))

    def describe(self, site_id: int, name: str, description: str) -> RegisteredName:
        """Say what an event means; raises InvalidInput for a text too long, or a name one too many."""
        if name in BUILT_IN:
            raise InvalidInput(Phrase("{name} is not a custom event.", name=name), field="name")
        description = description.strip()
        if len(description) > MAX_DESCRIPTION_LENGTH:
            raise InvalidInput(
                Phrase("A description has {most} characters at most.", most=MAX_DESCRIPTION_LENGTH), field="description"
            )
        with self._database.session() as session:
            row = session.get(EventNameRow, (site_id, name))
            if row is None:
                self._check_room(session, site_id, Kind.NAME, name)
                row = EventNameRow(site_id=site_id, name=name, first_seen_ms=self._clock())
                session.add(row)
            row.description = description
            return RegisteredName(row.name, row.description, row.first_seen_ms)

    def change_property(
        self, site_id: int, key: str, *, display_name: str | None = None, is_hidden: bool | None = None
    ) -> RegisteredProperty:
        """Rename a property, ``""`` gives it back its own name, or hide it; raises InvalidInput, Conflict."""
        with self._database.session() as session:
            row = session.get(EventPropertyRow, (site_id, key))
            if row is None:
                self._check_room(session, site_id, Kind.KEY, key)
                row = EventPropertyRow(
                    site_id=site_id, key=key, display_name="", is_hidden=False, first_seen_ms=self._clock()
                )
                session.add(row)
            if display_name is not None:
                row.display_name = _free_display_name(session, site_id, key, display_name.strip())
            if is_hidden is not None:
                row.is_hidden = is_hidden
            return _property_of(row)

    def forget(self, site_id: int, kind: Kind, text: str) -> None:
        """Take a name or key out, which makes room for another; raises NotFound. Events keep what they have."""
        with self._database.session() as session:
            row = session.get(_TABLES[kind], (site_id, text))
            if row is None:
                raise NotFound(f"The registry of this site has no such {kind}; it may have been deleted already.")
            session.delete(row)
        self.known.forget(site_id, kind, text)

    def write_down(self) -> int:
        """Keep what intake has seen for the first time since; returns how much that was."""
        new = list(_taken(self.known))
        try:
            with self._database.session(concerns_rights=False) as session:
                sites = set(session.scalars(select(SiteRow.id).where(SiteRow.id.in_({one.site_id for one in new}))))
                for one in new:
                    if one.site_id in sites and session.get(_TABLES[one.kind], (one.site_id, one.text)) is None:
                        session.add(_row_of(one))
        except Exception:
            self.known.new.extendleft(reversed(new))
            raise
        return len(new)

    def _all(self) -> list[tuple[int, Kind, str]]:
        with self._database.reading() as session:
            names = session.execute(select(EventNameRow.site_id, EventNameRow.name))
            keys = session.execute(select(EventPropertyRow.site_id, EventPropertyRow.key))
            return [
                *((site_id, Kind.NAME, name) for site_id, name in names),
                *((site_id, Kind.KEY, key) for site_id, key in keys),
            ]

    def _check_room(self, session: Session, site_id: int, kind: Kind, text: str) -> None:
        if not 0 < len(text) <= _MAX_TEXT_LENGTH:
            raise InvalidInput(f"Enter a {kind}, at most {_MAX_TEXT_LENGTH} characters.", field=kind.value)
        table = _TABLES[kind]
        count = session.scalars(select(func.count()).select_from(table).where(table.site_id == site_id)).one()
        if count >= self.known.most[kind]:
            raise InvalidInput(f"The registry of this site is full; delete a {kind} to add another.", field=kind.value)


_TABLES: dict[Kind, type[EventNameRow] | type[EventPropertyRow]] = {
    Kind.NAME: EventNameRow,
    Kind.KEY: EventPropertyRow,
}


def _taken(known: KnownNames) -> Iterator[Sighting]:
    while known.new:
        yield known.new.popleft()


def _row_of(one: Sighting) -> EventNameRow | EventPropertyRow:
    if one.kind is Kind.NAME:
        return EventNameRow(site_id=one.site_id, name=one.text, description="", first_seen_ms=one.at_ms)
    return EventPropertyRow(
        site_id=one.site_id, key=one.text, display_name="", is_hidden=False, first_seen_ms=one.at_ms
    )


def _property_of(row: EventPropertyRow) -> RegisteredProperty:
    return RegisteredProperty(row.key, row.display_name, row.is_hidden, row.first_seen_ms)


def _free_display_name(session: Session, site_id: int, key: str, name: str) -> str:
    """The name itself, if no other property of the site goes by it."""
    if len(name) > _MAX_TEXT_LENGTH:
        raise InvalidInput(
            Phrase("A display name has {most} characters at most.", most=_MAX_TEXT_LENGTH), field="display_name"
        )
    others = select(EventPropertyRow).where(EventPropertyRow.site_id == site_id, EventPropertyRow.key != key)
    if name and any(name in (row.key, row.display_name) for row in session.scalars(others)):
        raise Conflict("Another property of this site has that name.", field="display_name")
    return "" if name == key else name


def with_allowed(site: Site, key: str, is_allowed: bool) -> list[str]:
    """The site's option ``custom_properties`` with this key in it, or without."""
    others = [one for one in site.custom_properties if one != key]
    return [*others, key] if is_allowed else others
