"""One's own second factor: switched on with an app, off again, and its recovery codes."""

from functools import partial
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    Accounts,
    Attempts,
    Enrolment,
    HashingThreads,
    SecondFactors,
    Teams,
    User,
    in_groups,
    spend_code_within_bounds,
)
from footfall.errors import FootfallError
from footfall.mail import Post, letters
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.entering import START, local_path
from footfall.web.guard import SECOND_FACTOR_PAGE, Guard
from footfall.web.language import words_for
from footfall.web.pages.account_page import confirm_in_person
from footfall.web.qr_code import qr_code
from footfall.web.session_cookie import read_session

Text = Annotated[str, Form()]
Target = Annotated[str, Form(alias="next")]
_QR_CODE = Phrase("The secret as a QR code")


def second_factor_router(
    *,
    accounts: Accounts,
    factors: SecondFactors,
    teams: Teams,
    sites: SiteDirectory,
    threads: HashingThreads,
    attempts: Attempts,
    post: Post,
    base_url: str,
    guard: Guard,
    templates: Jinja2Templates,
) -> APIRouter:
    """Make `/account/second-factor`; every change asks for the password, and for a code where there are codes."""
    router = APIRouter(prefix=SECOND_FACTOR_PAGE, include_in_schema=False)
    own_form = [Depends(guard.form)]
    signed_in = Depends(guard.user)
    confirm = partial(confirm_in_person, accounts, threads, attempts)
    issuer = f"Footfall {urlsplit(base_url).hostname or ''}".strip()

    def show(
        request: Request,
        user: User,
        form: str = "",
        error: FootfallError | None = None,
        *,
        target: str = START,
        enrolment: Enrolment | None = None,
        recovery_codes: list[str] | None = None,
    ) -> Response:
        asking = [each.team for each in teams.of_user(user.id) if each.team.requires_second_factor]
        known = {team.id for team in asking}
        context: dict[str, Any] = {
            "factor": factors.state(user.id),
            "has_password": accounts.has_password(user.id),
            "form": form,
            "error": error,
            "target": target,
            "enrolment": enrolment,
            "secret": in_groups(enrolment.secret, " ") if enrolment else "",
            "qr_code": qr_code(enrolment.url, words_for(request).of(_QR_CODE)) if enrolment else "",
            "recovery_codes": recovery_codes,
            "asking_teams": asking,
            "asking_sites": [site for site in sites.held_back(user.id) if sites.team_of(site.id) not in known],
        }
        return templates.TemplateResponse(
            request, "account/second_factor_page.html", context, error.status if error else 200
        )

    async def check_both(request: Request, user: User, password: str, code: str) -> None:
        await confirm(request, user, password)
        await spend_code_within_bounds(factors, attempts, user.id, code)  # after the password: a code is good once

    async def told(
        request: Request, user: User, tasks: BackgroundTasks, change: str, codes: list[str], target: str = START
    ) -> Response:
        """Show new recovery codes, and write to the mailbox."""
        tasks.add_task(post.try_to_send, letters.second_factor_changed(user.email, change), words_for(request))
        response = await run_in_threadpool(show, request, user, target=target, recovery_codes=codes)
        response.background = tasks
        return response

    @router.get("")
    def second_factor(request: Request, user: Annotated[User, signed_in]) -> Response:
        return show(request, user, target=local_path(request.query_params.get("next", "")))

    @router.post("/offer", dependencies=own_form)
    async def offer(
        request: Request, user: Annotated[User, signed_in], current_password: Text = "", target: Target = ""
    ) -> Response:
        """Show what an app is given; nothing is changed by it."""
        try:
            await confirm(request, user, current_password)
            enrolment = await run_in_threadpool(factors.offer, user.id, user.email, issuer)
        except FootfallError as error:
            return await run_in_threadpool(show, request, user, "offer", error, target=local_path(target))
        return await run_in_threadpool(show, request, user, target=local_path(target), enrolment=enrolment)

    @router.post("/on", dependencies=own_form)
    async def switch_on(
        request: Request,
        user: Annotated[User, signed_in],
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
            return await run_in_threadpool(show, request, user, "on", error, target=onward, enrolment=again)
        await run_in_threadpool(sites.refresh)  # what waited for it is seen on the next page
        return await told(request, user, tasks, "on", made, onward)

    @router.post("/recovery-codes", dependencies=own_form)
    async def renew(
        request: Request,
        user: Annotated[User, signed_in],
        tasks: BackgroundTasks,
        current_password: Text = "",
        code: Text = "",
    ) -> Response:
        try:
            await check_both(request, user, current_password, code)
            made = await run_in_threadpool(factors.renew_recovery_codes, user.id)
        except FootfallError as error:
            return await run_in_threadpool(show, request, user, "recovery-codes", error)
        return await told(request, user, tasks, "renewed", made)

    @router.post("/off", dependencies=own_form)
    async def switch_off(
        request: Request,
        user: Annotated[User, signed_in],
        tasks: BackgroundTasks,
        current_password: Text = "",
        code: Text = "",
    ) -> Response:
        try:
            await check_both(request, user, current_password, code)
            await run_in_threadpool(factors.switch_off, user.id)
        except FootfallError as error:
            return await run_in_threadpool(show, request, user, "off", error)
        await run_in_threadpool(sites.refresh)
        tasks.add_task(post.try_to_send, letters.second_factor_changed(user.email, "off"), words_for(request))
        return RedirectResponse(f"{SECOND_FACTOR_PAGE}?saved=off", 303, background=tasks)

    return router
