"""Teams: who belongs to them, and what their members may change about each other."""

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from footfall.domain.roles import GIVES, Role
from footfall.errors import Conflict, InvalidInput, NotAllowed, NotFound
from footfall.metadata import Clock, Database, event_entry, mark_changed
from footfall.metadata.membership import MAX_TEAM_NAME_LENGTH, new_public_id, with_second_factor
from footfall.metadata.tables import InvitationRow, SiteRow, TeamMemberRow, TeamRow, UserRow
from footfall.texts import Phrase


class Team(msgspec.Struct, frozen=True):
    """People who share sites."""

    id: int
    public_id: str
    name: str
    requires_second_factor: bool  # of whoever wants to see its sites


class Membership(msgspec.Struct, frozen=True):
    """A team as one of its members sees it."""

    team: Team
    role: Role
    is_held_back: bool = False
    """The team asks for a second factor, and this member has none."""


class Member(msgspec.Struct, frozen=True):
    """Somebody in a team."""

    user_id: int
    email: str
    role: Role
    has_second_factor: bool


class Teams:
    """All teams of this install. Whose role changes may do what, ``GIVES`` says."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_user(self, user_id: int) -> list[Membership]:
        """List a person's teams by name."""
        query = (
            select(TeamRow, TeamMemberRow.role, TeamMemberRow.user_id.in_(with_second_factor()))
            .join(TeamMemberRow, TeamMemberRow.team_id == TeamRow.id)
            .where(TeamMemberRow.user_id == user_id)
            .order_by(func.lower(TeamRow.name), TeamRow.id)
        )
        with self._database.reading() as session:
            return [
                Membership(_team(row), Role(role), row.requires_second_factor and not has_factor)
                for row, role, has_factor in session.execute(query)
            ]

    def membership(self, user_id: int, public_id: str) -> Membership:
        """Find one of a person's teams; raises NotFound for others, be they there or not."""
        for each in self.of_user(user_id):
            if each.team.public_id == public_id:
                return each
        raise NotFound("There is no such team, or you are not a member of it.")

    def members(self, team_id: int) -> list[Member]:
        """List who belongs to a team, by address."""
        query = (
            select(UserRow.id, UserRow.email, TeamMemberRow.role, UserRow.id.in_(with_second_factor()))
            .join(TeamMemberRow, TeamMemberRow.user_id == UserRow.id)
            .where(TeamMemberRow.team_id == team_id)
            .order_by(UserRow.email)
        )
        with self._database.reading() as session:
            return [
                Member(user_id, email, Role(role), bool(has_factor))
                for user_id, email, role, has_factor in session.execute(query)
            ]

    def create(self, name: str, owner_id: int) -> Team:
        """Make a team; raises InvalidInput for a name that is none."""
        row = TeamRow(
            public_id=new_public_id(),
            name=_checked_name(name),
            requires_second_factor=False,
            created_ms=self._clock(),
            warned_month=0,
        )
        with self._database.session() as session:
            session.add(row)
            session.flush()
            session.add(TeamMemberRow(team_id=row.id, user_id=owner_id, role=Role.OWNER.value))
        return _team(row)

    def rename(self, team_id: int, name: str) -> None:
        """Call a team something else; raises InvalidInput for a name that is none."""
        with self._database.session() as session:
            session.execute(update(TeamRow).where(TeamRow.id == team_id).values(name=_checked_name(name)))

    def require_second_factor(self, team_id: int, *, is_required: bool) -> None:
        """Let only members with a second factor see the team's sites from now on, or all of them again."""
        with self._database.session() as session:
            row = session.get_one(TeamRow, team_id)
            if row.requires_second_factor == is_required:
                return
            row.requires_second_factor = is_required
            action = "second factor required" if is_required else "second factor not required"
            session.add(event_entry(self._clock(), action, None, team_id, {}, team_id))
            mark_changed(session)

    def change_role(self, team_id: int, giver: Role, user_id: int, role: Role) -> None:
        """Give a member another role, as somebody whose own is ``giver``.

        Raises NotAllowed where that role may not, Conflict where no owner would be left, NotFound for strangers.
        """
        with self._database.session() as session:
            row = _member(session, team_id, user_id)
            _require_gift(giver, Role(row.role), role)
            if role is not Role.OWNER:
                _require_another_owner(session, row)
            row.role = role.value
            mark_changed(session)

    def remove(self, team_id: int, giver: Role, user_id: int) -> None:
        """Take a member out of a team, as somebody whose own role is ``giver``; raises as ``change_role``."""
        with self._database.session() as session:
            row = _member(session, team_id, user_id)
            _require_gift(giver, Role(row.role))
            _remove(session, row)

    def leave(self, team_id: int, user_id: int) -> None:
        """Go; raises Conflict for the only owner."""
        with self._database.session() as session:
            _remove(session, _member(session, team_id, user_id))

    def held_by(self, user_id: int) -> tuple[list[Team], list[Team]]:
        """The teams a person is alone in, and those whose only owner they are while others belong to them."""
        alone, needed = [], []
        for each in self.of_user(user_id):
            others = [member for member in self.members(each.team.id) if member.user_id != user_id]
            if not others:
                alone.append(each.team)
            elif each.role is Role.OWNER and not any(member.role is Role.OWNER for member in others):
                needed.append(each.team)
        return alone, needed

    def delete(self, team_id: int) -> None:
        """Delete a team that has no site; raises Conflict for one that has."""
        with self._database.session() as session:
            if session.scalar(select(func.count()).where(SiteRow.team_id == team_id)):
                raise Conflict("This team still has sites; move them to another team, or delete them.")
            session.execute(delete(TeamRow).where(TeamRow.id == team_id))
            mark_changed(session)


def _team(row: TeamRow) -> Team:
    return Team(row.id, row.public_id, row.name, row.requires_second_factor)


def _checked_name(name: str) -> str:
    words = " ".join(name.split())
    if not words or len(words) > MAX_TEAM_NAME_LENGTH or not words.isprintable():
        raise InvalidInput(
            Phrase("A team needs a name of at most {most} characters.", most=MAX_TEAM_NAME_LENGTH), field="name"
        )
    return words


def _member(session: Session, team_id: int, user_id: int) -> TeamMemberRow:
    row = session.get(TeamMemberRow, (team_id, user_id))
    if row is None:
        raise NotFound("This team has no such member; they may have left.")
    return row


def _require_gift(giver: Role, *roles: Role) -> None:
    if not set(roles) <= set(GIVES[giver]):
        raise NotAllowed("Only an owner of the team may do this; ask one to do so.")


def _require_another_owner(session: Session, row: TeamMemberRow) -> None:
    others = select(func.count()).where(
        TeamMemberRow.team_id == row.team_id,
        TeamMemberRow.user_id != row.user_id,
        TeamMemberRow.role == Role.OWNER.value,
    )
    if row.role == Role.OWNER.value and not session.scalar(others):
        raise Conflict("A team needs an owner; make somebody else one first.")


def _remove(session: Session, row: TeamMemberRow) -> None:
    _require_another_owner(session, row)
    session.delete(row)
    # What this person has offered to others ends with the right to offer it.
    mine = InvitationRow.team_id == row.team_id
    session.execute(delete(InvitationRow).where(mine, InvitationRow.invited_by == row.user_id))
    mark_changed(session)
