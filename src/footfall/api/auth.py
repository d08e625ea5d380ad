"""`/api/v1/auth`: registering, signing in and out, and who one is, as JSON.

What it gives is the session that the pages have, in the same cookie and under the same rules.
"""

from collections.abc import Callable
from typing import Any, Protocol

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import JSONResponse

from footfall.accounts import (
    Accounts,
    Attempts,
    Entered,
    Entrance,
    HashingThreads,
    Membership,
    SecondFactors,
    Teams,
    finish_within_bounds,
    sign_in_within_bounds,
)
from footfall.api.body import read_body, text_field
from footfall.api.errors import ShapedErrorRoute
from footfall.api.registering import Registering
from footfall.errors import NotSignedIn
from footfall.texts import accepted_words

SIGNED_IN, CODE_NEEDED, LINK_SENT, SIGNED_OUT = "signed_in", "code_needed", "link_sent", "signed_out"


class Browsers(Protocol):
    """How browsers carry sessions and sign-ins that wait, and how a change is known to be asked for by our pages."""

    def name(self, request: Request) -> str:
        """What the browser is called in the list of sessions."""

    def session(self, request: Request) -> str | None:
        """The token of the session it carries."""

    def waiting(self, request: Request) -> str | None:
        """The token of the sign-in that waits for a code in it."""

    async def carry(self, request: Request, response: JSONResponse, entered: Entered) -> None:
        """Let it carry what it has come to."""

    def drop(self, request: Request, response: JSONResponse) -> None:
        """Take the session from it."""

    def form_token(self, session: str) -> str:
        """The token that changes in this session come with."""

    def require_own(self, request: Request, session: str | None, form_token: str | None = None) -> None:
        """Refuse what another site's page asks for, and in a session what comes without its token: NotAllowed."""


def auth_router(
    *,
    accounts: Accounts,
    entrance: Entrance,
    factors: SecondFactors,
    teams: Teams,
    registering: Registering,
    browsers: Browsers,
    threads: HashingThreads,
    attempts: Attempts,
    client_of: Callable[[Request], str],
) -> APIRouter:
    """Make the routes; ``attempts`` bounds guessing as it does on the pages."""
    router = APIRouter(prefix="/api/v1/auth", tags=["accounts"], route_class=ShapedErrorRoute)

    def shown(session: str) -> dict[str, Any]:
        user = accounts.user_of_session(session)
        if user is None:
            raise NotSignedIn("Sign in first: POST /api/v1/auth/login.")
        return _state(
            SIGNED_IN,
            {
                "email": user.email,
                "owns_install": accounts.owns_install(user.id),
                "has_second_factor": factors.state(user.id) is not None,
                "teams": [_team(each) for each in teams.of_user(user.id)],
            },
            browsers.form_token(session),
        )

    async def answer(request: Request, entered: Entered) -> JSONResponse:
        state = _state(CODE_NEEDED) if entered.needs_code else await run_in_threadpool(shown, entered.token)
        response = JSONResponse(state)
        await browsers.carry(request, response, entered)
        return response

    @router.post("/register")
    async def register(request: Request, tasks: BackgroundTasks) -> JSONResponse:
        """Make an account, and sign in with it."""
        browsers.require_own(request, None)
        made = await registering.register(request, await read_body(request))
        if isinstance(made, str):
            tasks.add_task(registering.send_link, made, accepted_words(request.headers.get("accept-language", "")))
            return JSONResponse(_state(LINK_SENT), background=tasks)
        entered = await run_in_threadpool(entrance.enter, made.id, browsers.name(request))
        return await answer(request, entered)

    @router.post("/login")
    async def login(request: Request) -> JSONResponse:
        """Sign in, in one step or two: with a code alone where one was asked for."""
        browsers.require_own(request, None)
        fields, waiting = await read_body(request), browsers.waiting(request)
        if "email" in fields or "password" in fields or not waiting:
            entered = await sign_in_within_bounds(
                entrance,
                threads,
                attempts,
                email=text_field(fields, "email"),
                password=text_field(fields, "password"),
                client=client_of(request),
                browser=browsers.name(request),
            )
        else:
            text_field(fields, "code")
            entered = Entered(waiting, needs_code=True)
        if entered.needs_code and fields.get("code"):
            code = text_field(fields, "code")
            entered = await finish_within_bounds(
                entrance, attempts, token=entered.token, prove=entrance.by_code(code), client=client_of(request)
            )
        return await answer(request, entered)

    @router.post("/logout")
    async def logout(request: Request) -> JSONResponse:
        """End the session; without one there is nothing to end."""
        session, fields = browsers.session(request), await read_body(request)
        browsers.require_own(request, session, str(fields.get("form_token", "")))
        response = JSONResponse(_state(SIGNED_OUT))
        if session:
            await run_in_threadpool(accounts.sign_out, session)
            browsers.drop(request, response)
        return response

    @router.get("/me")
    def me(request: Request) -> JSONResponse:
        """Tell who is signed in."""
        return JSONResponse(shown(browsers.session(request) or ""))

    return router


def _state(state: str, user: dict[str, Any] | None = None, form_token: str | None = None) -> dict[str, Any]:
    return {"state": state, "user": user, "form_token": form_token}


def _team(mine: Membership) -> dict[str, Any]:
    team = mine.team
    return {
        "public_id": team.public_id,
        "name": team.name,
        "role": mine.role,
        "requires_second_factor": team.requires_second_factor,
    }
