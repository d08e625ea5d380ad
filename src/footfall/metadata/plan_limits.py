"""What a team's plan leaves no room for, refused in the transaction that would add it: one row a kind of change.

A hook as that of the audit log: a page, an operation or a command that forgets to ask must not be possible. What a team
has already stays when it goes to a smaller plan; only more of it is refused.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from sqlalchemy import Select, event, func, inspect, select, union
from sqlalchemy.orm import Session

from footfall.domain.plans import FREE, FREE_TEAMS, Plan, plan_of
from footfall.errors import PlanLimit
from footfall.metadata.audit import AuditedSession
from footfall.metadata.tables import (
    ApiKeyRow,
    InvitationRow,
    SiteMemberRow,
    SiteRow,
    Table,
    TeamMemberRow,
    TeamRow,
)
from footfall.texts import Phrase, counted

HAS_PLANS = "has_plans"
"""Under this name a unit of work is told whether teams have plans."""


class Limited(NamedTuple):
    """A kind of change: the columns it is about, whose team it concerns, and what refuses it."""

    row: type[Table]
    columns: tuple[str, ...]
    """Asked when one of them gets another value; a new row is asked about in any case."""
    team_of: Callable[[Session, Any], int | None]
    require: Callable[[Session, TeamRow, Plan, Any], None]


def plan_of_team(session: Session, team_id: int) -> Plan:
    """The plan of a team on an install with plans."""
    return plan_of(session.scalar(select(TeamRow.plan).where(TeamRow.id == team_id)))


def people_of(team_id: int) -> Select[Any]:
    """Ask for how many people a team has: its members and the guests of its sites, each once."""
    guests = select(SiteMemberRow.user_id).join(SiteRow, SiteRow.id == SiteMemberRow.site_id)
    members = select(TeamMemberRow.user_id).where(TeamMemberRow.team_id == team_id)
    everybody = union(members, guests.where(SiteRow.team_id == team_id)).subquery()
    return select(func.count()).select_from(everybody)


def sites_of(team_id: int) -> Select[Any]:
    """Ask for how many sites a team has."""
    return select(func.count()).select_from(SiteRow).where(SiteRow.team_id == team_id)


def sites_with_api(session: Session, site_ids: Iterable[int]) -> frozenset[int]:
    """Those of the sites whose team has the API; all of them where there are no plans."""
    asked = select(SiteRow.id, TeamRow.plan).join(TeamRow, TeamRow.id == SiteRow.team_id, isouter=True)
    found = session.execute(asked.where(SiteRow.id.in_(list(site_ids))))
    return frozenset(site_id for site_id, plan in found if plan_of(plan).has_api)


def _team_of_row(_session: Session, row: Any) -> int | None:
    team_id: int | None = row.team_id
    return team_id


def _team_of_site(session: Session, row: Any) -> int | None:
    return session.scalar(select(SiteRow.team_id).where(SiteRow.id == row.site_id))


def _team_of_place(session: Session, row: Any) -> int | None:
    return _team_of_row(session, row) or _team_of_site(session, row)


def _require_site(session: Session, team: TeamRow, plan: Plan, _row: Any) -> None:
    if plan.sites is not None and session.scalars(sites_of(team.id)).one() >= plan.sites:
        raise PlanLimit(
            counted(
                "The plan {plan} of {team} has room for one site; choose another plan.",
                "The plan {plan} of {team} has room for {count} sites; choose another plan.",
                plan.sites,
                plan=plan.title,
                team=team.name,
            )
        )


def _require_custom_domain(_session: Session, team: TeamRow, plan: Plan, row: Any) -> None:
    if row.custom_domain and not plan.has_custom_domain:
        text = Phrase(
            "The plan {plan} of {team} has no domains of one's own; choose another plan.",
            plan=plan.title,
            team=team.name,
        )
        raise PlanLimit(text, field="custom_domain")


def _require_api(_session: Session, team: TeamRow, plan: Plan, _row: Any) -> None:
    if not plan.has_api:
        raise PlanLimit(
            Phrase("The plan {plan} of {team} has no API; choose another plan.", plan=plan.title, team=team.name)
        )


def _require_place(session: Session, team: TeamRow, plan: Plan, row: Any) -> None:
    known = session.scalars(people_of(team.id)).one()
    if plan.people is not None and known >= plan.people and not _is_known(session, team.id, row.user_id):
        raise _no_place(team, plan)
    if isinstance(row, TeamMemberRow) and row.role == "owner" and plan is FREE:
        _require_few_free_teams(session, row)


def _require_place_to_offer(session: Session, team: TeamRow, plan: Plan, _row: Any) -> None:
    if plan.people is None:
        return
    sites = select(SiteRow.id).where(SiteRow.team_id == team.id)
    offers = select(func.count()).where(
        (InvitationRow.team_id == team.id) | InvitationRow.site_id.in_(sites),
        InvitationRow.expires_ms > session.info["clock"](),
    )
    if session.scalars(people_of(team.id)).one() + session.scalars(offers).one() >= plan.people:
        raise _no_place(team, plan)


def _require_few_free_teams(session: Session, row: Any) -> None:
    owned = (
        select(TeamRow.plan)
        .join(TeamMemberRow, TeamMemberRow.team_id == TeamRow.id)
        .where(
            TeamMemberRow.user_id == row.user_id, TeamMemberRow.role == "owner", TeamMemberRow.team_id != row.team_id
        )
    )
    if sum(plan_of(key) is FREE for key in session.scalars(owned)) >= FREE_TEAMS:
        raise PlanLimit(
            Phrase("You own a team with the plan {plan} already; choose another plan for it first.", plan=FREE.title)
        )


def _is_known(session: Session, team_id: int, user_id: int) -> bool:
    in_team = select(TeamMemberRow.user_id).where(TeamMemberRow.team_id == team_id, TeamMemberRow.user_id == user_id)
    guest = select(SiteMemberRow.user_id).join(SiteRow, SiteRow.id == SiteMemberRow.site_id)
    guest = guest.where(SiteRow.team_id == team_id, SiteMemberRow.user_id == user_id)
    return session.scalar(union(in_team, guest)) is not None


def _no_place(team: TeamRow, plan: Plan) -> PlanLimit:
    return PlanLimit(
        counted(
            "The plan {plan} of {team} has room for its owner alone; choose another plan.",
            "The plan {plan} of {team} has room for {count} people; choose another plan.",
            plan.people or 0,
            plan=plan.title,
            team=team.name,
        )
    )


LIMITED: tuple[Limited, ...] = (
    Limited(SiteRow, ("team_id",), _team_of_row, _require_site),
    Limited(SiteRow, ("custom_domain",), _team_of_row, _require_custom_domain),
    Limited(TeamMemberRow, (), _team_of_row, _require_place),
    Limited(SiteMemberRow, (), _team_of_site, _require_place),
    Limited(InvitationRow, (), _team_of_place, _require_place_to_offer),
    Limited(ApiKeyRow, (), _team_of_site, _require_api),
)


@event.listens_for(AuditedSession, "before_flush")
def _refuse(session: Session, _context: Any, _instances: Any) -> None:
    if not session.info[HAS_PLANS]:
        return
    for row, limited in _asked(session):
        team_id = limited.team_of(session, row)
        # Locked where the database lets others write meanwhile: two at once must not both find the last room.
        team = session.get(TeamRow, team_id, with_for_update=True) if team_id is not None else None
        if team is not None:  # without one it is the key of a person, or a site of an install that nobody owns yet
            limited.require(session, team, plan_of(team.plan), row)


def _asked(session: Session) -> Iterator[tuple[Any, Limited]]:
    for row in [*session.new, *session.dirty]:
        for limited in LIMITED:
            if type(row) is limited.row and (row in session.new or _is_changed(row, limited.columns)):
                yield row, limited


def _is_changed(row: Any, columns: tuple[str, ...]) -> bool:
    return any(inspect(row).attrs[name].history.has_changes() for name in columns)
