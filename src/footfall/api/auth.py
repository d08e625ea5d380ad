"""`/api/v1/auth`: registering, signing in and out, and who one is, as JSON.

What it gives is the session that the pages have, in the same cookie and under the same rules.
"""

from collections.abc import Callable
from typing import Any

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
from footfall.api.browsers import Browsers
from footfall.api.errors import ShapedErrorRoute
from footfall.api.registering import Registering
from footfall.errors import NotSignedIn
from footfall.texts import accepted_words

SIGNED_IN, CODE_NEEDED, LINK_SENT, SIGNED_OUT = "signed_in", "code_needed", "link_sent", "signed_out"


class Answers:
    """What these routes answer with: the state somebody has come to, and who they are by then."""

    def __init__(self, accounts: Accounts, factors: SecondFactors, teams: Teams, browsers: Browsers) -> None:
        self._accounts = accounts
        self._factors = factors
        self._teams = teams
        self._browsers = browsers

    def signed_in(self, session: str) -> dict[str, Any]:
        """Whose session this is; raises NotSignedIn."""
        user = self._accounts.user_of_session(session)
        if user is None:
            raise NotSignedIn("Sign in first: POST /api/v1/auth/login.")
        about = {
            "email": user.email,
            "owns_install": self._accounts.owns_install(user.id),
            "has_second_factor": self._factors.state(user.id) is not None,
            "teams": [_team(each) for each in self._teams.of_user(user.id)],
        }
        return _state(SIGNED_IN, about, self._browsers.form_token(session))

    async def entered(self, request: Request, entered: Entered) -> JSONResponse:
        """What somebody came to, which their browser carries from now on."""
        state = _state(CODE_NEEDED) if entered.needs_code else await run_in_threadpool(self.signed_in, entered.token)
        response = JSONResponse(state)
        await self._browsers.carry(request, response, entered)
        return response


class SignInSteps:
    """Signs in, in one step or two; ``attempts`` bounds guessing as it does on the pages."""

    def __init__(
        self,
        entrance: Entrance,
        browsers: Browsers,
        threads: HashingThreads,
        attempts: Attempts,
        client_of: Callable[[Request], str],
    ) -> None:
        self._entrance = entrance
        self._browsers = browsers
        self._threads = threads
        self._attempts = attempts
        self._client_of = client_of

    async def sign_in(self, request: Request, fields: dict[str, Any]) -> Entered:
        """Take the steps that ``fields`` bring something for; raises InvalidInput, NotSignedIn, TooManyRequests."""
        waiting = self._browsers.waiting(request)
        if "email" in fields or "password" in fields or not waiting:
            entered = await self._by_password(request, fields)
        else:
            text_field(fields, "code")
            entered = Entered(waiting, needs_code=True)
        if entered.needs_code and fields.get("code"):
            entered = await self._by_code(request, entered.token, text_field(fields, "code"))
        return entered

    async def _by_password(self, request: Request, fields: dict[str, Any]) -> Entered:
        return await sign_in_within_bounds(
            self._entrance,
            self._threads,
            self._attempts,
            email=text_field(fields, "email"),
            password=text_field(fields, "password"),
            client=self._client_of(request),
            browser=self._browsers.name(request),
        )

    async def _by_code(self, request: Request, token: str, code: str) -> Entered:
        prove, client = self._entrance.by_code(code), self._client_of(request)
        return await finish_within_bounds(self._entrance, self._attempts, token=token, prove=prove, client=client)


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
    answers = Answers(accounts, factors, teams, browsers)
    steps = SignInSteps(entrance, browsers, threads, attempts, client_of)

    @router.post("/register")
    async def register(request: Request, tasks: BackgroundTasks) -> JSONResponse:
        """Make an account, and sign in with it."""
        browsers.require_own(request, None)
        made = await registering.register(request, await read_body(request))
        if isinstance(made, str):
            tasks.add_task(registering.send_link, made, accepted_words(request.headers.get("accept-language", "")))
            return JSONResponse(_state(LINK_SENT), background=tasks)
        entered = await run_in_threadpool(entrance.enter, made.id, browsers.name(request))
        return await answers.entered(request, entered)

    @router.post("/login")
    async def login(request: Request) -> JSONResponse:
        """Sign in, in one step or two: with a code alone where one was asked for."""
        browsers.require_own(request, None)
        entered = await steps.sign_in(request, await read_body(request))
        return await answers.entered(request, entered)

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
        return JSONResponse(answers.signed_in(browsers.session(request) or ""))

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
