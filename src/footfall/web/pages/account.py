"""One's own account: address, password, browsers that are signed in, and its end."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    MIN_PASSWORD_LENGTH,
    Accounts,
    Attempts,
    HashingThreads,
    KeyRing,
    Links,
    Purpose,
    Sessions,
    Teams,
    User,
)
from footfall.domain import Site
from footfall.errors import Conflict, FootfallError, InvalidInput
from footfall.mail import Post, letters
from footfall.sites import SiteDirectory
from footfall.texts import Phrase, language_name, languages
from footfall.web.guard import Guard
from footfall.web.language import words_for
from footfall.web.session_cookie import drop_session, read_session

Text = Annotated[str, Form()]


def account_router(
    *,
    accounts: Accounts,
    sessions: Sessions,
    links: Links,
    teams: Teams,
    keys: KeyRing,
    sites: SiteDirectory,
    threads: HashingThreads,
    attempts: Attempts,
    post: Post,
    base_url: str,
    delete_site_data: Callable[[Site], Awaitable[None]],
    guard: Guard,
    templates: Jinja2Templates,
) -> APIRouter:
    """Make `/account`; whatever could lock the owner out asks for the password once more."""
    router = APIRouter(prefix="/account", include_in_schema=False)
    own_form = [Depends(guard.form)]
    signed_in = Depends(guard.user)

    def show(
        request: Request, user: User, form: str = "", error: FootfallError | None = None, **extra: Any
    ) -> Response:
        alone, needed = teams.held_by(user.id)
        listed = sessions.of_user(user.id, read_session(request) or "")
        context = {
            "me": user,
            "form": form,
            "error": error,
            "is_confirmed": links.is_confirmed(user.id),
            "sends_mail": post.is_set_up,
            "sent_to": "",
            "sessions": [(one, _browser(one.browser), _last_used(one.last_used_ms)) for one in listed],
            "memberships": teams.of_user(user.id),
            "owns_install": accounts.owns_install(user.id),
            "lost_teams": [(team, sites.of_team(team.id)) for team in alone],
            "needed_teams": needed,
            "lost_keys": len(keys.of_owner(user.id)),
            "min_password_length": MIN_PASSWORD_LENGTH,
            "languages": {language: language_name(language) for language in languages()},
        }
        status = error.status if error else 200
        return templates.TemplateResponse(request, "account/account.html", context | extra, status)

    async def check_password(user: User, password: str) -> None:
        attempts.spend(f"account {user.email}")
        await threads.run(accounts.check_password, user.id, password)
        attempts.forgive(f"account {user.email}")

    @router.get("")
    def account(request: Request, user: Annotated[User, signed_in]) -> Response:
        return show(request, user)

    @router.post("/email", dependencies=own_form)
    async def change_email(
        request: Request, user: Annotated[User, signed_in], email: Text = "", current_password: Text = ""
    ) -> Response:
        """Send a link to the address; it is the one to sign in with as soon as the link is opened."""
        try:
            await check_password(user, current_password)
            if not post.is_set_up:
                raise InvalidInput("This server sends no mail, so an address cannot be confirmed.", field="email")
            token = await run_in_threadpool(links.make, Purpose.ADDRESS, email, user.id)
            address = email.strip().lower()
            letter = letters.confirmation(address, f"{base_url.rstrip('/')}/confirm-address/{token}")
            await post.send(letter, words_for(request))
        except FootfallError as error:
            return await run_in_threadpool(show, request, user, "email", error)
        return await run_in_threadpool(show, request, user, "email", sent_to=address)

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
            return await run_in_threadpool(show, request, user, "password", error)
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
            await check_password(user, current_password)
            await run_in_threadpool(_require_deletable, accounts, teams, user)
        except FootfallError as error:
            return await run_in_threadpool(show, request, user, "delete", error)
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


def _browser(name: str) -> Phrase:
    """Such as Firefox on Linux, which is what is stored."""
    browser, on, system = name.partition(" on ")
    if not name:
        return Phrase("Unknown browser")
    return Phrase("{browser} on {device}", browser=browser, device=system) if on else Phrase("{browser}", browser=name)


def _last_used(last_used_ms: int) -> Phrase:
    if not last_used_ms:
        return Phrase("not known")
    return Phrase("{moment} UTC", moment=datetime.fromtimestamp(last_used_ms / 1000, UTC))
