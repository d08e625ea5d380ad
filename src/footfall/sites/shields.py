"""Shields: what the owner of a site keeps out of its figures. Addresses are kept as keyed hashes only."""

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.exc import IntegrityError

from footfall.errors import InvalidInput, NotFound
from footfall.identity import NetworkNames
from footfall.metadata import Clock, Database, mark_changed
from footfall.metadata.tables import ShieldRow
from footfall.sites.directory import SiteDirectory
from footfall.sites.shield_kinds import ShieldKind, checked_label, kept
from footfall.texts import Phrase

MAX_OF_A_KIND = 100  # each costs every event of the site a look


class Shield(msgspec.Struct, frozen=True):
    """One shield; ``hint`` is the code or pattern, or a network with its end masked."""

    id: int
    kind: ShieldKind
    hint: str
    label: str


class SiteShields:
    """The shields of all sites; intake finds them on the sites of ``sites``."""

    def __init__(self, database: Database, clock: Clock, sites: SiteDirectory, names: NetworkNames) -> None:
        self._database = database
        self._clock = clock
        self._sites = sites
        self._names = names

    def of_site(self, site_id: int) -> list[Shield]:
        """List the shields of a site in the order they were added."""
        query = select(ShieldRow).where(ShieldRow.site_id == site_id).order_by(ShieldRow.id)
        with self._database.reading() as session:
            return [_shield_of(row) for row in session.scalars(query)]

    def add(self, site_id: int, kind: ShieldKind, value: str, label: str = "") -> Shield:
        """Return the shield that says this, making it if need be; raises InvalidInput."""
        value, hint, prefix_bits = kept(kind, value, site_id, self._names)
        row = ShieldRow(
            site_id=site_id,
            kind=kind.value,
            value=value,
            prefix_bits=prefix_bits,
            hint=hint,
            label=checked_label(label),
            created_ms=self._clock(),
        )
        existing = self._find(row)
        return existing or self._insert(row)

    def delete(self, site_id: int, shield_id: int) -> None:
        """Delete a shield of the site; raises NotFound where the site has none such."""
        with self._database.session() as session:
            row = session.get(ShieldRow, shield_id)
            if row is None or row.site_id != site_id:
                raise NotFound("This site has no such shield; it may have been deleted already.")
            session.delete(row)
            mark_changed(session)
        self._sites.refresh()

    def _insert(self, row: ShieldRow) -> Shield:
        try:
            with self._database.session() as session:
                if (session.scalar(_number_of(row)) or 0) >= MAX_OF_A_KIND:
                    raise InvalidInput(
                        Phrase("A site has at most {most} shields of a kind; use wider ones.", most=MAX_OF_A_KIND)
                    )
                session.add(row)
                mark_changed(session)
        except IntegrityError:
            existing = self._find(row)  # added by another in the meantime
            if existing is None:
                raise NotFound("This site does not exist; it may have been deleted.") from None
            return existing
        self._sites.refresh()
        return _shield_of(row)

    def _find(self, row: ShieldRow) -> Shield | None:
        query = select(ShieldRow).where(
            ShieldRow.site_id == row.site_id, ShieldRow.kind == row.kind, ShieldRow.value == row.value
        )
        with self._database.reading() as session:
            found = session.scalar(query)
        return _shield_of(found) if found else None


def _number_of(row: ShieldRow) -> Select[int]:
    return select(func.count()).where(ShieldRow.site_id == row.site_id, ShieldRow.kind == row.kind)


def _shield_of(row: ShieldRow) -> Shield:
    return Shield(row.id, ShieldKind(row.kind), row.hint, row.label)
