"""The end of one's own account, with all that goes with it."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, Teams, User
from footfall.domain import Site
from footfall.errors import Conflict, FootfallError
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.pages.account_page import AccountPage
from footfall.web.session_cookie import drop_session


class AccountEnd:
    """Deletes people with the teams that are theirs alone, and the sites of those with their events."""

    def __init__(
        self,
        accounts: Accounts,
        teams: Teams,
        sites: SiteDirectory,
        delete_site_data: Callable[[Site], Awaitable[None]],
    ) -> None:
        self._accounts = accounts
        self._teams = teams
        self._sites = sites
        self._delete_site_data = delete_site_data

    def require_deletable(self, user: User) -> None:
        """Raises Conflict for somebody whom others, or the install, cannot do without."""
        _, needed = self._teams.held_by(user.id)
        if needed:
            raise Conflict(
                Phrase(
                    "The team {team} would be left without an owner; make somebody else one first.", team=needed[0].name
                )
            )
        if self._accounts.owns_install(user.id):
            raise Conflict("This install is yours, so your account stays; somebody has to run it.")

    async def delete(self, user: User) -> None:
        """Delete them and what is theirs alone."""
        alone, _ = await run_in_threadpool(self._teams.held_by, user.id)
        for team in alone:
            for site in self._sites.of_team(team.id):
                await run_in_threadpool(self._sites.delete, site.id)
                await self._delete_site_data(site)
            await run_in_threadpool(self._teams.delete, team.id)
        await run_in_threadpool(self._accounts.delete, user.id)
        await run_in_threadpool(self._sites.refresh)


def account_end_router(*, end: AccountEnd, in_person: InPerson, guard: Guard, page: AccountPage) -> APIRouter:
    """Make `/account/delete`."""
    router = APIRouter(prefix="/account", include_in_schema=False)

    @router.post("/delete", dependencies=[Depends(guard.form)])
    async def delete_account(
        request: Request,
        user: Annotated[User, Depends(guard.user)],
        current_password: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            await in_person.confirm(request, user, current_password)
            await run_in_threadpool(end.require_deletable, user)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "delete", error)
        await end.delete(user)
        response = RedirectResponse("/sign-in", 303)
        drop_session(request, response)
        return response

    return router
