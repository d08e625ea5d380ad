"""Which plan each team has, and giving it another."""

from typing import NamedTuple

import msgspec
from sqlalchemy import func, select

from footfall.domain.plans import PLANS, Plan, plan_of
from footfall.errors import InvalidInput, NotFound
from footfall.metadata import Database
from footfall.metadata.tables import SiteRow, TeamMemberRow, TeamRow, UserRow
from footfall.texts import Phrase


class ListedTeam(msgspec.Struct, frozen=True):
    """A team as the owner of the install sees it in a list."""

    id: int
    public_id: str
    name: str
    plan: Plan
    owners: tuple[str, ...]


class Owner(NamedTuple):
    """Who is written to, and in which language; empty where they have chosen none."""

    email: str
    language: str


class TeamPlans:
    """The plans of this install; raises NotFound where it has none."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def require_plans(self) -> None:
        """Refuse what makes no sense without plans."""
        if not self._database.has_plans:
            raise NotFound("Teams have no plans here; FOOTFALL_PLANS=hosted gives them some.")

    def all(self) -> list[ListedTeam]:
        """List every team by name."""
        owners = (
            select(TeamMemberRow.team_id, UserRow.email)
            .join(UserRow, UserRow.id == TeamMemberRow.user_id)
            .where(TeamMemberRow.role == "owner")
            .order_by(UserRow.email)
        )
        with self._database.reading() as session:
            emails = [(team_id, email) for team_id, email in session.execute(owners)]
            rows = session.scalars(select(TeamRow).order_by(func.lower(TeamRow.name), TeamRow.id))
            return [
                ListedTeam(
                    row.id,
                    row.public_id,
                    row.name,
                    plan_of(row.plan),
                    tuple(email for team_id, email in emails if team_id == row.id),
                )
                for row in rows
            ]

    def give(self, public_id: str, key: str) -> Plan:
        """Give a team another plan; what it has beyond that stays. Raises InvalidInput, NotFound for no such team."""
        self.require_plans()
        if key not in PLANS:
            raise InvalidInput(Phrase("A plan is one of {plans}.", plans=", ".join(PLANS)), field="plan")
        with self._database.session() as session:
            row = session.scalar(select(TeamRow).where(TeamRow.public_id == public_id))
            if row is None:
                raise NotFound("There is no such team; it may have been deleted.")
            row.plan = key
        return PLANS[key]

    def by_team(self) -> dict[int, tuple[str, Plan]]:
        """The public id and the plan of each team."""
        query = select(TeamRow.id, TeamRow.public_id, TeamRow.plan)
        with self._database.reading() as session:
            return {team_id: (public_id, plan_of(key)) for team_id, public_id, key in session.execute(query)}

    def teams_of_sites(self) -> list[tuple[int, int | None]]:
        """Each site with its team."""
        with self._database.reading() as session:
            return [(site_id, team_id) for site_id, team_id in session.execute(select(SiteRow.id, SiteRow.team_id))]

    def note_told(self, team_id: int, month: int) -> tuple[str, tuple[Owner, ...]] | None:
        """Note that the owners of a team are told in this month; its name and its owners, None where they were."""
        with self._database.session() as session:
            row = session.get(TeamRow, team_id)
            if row is None or row.warned_month == month:
                return None
            row.warned_month = month
            owners = (
                select(UserRow.email, UserRow.language)
                .join(TeamMemberRow, TeamMemberRow.user_id == UserRow.id)
                .where(TeamMemberRow.team_id == team_id, TeamMemberRow.role == "owner")
            )
            return row.name, tuple(Owner(*found) for found in session.execute(owners.order_by(UserRow.email)))

    def note_untold(self, team_id: int) -> None:
        """Take that back: nobody could be reached."""
        with self._database.session() as session:
            row = session.get(TeamRow, team_id)
            if row is not None:
                row.warned_month = 0
