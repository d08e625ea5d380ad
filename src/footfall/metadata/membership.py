"""Who is a member of what, for the rooms of people and of sites alike: they may not ask each other."""

import secrets
import string
from typing import Any

from sqlalchemy import CompoundSelect, Select, delete, select, union_all
from sqlalchemy.orm import Session

from footfall.metadata.tables import (
    ApiKeyRow,
    InvitationRow,
    SecondFactorRow,
    SiteMemberRow,
    SiteRow,
    TeamMemberRow,
    TeamRow,
    UserRow,
)

_PUBLIC_ID_LENGTH = 12
_PUBLIC_ID_ALPHABET = string.ascii_lowercase + string.digits
MAX_TEAM_NAME_LENGTH = 80


def new_public_id() -> str:
    """Make a random id that may stand in an address."""
    return "".join(secrets.choice(_PUBLIC_ID_ALPHABET) for _ in range(_PUBLIC_ID_LENGTH))


def site_roles(user_id: int | None = None) -> CompoundSelect[Any]:
    """Ask for ``(user_id, site_id, role)`` of everybody, or of one person: twice for who is both in team and guest."""
    guests = select(SiteMemberRow.user_id, SiteMemberRow.site_id, SiteMemberRow.role)
    members = select(TeamMemberRow.user_id, SiteRow.id, TeamMemberRow.role).join(
        SiteRow, SiteRow.team_id == TeamMemberRow.team_id
    )
    if user_id is not None:
        guests = guests.where(SiteMemberRow.user_id == user_id)
        members = members.where(TeamMemberRow.user_id == user_id)
    return union_all(guests, members)


def with_second_factor() -> Select[int]:
    """Ask for the ids of all who have a second factor: whoever signs in must have shown it."""
    return select(SecondFactorRow.user_id)


def home_team(session: Session, user_id: int, now_ms: int) -> int:
    """The team a person's new sites belong to where none is named: the first they own, made where there is none."""
    owned = select(TeamMemberRow.team_id).where(TeamMemberRow.user_id == user_id, TeamMemberRow.role == "owner")
    found = session.scalar(owned.order_by(TeamMemberRow.team_id).limit(1))
    if found is not None:
        return found
    email = session.scalars(select(UserRow.email).where(UserRow.id == user_id)).one()
    team = TeamRow(
        public_id=new_public_id(),
        name=team_name_of(email),
        requires_second_factor=False,
        created_ms=now_ms,
        warned_month=0,
    )
    session.add(team)
    session.flush()
    session.add(TeamMemberRow(team_id=team.id, user_id=user_id, role="owner"))
    session.flush()
    return team.id


def hand_over(session: Session, row: SiteRow, team_id: int) -> None:
    """Put a site into another team and end what those who had it before may hold."""
    row.team_id = team_id
    session.execute(delete(ApiKeyRow).where(ApiKeyRow.site_id == row.id))
    session.execute(delete(InvitationRow).where(InvitationRow.site_id == row.id))


def team_name_of(email: str) -> str:
    """What a team is called until its owner calls it something else."""
    return email.partition("@")[0][:MAX_TEAM_NAME_LENGTH]
