"""`/api/auth/login`, `verify`, `logout` and `/api/me`: the token of a signed-in session as Umami's clients carry it."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import Accounts, Attempts, Entrance, HashingThreads, User, sign_in_within_bounds
from footfall.api.body import read_body, text_field
from footfall.api.umami.callers import Caller, Callers
from footfall.api.umami.errors import UmamiRoute
from footfall.collect.umami.answers import IncorrectPassword
from footfall.errors import NotSignedIn


def sign_in_router(
    *,
    accounts: Accounts,
    entrance: Entrance,
    callers: Callers,
    threads: HashingThreads,
    attempts: Attempts,
    client_of: Callable[[Request], str],
) -> APIRouter:
    """Make the routes; ``attempts`` bounds guessing as it does on the sign-in page."""
    router = APIRouter(prefix="/api", tags=["umami"], route_class=UmamiRoute)

    @router.post("/auth/login")
    async def login(request: Request) -> dict[str, Any]:
        """Sign in with `username`, an e-mail address, and `password`."""
        fields = await read_body(request)
        email, password = text_field(fields, "username"), text_field(fields, "password")
        try:
            token, needs_code = await sign_in_within_bounds(
                entrance, threads, attempts, email=email, password=password, client=client_of(request)
            )
        except NotSignedIn as error:
            raise IncorrectPassword(error.message) from None
        if needs_code:
            raise NotSignedIn("This account asks for a code, which this protocol cannot carry; use an API key instead.")
        user = await run_in_threadpool(accounts.user_of_session, token)
        return {"token": token, "user": _shown(user)}

    @router.post("/auth/verify")
    def verify(caller: Annotated[Caller, Depends(callers.caller)]) -> dict[str, Any]:
        """Tell who the token belongs to."""
        return _shown(caller.user)

    @router.get("/me")
    def me(caller: Annotated[Caller, Depends(callers.caller)]) -> dict[str, Any]:
        """Tell who calls, and with what."""
        return {"user": _shown(caller.user), "authType": "session" if caller.user else "api-key"}

    @router.post("/auth/logout")
    def logout(caller: Annotated[Caller, Depends(callers.caller)]) -> dict[str, bool]:
        """End the session of the token."""
        accounts.sign_out(caller.token)
        return {"ok": True}

    return router


def _shown(user: User | None) -> dict[str, Any]:
    """A person; a key is nobody in particular. What a person may do is decided site by site, so nobody is an admin."""
    person = {"id": str(user.id), "username": user.email} if user else {"id": "key", "username": "API key"}
    return person | {"role": "user", "createdAt": None, "isAdmin": False, "teams": []}
