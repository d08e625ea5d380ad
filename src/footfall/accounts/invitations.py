"""Invitations: offers to join a team, or one site as its guest or its new owner, by a link that works once.

Who is offered a site as its owner takes it over into a team of theirs; who gave it stays as its guest.
"""

import msgspec
from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.engine import CursorResult
from sqlalchemy.orm import Session

from footfall.accounts.tokens import digest, new_token
from footfall.accounts.users import checked_email
from footfall.domain.roles import GIVES, RIGHTS, Role, highest
from footfall.errors import Conflict, NotAllowed, NotFound
from footfall.metadata import Clock, Database, mark_changed
from footfall.metadata.audit import HOUSEKEEPING
from footfall.metadata.membership import hand_over, home_team, site_roles
from footfall.metadata.tables import InvitationRow, SiteMemberRow, SiteRow, TeamMemberRow, TeamRow, UserRow
from footfall.texts import Phrase

INVITATION_DAYS = 7
_DAY_MS = 86_400_000


class Place(msgspec.Struct, frozen=True):
    """Where somebody is invited to: a team, or one site."""

    team_id: int | None = None
    site_id: int | None = None


class Invitation(msgspec.Struct, frozen=True):
    """An open offer, without the secret of its link."""

    id: int
    email: str
    role: Role
    place: Place
    place_name: str  # of the team, or the site's domain
    invited_by: str
    expires_ms: int


class Invitations:
    """All open invitations of this install; of each link only the hash is kept."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def invite(self, place: Place, email: str, role: Role, *, giver_id: int, giver: Role) -> str:
        """Return the secret of a new link; an earlier one for the same address and place ends.

        Raises InvalidInput for what is no address, NotAllowed where ``giver`` may not give ``role``, Conflict where
        the address belongs to a member.
        """
        address = checked_email(email)
        if role not in GIVES[giver]:
            raise NotAllowed(Phrase("Your role does not let you invite as {role}; ask an owner.", role=role))
        token, now = new_token(), self._clock()
        with self._database.session() as session:
            if not _gives_site_away(place, role) and _is_member(session, place, address):
                raise Conflict(Phrase("{address} is a member already.", address=address), field="email")
            over = delete(InvitationRow).where(InvitationRow.expires_ms <= now)
            session.execute(over, execution_options=HOUSEKEEPING)
            session.execute(delete(InvitationRow).where(InvitationRow.email == address, _at(place)))
            session.add(
                InvitationRow(
                    token_hash=digest(token),
                    email=address,
                    role=role.value,
                    team_id=place.team_id,
                    site_id=place.site_id,
                    invited_by=giver_id,
                    expires_ms=now + INVITATION_DAYS * _DAY_MS,
                )
            )
        return token

    def open_at(self, place: Place) -> list[Invitation]:
        """List the open invitations to a team or site, by address."""
        with self._database.reading() as session:
            query = select(InvitationRow).where(_at(place), InvitationRow.expires_ms > self._clock())
            return [_shown(session, row) for row in session.scalars(query.order_by(InvitationRow.email))]

    def find(self, token: str) -> Invitation:
        """Tell what a link offers; raises NotFound for one that was used, withdrawn, or is over."""
        with self._database.reading() as session:
            return _shown(session, self._row(session, token))

    def accept(self, token: str, user_id: int) -> Invitation:
        """Make the user a member and end the link; who is more already stays so. Raises NotFound like ``find``."""
        with self._database.session() as session:
            row = self._row(session, token)
            invitation = _shown(session, row)
            session.delete(row)
            if _gives_site_away(invitation.place, invitation.role):
                _take_over(session, row, user_id, self._clock())
            else:
                _join(session, invitation, user_id)
            mark_changed(session)
        return invitation

    def withdraw(self, invitation_id: int, place: Place) -> None:
        """End a link; raises NotFound where the team or site has no such invitation."""
        with self._database.session() as session:
            result = session.execute(delete(InvitationRow).where(InvitationRow.id == invitation_id, _at(place)))
            if not isinstance(result, CursorResult) or result.rowcount == 0:
                raise NotFound("There is no such invitation; it may have been accepted.")

    def _row(self, session: Session, token: str) -> InvitationRow:
        row = session.scalar(select(InvitationRow).where(InvitationRow.token_hash == digest(token)))
        if row is None or row.expires_ms <= self._clock() or not _may_still_give(session, row):
            raise NotFound("This invitation was used or has ended; ask for a new one.")
        return row


def _at(place: Place) -> ColumnElement[bool]:
    if place.team_id is not None:
        return InvitationRow.team_id == place.team_id
    return InvitationRow.site_id == place.site_id


def _shown(session: Session, row: InvitationRow) -> Invitation:
    if row.team_id is not None:
        name = session.scalars(select(TeamRow.name).where(TeamRow.id == row.team_id)).one()
    else:
        name = session.scalars(select(SiteRow.domain).where(SiteRow.id == row.site_id)).one()
    giver = session.scalars(select(UserRow.email).where(UserRow.id == row.invited_by)).one()
    place = Place(row.team_id, row.site_id)
    return Invitation(row.id, row.email, Role(row.role), place, name, giver, row.expires_ms)


def _may_still_give(session: Session, row: InvitationRow) -> bool:
    """Whoever invited may have lost the right to since."""
    return any(Role(row.role) in GIVES[role] for role in _roles_at(session, row.team_id, row.site_id, row.invited_by))


def _roles_at(session: Session, team_id: int | None, site_id: int | None, user_id: int) -> list[Role]:
    if team_id is not None:
        member = session.get(TeamMemberRow, (team_id, user_id))
        return [Role(member.role)] if member else []
    return [Role(role) for _, reached, role in session.execute(site_roles(user_id)) if reached == site_id]


def _is_member(session: Session, place: Place, email: str) -> bool:
    user_id = session.scalar(select(UserRow.id).where(UserRow.email == email))
    return user_id is not None and bool(_roles_at(session, place.team_id, place.site_id, user_id))


def _gives_site_away(place: Place, role: Role) -> bool:
    return place.site_id is not None and role is Role.OWNER


def _take_over(session: Session, offer: InvitationRow, user_id: int, now_ms: int) -> None:
    site = session.get_one(SiteRow, offer.site_id)
    hand_over(session, site, home_team(session, user_id, now_ms))
    guests = delete(SiteMemberRow).where(SiteMemberRow.site_id == site.id)
    session.execute(guests.where(SiteMemberRow.user_id.in_([user_id, offer.invited_by])))
    if offer.invited_by != user_id:
        session.add(SiteMemberRow(site_id=site.id, user_id=offer.invited_by, role=Role.VIEWER.value))


def _join(session: Session, invitation: Invitation, user_id: int) -> None:
    place = invitation.place
    known = _roles_at(session, place.team_id, place.site_id, user_id)
    role = highest((invitation.role, *known))
    if place.team_id is not None:
        session.merge(TeamMemberRow(team_id=place.team_id, user_id=user_id, role=role.value))
    elif not known or len(RIGHTS[role]) > len(RIGHTS[highest(known)]):
        session.merge(SiteMemberRow(site_id=place.site_id, user_id=user_id, role=role.value))
