"""One's own account: its page, its address and its password."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Links, Purpose, User
from footfall.errors import FootfallError, InvalidInput
from footfall.mail import Post, letters
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.language import words_for
from footfall.web.pages.account_page import AccountPage

Text = Annotated[str, Form()]


def account_router(
    *, links: Links, in_person: InPerson, post: Post, base_url: str, guard: Guard, page: AccountPage
) -> APIRouter:
    """Make `/account`; whatever could lock the owner out asks for the password once more."""
    router = APIRouter(prefix="/account", include_in_schema=False)
    own_form = [Depends(guard.form)]
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.get("")
    def account(request: Request, user: ThisUser) -> Response:
        return page.show(request, user)

    @router.post("/email", dependencies=own_form)
    async def change_email(request: Request, user: ThisUser, email: Text = "", current_password: Text = "") -> Response:
        """Send a link to the address; it is the one to sign in with as soon as the link is opened."""
        try:
            await in_person.confirm(request, user, current_password)
            if not post.is_set_up:
                raise InvalidInput("This server sends no mail, so an address cannot be confirmed.", field="email")
            token = await run_in_threadpool(links.make, Purpose.ADDRESS, email, user.id)
            address = email.strip().lower()
            letter = letters.confirmation(address, f"{base_url.rstrip('/')}/confirm-address/{token}")
            await post.send(letter, words_for(request))
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "email", error, typed_email=email)
        return await run_in_threadpool(page.show, request, user, "email", sent_to=address)

    @router.post("/password", dependencies=own_form)
    async def change_password(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        current_password: Text = "",
        password: Text = "",
    ) -> Response:
        try:
            await in_person.change_password(request, user, current_password, password)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "password", error)
        tasks.add_task(post.try_to_send, letters.password_changed(user.email), words_for(request))
        return RedirectResponse("/account?saved=password#password", 303, background=tasks)

    return router
