"""The page of one team, shown after whatever was asked of it, and who may ask what of a team."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Membership, Place, Teams, User
from footfall.domain.roles import GIVES, RIGHTS, Right, Role
from footfall.errors import FootfallError, NotAllowed, NotFound
from footfall.plans import TeamUsage
from footfall.sites import SiteDirectory
from footfall.web.guard import Guard, to_second_factor
from footfall.web.inviting import Inviting, role_choices


class TeamAccess:
    """Give its attributes to ``Depends``: they answer the team in the URL, to those of its members who may ask.

    Who needs a second factor first is led to set one up.
    """

    def __init__(self, teams: Teams, guard: Guard) -> None:
        signed_in = Depends(guard.user)

        def member(request: Request, user: Annotated[User, signed_in], public_id: str) -> Membership:
            mine = teams.membership(user.id, public_id)
            if mine.is_held_back:
                raise to_second_factor(request)
            return mine

        def manager(mine: Annotated[Membership, Depends(member)]) -> Membership:
            if not GIVES[mine.role]:
                raise NotAllowed("Only an owner or admin of the team may do this; ask one to do so.")
            return mine

        def owner(mine: Annotated[Membership, Depends(member)]) -> Membership:
            if mine.role is not Role.OWNER:
                raise NotAllowed("Only an owner of the team may do this; ask one to do so.")
            return mine

        self.signed_in = signed_in
        self.member, self.manager, self.owner = Depends(member), Depends(manager), Depends(owner)


class TeamPage:
    """Shows the page of a team after whatever was asked of it."""

    def __init__(
        self,
        teams: Teams,
        sites: SiteDirectory,
        inviting: Inviting,
        templates: Jinja2Templates,
        usage_of: Callable[[int], TeamUsage] | None = None,
    ) -> None:
        """``usage_of`` tells what a team uses of its plan; None: teams have no plans here."""
        self._usage_of = usage_of
        self._teams = teams
        self._sites = sites
        self._inviting = inviting
        self._templates = templates

    def show(
        self, request: Request, user: User, mine: Membership, error: FootfallError | None = None, **extra: Any
    ) -> Response:
        """Show it, with what went wrong in ``extra["form"]`` if something did."""
        team, may_invite = mine.team, bool(GIVES[mine.role])
        members = self._teams.members(team.id)
        others = [each.team for each in self._teams.of_user(user.id) if may_add_sites(each) and each.team != team]
        context = {
            "team": team,
            "role": mine.role,
            "members": members,
            "without_factor": [one.email for one in members if not one.has_second_factor],
            "invitations": self._inviting.invitations.open_at(Place(team_id=team.id)) if may_invite else [],
            "sites": self._sites.of_team(team.id),
            "gives": set(GIVES[mine.role]),
            "choices": role_choices(mine.role),
            "may_invite": may_invite,
            "usage": self._usage_of(team.id) if self._usage_of else None,
            "owns": mine.role is Role.OWNER,
            "other_teams": others if mine.role is Role.OWNER else [],
            "error": error,
            "form": "",
            "invited": None,
            "typed": {"email": "", "role": Role.VIEWER.value},
        }
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "teams/team.html", context | extra, status)

    def tried(self, request: Request, user: User, mine: Membership, form: str, change: Callable[[], None]) -> Response:
        """Make a change and lead back to the page, or show it with what went wrong."""
        try:
            change()
        except (NotAllowed, NotFound):
            raise
        except FootfallError as error:
            return self.show(request, user, mine, error, form=form)
        self._sites.refresh()  # what somebody may no more ends now, and not within the second
        return RedirectResponse(f"/teams/{mine.team.public_id}?saved={form}#{form}", 303)


def may_add_sites(membership: Membership) -> bool:
    """Tell whether a member may put sites into the team."""
    return Right.MANAGE in RIGHTS[membership.role] and not membership.is_held_back
