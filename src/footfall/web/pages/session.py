"""Signing in by password, and out; the second step has a page of its own."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, Attempts, HashingThreads, sign_in_within_bounds
from footfall.errors import FootfallError
from footfall.web.browser_name import browser_name
from footfall.web.entering import Entering, local_path
from footfall.web.forms import require_same_origin
from footfall.web.guard import Guard
from footfall.web.pages.sign_in_page import SignInPage
from footfall.web.session_cookie import drop_session, read_session

Text = Annotated[str, Form()]
Target = Annotated[str, Form(alias="next")]


def session_router(
    *,
    accounts: Accounts,
    entering: Entering,
    threads: HashingThreads,
    guard: Guard,
    attempts: Attempts,
    client_of: Callable[[Request], str],
    page: SignInPage,
) -> APIRouter:
    """Make `/sign-in` and `/sign-out`; ``attempts`` bounds guessing, per account and per ``client_of`` a request."""
    router = APIRouter(dependencies=[Depends(require_same_origin)], include_in_schema=False)

    @router.get("/sign-in")
    def sign_in_form(request: Request) -> Response:
        if not accounts.has_owner():
            return RedirectResponse("/setup", 303)
        target = local_path(request.query_params.get("next", ""))
        return RedirectResponse(target, 303) if guard.visitor(request) else page.show(request, target)

    @router.post("/sign-in")
    async def sign_in(request: Request, email: Text = "", password: Text = "", target: Target = "") -> Response:
        try:
            entered = await sign_in_within_bounds(
                entering.entrance,
                threads,
                attempts,
                email=email,
                password=password,
                client=client_of(request),
                browser=browser_name(request),
            )
        except FootfallError as error:
            return page.show(request, local_path(target), email, error)
        return await entering.lead(request, entered, local_path(target))

    @router.post("/sign-out", dependencies=[Depends(guard.form)])
    def sign_out(request: Request) -> Response:
        token = read_session(request)
        if token:
            accounts.sign_out(token)
        response = RedirectResponse("/sign-in", 303)
        drop_session(request, response)
        return response

    return router
