"""Setting up one's own second factor: an app, or the passkeys one has."""

from collections.abc import Callable
from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import SecondFactors, User
from footfall.errors import FootfallError
from footfall.web.entering import local_path
from footfall.web.guard import SECOND_FACTOR_PAGE, Guard
from footfall.web.in_person import InPerson
from footfall.web.pages.second_factor_page import SecondFactorPage
from footfall.web.session_cookie import read_session

Text = Annotated[str, Form()]
Target = Annotated[str, Form(alias="next")]


def second_factor_router(
    *,
    factors: SecondFactors,
    in_person: InPerson,
    refresh: Callable[[], None],
    base_url: str,
    guard: Guard,
    page: SecondFactorPage,
) -> APIRouter:
    """Make `/account/second-factor`; ``refresh`` lets what waited for a second factor be seen on the next page."""
    router = APIRouter(prefix=SECOND_FACTOR_PAGE, include_in_schema=False)
    own_form = [Depends(guard.form)]
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)
    issuer = f"Footfall {urlsplit(base_url).hostname or ''}".strip()

    @router.get("")
    def second_factor(request: Request, user: ThisUser) -> Response:
        return page.show(request, user, target=local_path(request.query_params.get("next", "")))

    @router.post("/offer", dependencies=own_form)
    async def offer(request: Request, user: ThisUser, current_password: Text = "", target: Target = "") -> Response:
        """Show what an app is given; nothing is changed by it."""
        onward = local_path(target)
        try:
            await in_person.confirm(request, user, current_password)
            enrolment = await run_in_threadpool(factors.offer, user.id, user.email, issuer)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "offer", error, target=onward)
        return await run_in_threadpool(page.show, request, user, target=onward, enrolment=enrolment)

    @router.post("/on", dependencies=own_form)
    async def switch_on(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        nonce: Text = "",
        code: Text = "",
        target: Target = "",
    ) -> Response:
        onward, token = local_path(target), read_session(request) or ""
        try:
            made = await run_in_threadpool(factors.switch_on, user.id, nonce, code, token)
        except FootfallError as error:
            again = factors.offered(user.id, nonce, user.email, issuer) if error.field == "code" else None
            return await run_in_threadpool(page.show, request, user, "on", error, target=onward, enrolment=again)
        await run_in_threadpool(refresh)
        return await page.changed(request, user, tasks, "on", made, onward)

    @router.post("/passkeys", dependencies=own_form)
    async def switch_on_passkeys(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        current_password: Text = "",
        target: Target = "",
    ) -> Response:
        """Ask for one of their passkeys after the password from now on."""
        onward, token = local_path(target), read_session(request) or ""
        try:
            await in_person.confirm(request, user, current_password)
            made = await run_in_threadpool(factors.switch_on_passkeys, user.id, token)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "passkeys", error, target=onward)
        await run_in_threadpool(refresh)
        return await page.changed(request, user, tasks, "passkeys", made, onward)

    return router
