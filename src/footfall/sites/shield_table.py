"""The shields of all sites as intake checks them, made of their rows."""

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from footfall.domain import Shields
from footfall.metadata.tables import ShieldRow
from footfall.sites.patterns import matcher
from footfall.sites.shield_kinds import ShieldKind


def shields_by_site(session: Session) -> dict[int, Shields]:
    """Read the shields of every site that has any."""
    rows: dict[int, list[ShieldRow]] = defaultdict(list)
    for row in session.scalars(select(ShieldRow).order_by(ShieldRow.id)):
        rows[row.site_id].append(row)
    return {site_id: _shields(of_site) for site_id, of_site in rows.items()}


def _shields(rows: Iterable[ShieldRow]) -> Shields:
    values: dict[str, list[str]] = defaultdict(list)
    networks: dict[int, set[bytes]] = defaultdict(set)
    for row in rows:
        if row.kind == ShieldKind.ADDRESS:
            networks[row.prefix_bits].add(bytes.fromhex(row.value))
        else:
            values[row.kind].append(row.value)
    return Shields(
        networks={bits: frozenset(names) for bits, names in networks.items()},
        countries=frozenset(values[ShieldKind.COUNTRY]),
        pages=matcher(values[ShieldKind.PAGE]),
        # A host has no segments: one star reaches as far as two.
        hostnames=matcher(pattern.replace("*", "**") for pattern in values[ShieldKind.HOSTNAME]),
    )
