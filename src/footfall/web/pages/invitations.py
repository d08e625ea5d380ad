"""What somebody sees who opens an invitation: who asks them to what, and how to join, with an account or without."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    MIN_PASSWORD_LENGTH,
    Accounts,
    Attempts,
    HashingThreads,
    Invitations,
    User,
    join_within_bounds,
)
from footfall.errors import FootfallError
from footfall.openid import Provider
from footfall.sites import SiteDirectory
from footfall.web.entering import Entering
from footfall.web.guard import Guard


def invitations_router(
    *,
    invitations: Invitations,
    sites: SiteDirectory,
    accounts: Accounts,
    entering: Entering,
    threads: HashingThreads,
    attempts: Attempts,
    providers: Sequence[Provider],
    guard: Guard,
    templates: Jinja2Templates,
) -> APIRouter:
    """Make `/invitations/{token}`; whoever holds the link may join once, as somebody signed in or as somebody new.

    ``providers`` are those by which somebody new may come in.
    """
    router = APIRouter(prefix="/invitations", include_in_schema=False)
    own_form = [Depends(guard.form)]

    def show(request: Request, token: str, error: FootfallError | None = None) -> Response:
        context = {
            "invitation": invitations.find(token),
            "here": f"/invitations/{token}",
            "error": error,
            "providers": providers,
            "min_password_length": MIN_PASSWORD_LENGTH,
        }
        guard.visitor(request)
        status = error.status if error else 200
        return templates.TemplateResponse(request, "invitations/invitation.html", context, status)

    @router.get("/{token}")
    def show_invitation(request: Request, token: str) -> Response:
        return show(request, token)

    @router.post("/{token}/accept", dependencies=own_form)
    def accept(token: str, user: Annotated[User, Depends(guard.user)]) -> Response:
        invitations.accept(token, user.id)
        sites.refresh()  # so that the next page shows what was joined
        return RedirectResponse("/", 303)

    @router.post("/{token}/register", dependencies=own_form)
    async def register(request: Request, token: str, password: Annotated[str, Form()] = "") -> Response:
        """Make the account of the invited address, and join with it."""
        try:
            user = await join_within_bounds(invitations, accounts, threads, attempts, token, password)
            await run_in_threadpool(sites.refresh)
        except FootfallError as error:
            return await run_in_threadpool(show, request, token, error)
        return await entering.let_in(request, user.id)

    return router
