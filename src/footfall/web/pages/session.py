"""Signing in and out."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    Accounts,
    Attempts,
    HashingThreads,
    finish_within_bounds,
    sign_in_within_bounds,
)
from footfall.errors import FootfallError, NotSignedIn
from footfall.web.browser_name import browser_name
from footfall.web.entering import Entering, local_path
from footfall.web.forms import require_same_origin
from footfall.web.guard import Guard
from footfall.web.pages.sign_in_page import SignInPage
from footfall.web.session_cookie import drop_session, read_session, read_waiting

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
    templates: Jinja2Templates,
) -> APIRouter:
    """Make `/sign-in` and `/sign-out`; ``attempts`` bounds guessing, per account and per ``client_of`` a request."""
    router = APIRouter(dependencies=[Depends(require_same_origin)], include_in_schema=False)

    def show_code(request: Request, target: str, error: FootfallError | None = None) -> Response:
        context = {"target": target, "error": error}
        return templates.TemplateResponse(request, "session/code.html", context, error.status if error else 200)

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

    @router.get("/sign-in/code")
    def code_form(request: Request) -> Response:
        waiting = read_waiting(request)
        if not waiting or entering.entrance.waiting(waiting) is None:
            return RedirectResponse("/sign-in", 303)
        return show_code(request, local_path(request.query_params.get("next", "")))

    @router.post("/sign-in/code")
    async def enter_code(request: Request, code: Text = "", target: Target = "") -> Response:
        try:
            entered = await finish_within_bounds(
                entering.entrance, attempts, token=read_waiting(request) or "", code=code, client=client_of(request)
            )
        except NotSignedIn as error:
            return page.show(request, local_path(target), error=error)
        except FootfallError as error:
            return show_code(request, local_path(target), error)
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
