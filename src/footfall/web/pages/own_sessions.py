"""Ending one's own sessions in other browsers, from the page of one's account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Sessions, User
from footfall.errors import FootfallError
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.pages.account_page import AccountPage
from footfall.web.session_cookie import read_session

Text = Annotated[str, Form()]
_SAVED = "/account?saved=sessions#sessions"


def own_sessions_router(*, sessions: Sessions, in_person: InPerson, guard: Guard, page: AccountPage) -> APIRouter:
    """Make `/account/sessions`; it asks for the password: who sits at another's browser must not sign them out."""
    router = APIRouter(prefix="/account/sessions", include_in_schema=False, dependencies=[Depends(guard.form)])
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.post("/{name}/end")
    async def end_session(request: Request, user: ThisUser, name: str, current_password: Text = "") -> Response:
        try:
            await in_person.confirm(request, user, current_password)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "sessions", error)
        await run_in_threadpool(sessions.end, user.id, name)
        return RedirectResponse(_SAVED, 303)

    @router.post("/end-others")
    async def end_other_sessions(request: Request, user: ThisUser, current_password: Text = "") -> Response:
        try:
            await in_person.confirm(request, user, current_password)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "sessions", error)
        await run_in_threadpool(sessions.end_others, user.id, read_session(request) or "")
        return RedirectResponse(_SAVED, 303)

    return router
