"""All sites in memory: what intake looks a site up in, thousands of times a second."""

from collections.abc import Mapping
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from footfall.domain import Shields, Site
from footfall.domain.roles import Role, highest
from footfall.metadata.membership import site_roles, with_second_factor
from footfall.metadata.tables import SiteRow, TeamRow
from footfall.sites.shield_table import shields_by_site

COLUMNS = tuple(name for name in Site.__struct_fields__ if name != "shields")  # which have a table of their own


class Snapshot(msgspec.Struct, frozen=True):
    """The sites and their members as they were at one moment."""

    by_id: Mapping[int, Site]
    by_public_id: Mapping[str, Site]
    by_domain: Mapping[str, Site]
    by_previous_domain: Mapping[str, Site]  # of each domain, the site that had it last
    by_custom_domain: Mapping[str, Site]
    roles: Mapping[int, Mapping[int, Role]]  # user → site → role, by their team or as a guest
    held_back: Mapping[int, frozenset[int]]  # user → sites whose team asks for a second factor this user lacks
    teams: Mapping[int, int]  # site → team
    secured: frozenset[int] | None  # users with a second factor, where everybody needs one; None: not everybody does


def take_snapshot(session: Session, *, asks_everybody: bool = False) -> Snapshot:
    """Read every site, its shields and its members; ``asks_everybody``: every team asks for a second factor."""
    shields = shields_by_site(session)
    rows = session.scalars(select(SiteRow).order_by(SiteRow.domain)).all()
    sites = [site_of(row, shields.get(row.id)) for row in rows]
    roles: dict[int, dict[int, Role]] = {}
    for user_id, site_id, name in session.execute(site_roles()):
        mine, role = roles.setdefault(user_id, {}), Role(name)
        mine[site_id] = highest((role, mine.get(site_id, role)))
    return Snapshot(
        by_id={site.id: site for site in sites},
        by_public_id={site.public_id: site for site in sites},
        by_domain={site.domain: site for site in sites},
        by_previous_domain={
            site.previous_domain: site for site in sorted(sites, key=_domain_changed_ms) if site.previous_domain
        },
        by_custom_domain={site.custom_domain: site for site in sites if site.custom_domain},
        roles=roles,
        held_back=_held_back(session, roles, asks_everybody=asks_everybody),
        secured=frozenset(session.scalars(with_second_factor())) if asks_everybody else None,
        teams={row.id: row.team_id for row in rows if row.team_id is not None},
    )


def _domain_changed_ms(site: Site) -> int:
    return site.domain_changed_ms


def _held_back(
    session: Session, roles: Mapping[int, Mapping[int, Role]], *, asks_everybody: bool
) -> dict[int, frozenset[int]]:
    guarded = select(SiteRow.id)
    if not asks_everybody:
        guarded = guarded.join(TeamRow, SiteRow.team_id == TeamRow.id).where(TeamRow.requires_second_factor)
    site_ids = frozenset(session.scalars(guarded))
    if not site_ids:
        return {}
    secured = set(session.scalars(with_second_factor()))
    return {user_id: site_ids.intersection(mine) for user_id, mine in roles.items() if user_id not in secured}


def site_of(row: SiteRow, shields: Shields | None = None) -> Site:
    """Make the value of a row."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    return msgspec.structs.replace(msgspec.convert(columns, Site), shields=shields)
