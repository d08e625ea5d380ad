"""All sites in memory: what intake looks a site up in, thousands of times a second."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import select
from sqlalchemy.orm import Session

from footfall.domain import Shields, Site
from footfall.metadata.tables import SiteMemberRow, SiteRow
from footfall.sites.shield_table import shields_by_site

COLUMNS = tuple(name for name in Site.__struct_fields__ if name != "shields")  # which have a table of their own


class Role(StrEnum):
    """What a member may do with a site."""

    OWNER = "owner"  # everything
    VIEWER = "viewer"  # see reports


class Snapshot(msgspec.Struct, frozen=True):
    """The sites and their members as they were at one moment."""

    by_id: Mapping[int, Site]
    by_public_id: Mapping[str, Site]
    by_domain: Mapping[str, Site]
    roles: Mapping[int, Mapping[int, Role]]  # user → site → role


def take_snapshot(session: Session) -> Snapshot:
    """Read every site, its shields and its members."""
    shields = shields_by_site(session)
    sites = [site_of(row, shields.get(row.id)) for row in session.scalars(select(SiteRow).order_by(SiteRow.domain))]
    roles: dict[int, dict[int, Role]] = {}
    for member in session.scalars(select(SiteMemberRow)):
        roles.setdefault(member.user_id, {})[member.site_id] = Role(member.role)
    return Snapshot(
        by_id={site.id: site for site in sites},
        by_public_id={site.public_id: site for site in sites},
        by_domain={site.domain: site for site in sites},
        roles=roles,
    )


def site_of(row: SiteRow, shields: Shields | None = None) -> Site:
    """Make the value of a row."""
    columns: dict[str, Any] = {name: getattr(row, name) for name in COLUMNS}
    return msgspec.structs.replace(msgspec.convert(columns, Site), shields=shields)
