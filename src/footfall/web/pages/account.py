"""One's own account: address, password, browsers that are signed in, and its end."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, Attempts, HashingThreads, Links, Purpose, Sessions, Teams, User
from footfall.domain import Site
from footfall.errors import Conflict, FootfallError, InvalidInput
from footfall.mail import Post, letters
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.guard import Guard
from footfall.web.language import words_for
from footfall.web.pages.account_page import AccountPage, confirm_in_person
from footfall.web.session_cookie import drop_session, read_session

Text = Annotated[str, Form()]


def account_router(
    *,
    accounts: Accounts,
    sessions: Sessions,
    links: Links,
    teams: Teams,
    sites: SiteDirectory,
    threads: HashingThreads,
    attempts: Attempts,
    post: Post,
    base_url: str,
    delete_site_data: Callable[[Site], Awaitable[None]],
    guard: Guard,
    page: AccountPage,
) -> APIRouter:
    """Make `/account`; whatever could lock the owner out asks for the password once more."""
    router = APIRouter(prefix="/account", include_in_schema=False)
    own_form = [Depends(guard.form)]
    signed_in = Depends(guard.user)
    confirm = partial(confirm_in_person, accounts, threads, attempts)

    @router.get("")
    def account(request: Request, user: Annotated[User, signed_in]) -> Response:
        return page.show(request, user)

    @router.post("/email", dependencies=own_form)
    async def change_email(
        request: Request, user: Annotated[User, signed_in], email: Text = "", current_password: Text = ""
    ) -> Response:
        """Send a link to the address; it is the one to sign in with as soon as the link is opened."""
        try:
            await confirm(request, user, current_password)
            if not post.is_set_up:
                raise InvalidInput("This server sends no mail, so an address cannot be confirmed.", field="email")
            token = await run_in_threadpool(links.make, Purpose.ADDRESS, email, user.id)
            address = email.strip().lower()
            letter = letters.confirmation(address, f"{base_url.rstrip('/')}/confirm-address/{token}")
            await post.send(letter, words_for(request))
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "email", error)
        return await run_in_threadpool(page.show, request, user, "email", sent_to=address)

    @router.post("/password", dependencies=own_form)
    async def change_password(
        request: Request,
        user: Annotated[User, signed_in],
        tasks: BackgroundTasks,
        current_password: Text = "",
        password: Text = "",
    ) -> Response:
        try:
            attempts.spend(f"account {user.email}")
            token = read_session(request) or ""
            await threads.run(accounts.change_password, user.id, current_password, password, token)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "password", error)
        attempts.forgive(f"account {user.email}")
        tasks.add_task(post.try_to_send, letters.password_changed(user.email), words_for(request))
        return RedirectResponse("/account?saved=password#password", 303, background=tasks)

    @router.post("/sessions/{name}/end", dependencies=own_form)
    def end_session(user: Annotated[User, signed_in], name: str) -> Response:
        sessions.end(user.id, name)
        return RedirectResponse("/account?saved=sessions#sessions", 303)

    @router.post("/sessions/end-others", dependencies=own_form)
    def end_other_sessions(request: Request, user: Annotated[User, signed_in]) -> Response:
        sessions.end_others(user.id, read_session(request) or "")
        return RedirectResponse("/account?saved=sessions#sessions", 303)

    @router.post("/delete", dependencies=own_form)
    async def delete_account(
        request: Request, user: Annotated[User, signed_in], current_password: Text = ""
    ) -> Response:
        try:
            await confirm(request, user, current_password)
            await run_in_threadpool(_require_deletable, accounts, teams, user)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "delete", error)
        alone, _ = await run_in_threadpool(teams.held_by, user.id)
        for team in alone:
            for site in sites.of_team(team.id):
                await run_in_threadpool(sites.delete, site.id)
                await delete_site_data(site)
            await run_in_threadpool(teams.delete, team.id)
        await run_in_threadpool(accounts.delete, user.id)
        await run_in_threadpool(sites.refresh)
        response = RedirectResponse("/sign-in", 303)
        drop_session(request, response)
        return response

    return router


def _require_deletable(accounts: Accounts, teams: Teams, user: User) -> None:
    _, needed = teams.held_by(user.id)
    if needed:
        raise Conflict(
            Phrase("The team {team} would be left without an owner; make somebody else one first.", team=needed[0].name)
        )
    if accounts.owns_install(user.id):
        raise Conflict("This install is yours, so your account stays; somebody has to run it.")
