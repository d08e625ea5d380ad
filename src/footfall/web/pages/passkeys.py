"""Passkeys: adding, naming and removing one's own, and signing in with one.

The browser's half is `web/assets/ts/passkeys.ts`: it asks for a challenge here, has it signed, and sends the form.
"""

from collections.abc import Callable, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Attempts, Passkeys, User
from footfall.errors import FootfallError
from footfall.mail import Post, letters
from footfall.texts import Phrase
from footfall.web.addresses import public_address
from footfall.web.entering import Entering, local_path
from footfall.web.forms import require_same_origin
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.language import words_for
from footfall.web.pages.account_page import NEVER, AccountPage, Section, last_used
from footfall.web.pages.sign_in_page import SignInPage
from footfall.web.passkey_options import passkey_options

Text = Annotated[str, Form()]
_SAVED = "/account?saved=passkeys#passkeys"
_A_PASSKEY = Phrase("a passkey")


def passkeys_section(passkeys: Passkeys) -> Section:
    """What the section *Passkeys* tells."""

    def section(request: Request, user: User) -> dict[str, Any]:
        mine = passkeys.of_user(user.id)
        return {
            "passkeys": [(one, last_used(one.created_ms), last_used(one.last_used_ms, NEVER)) for one in mine],
            "passkeys_at": passkeys.origin,
            "passkey_name": "",
            "takes_passkeys": passkeys.origin == public_address(request),
        }

    return section


def passkeys_router(
    *,
    passkeys: Passkeys,
    in_person: InPerson,
    issuers: Sequence[str],
    post: Post,
    guard: Guard,
    page: AccountPage,
) -> APIRouter:
    """Make `/account/passkeys`; ``issuers`` are those of the providers one can sign in with."""
    router = APIRouter(prefix="/account/passkeys", include_in_schema=False, dependencies=[Depends(guard.form)])
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.post("/challenge")
    def challenge(request: Request, user: ThisUser) -> Response:
        return passkey_options(request, lambda: passkeys.ask_to_add(user))

    @router.post("")
    async def add(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        credential: Text = "",
        name: Text = "",
        current_password: Text = "",
    ) -> Response:
        try:
            await in_person.confirm(request, user, current_password)
            await run_in_threadpool(passkeys.add, user.id, credential, name)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "passkeys", error, passkey_name=name)
        tasks.add_task(post.try_to_send, letters.way_in_added(user.email, _A_PASSKEY), words_for(request))
        return RedirectResponse(_SAVED, 303, background=tasks)

    @router.post("/{passkey_id}/name")
    def rename(request: Request, user: ThisUser, passkey_id: int, name: Text = "") -> Response:
        try:
            passkeys.rename(user.id, passkey_id, name)
        except FootfallError as error:
            return page.show(request, user, "passkeys", error)
        return RedirectResponse(_SAVED, 303)

    @router.post("/{passkey_id}/remove")
    async def remove(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        passkey_id: int,
        current_password: Text = "",
    ) -> Response:
        try:
            await in_person.confirm(request, user, current_password)
            await run_in_threadpool(passkeys.remove, user.id, passkey_id, issuers)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "passkeys", error)
        tasks.add_task(post.try_to_send, letters.way_in_removed(user.email, _A_PASSKEY), words_for(request))
        return RedirectResponse(_SAVED, 303, background=tasks)

    return router


def passkey_sign_in_router(
    *,
    passkeys: Passkeys,
    entering: Entering,
    attempts: Attempts,
    client_of: Callable[[Request], str],
    page: SignInPage,
) -> APIRouter:
    """Make `/sign-in/passkey`; ``attempts`` bounds how many challenges a client gets that it never answers well."""
    router = APIRouter(prefix="/sign-in/passkey", include_in_schema=False, dependencies=[Depends(require_same_origin)])

    @router.post("/challenge")
    def challenge(request: Request) -> Response:
        def begin() -> str:
            attempts.spend(f"passkey client {client_of(request)}")
            return passkeys.ask_to_sign_in()

        return passkey_options(request, begin)

    @router.post("")
    async def sign_in(
        request: Request, credential: Text = "", target: Annotated[str, Form(alias="next")] = ""
    ) -> Response:
        try:
            user_id = await run_in_threadpool(passkeys.sign_in, credential)
        except FootfallError as error:
            return page.show(request, local_path(target), error=error)
        attempts.refund(f"passkey client {client_of(request)}")
        return await entering.let_in(request, user_id, local_path(target), is_strong=True)

    return router
