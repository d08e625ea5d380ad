"""How many views teams had in each calendar month of UTC, and what else of their plan they use.

A view is a stored event named ``pageview``, counted in the month of its own time: what an import brings of last year is
no view of this month. It counts for the team that has the site when it is counted.
"""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from footfall.domain.plans import WARNED_PERCENT, Month, Plan, plan_of
from footfall.metadata import Clock, Database
from footfall.metadata.plan_limits import people_of, sites_of
from footfall.metadata.tables import MonthlyViewsRow, SiteRow, TeamRow


class MonthOfViews(msgspec.Struct, frozen=True):
    """A month as 2026-11, and how many views it had."""

    month: str
    views: int


class TeamUsage(msgspec.Struct, frozen=True):
    """What a team uses of its plan; ``months`` are the newest first, beginning with this one."""

    plan: Plan
    views: int
    sites: int
    people: int
    months: tuple[MonthOfViews, ...]

    @property
    def percent(self) -> int:
        """Of this month's views that are used up, rounded down; 0 without a limit."""
        return percent_of(self.views, self.plan)

    @property
    def is_nearly_used_up(self) -> bool:
        """Whether the team should be told."""
        return self.percent >= WARNED_PERCENT


def percent_of(views: int, plan: Plan) -> int:
    """How much of the plan's monthly views these are, rounded down; 0 without a limit."""
    return 100 * views // plan.monthly_views if plan.monthly_views else 0


class Usage:
    """Reads and writes the table of monthly views."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self._database = database
        self._clock = clock

    def of_team(self, team_id: int) -> TeamUsage:
        """What one team uses."""
        month = Month.at(self._clock())
        query = select(MonthlyViewsRow.month, func.sum(MonthlyViewsRow.views)).where(MonthlyViewsRow.team_id == team_id)
        with self._database.reading() as session:
            plan = plan_of(session.scalar(select(TeamRow.plan).where(TeamRow.id == team_id)))
            views = {int(number): int(total) for number, total in session.execute(query.group_by("month"))}
            sites, people = session.scalars(sites_of(team_id)).one(), session.scalars(people_of(team_id)).one()
        numbers = sorted({month.number, *(number for number in views if number < month.number)}, reverse=True)
        months = tuple(MonthOfViews(Month.numbered(number).name, views.get(number, 0)) for number in numbers)
        return TeamUsage(plan, views.get(month.number, 0), sites, people, months)

    def views_by_team(self, month: Month) -> dict[int, int]:
        """How many views each team had in a month."""
        query = select(MonthlyViewsRow.team_id, func.sum(MonthlyViewsRow.views)).group_by(MonthlyViewsRow.team_id)
        with self._database.reading() as session:
            found = session.execute(query.where(MonthlyViewsRow.month == month.number))
            return {team_id: int(views) for team_id, views in found}

    def write_down(self, month: Month, counted: Mapping[int, int], *, again: bool = False) -> None:
        """Keep what was counted, by site.

        A number that is known never falls: whoever deletes events or a site has used them all the same. With
        ``again`` it becomes what the store holds, for a table that was damaged or left behind.
        """
        with self._database.session() as session:
            teams = _teams(session)
            known = {row.site_id: row for row in session.scalars(_of_month(month))}
            for site_id in known.keys() | counted.keys():
                team_id = teams.get(site_id)
                if team_id is None:
                    continue  # deleted, or nobody owns the install yet
                row = known.get(site_id)
                views = counted.get(site_id, 0)
                if row is None:
                    session.add(MonthlyViewsRow(site_id=site_id, month=month.number, team_id=team_id, views=views))
                else:
                    row.team_id, row.views = team_id, views if again else max(views, row.views)


def _teams(session: Session) -> dict[int, int]:
    query = select(SiteRow.id, SiteRow.team_id).where(SiteRow.team_id.is_not(None))
    return {site_id: team_id for site_id, team_id in session.execute(query) if team_id is not None}


def _of_month(month: Month) -> Select[MonthlyViewsRow]:
    return select(MonthlyViewsRow).where(MonthlyViewsRow.month == month.number)
