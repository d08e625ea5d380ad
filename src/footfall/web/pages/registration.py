"""Making an account where anybody may, and confirming an address: both by a link sent to it."""

from collections.abc import Awaitable, Callable
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, HashingThreads, Links, Purpose
from footfall.errors import FootfallError, NotAllowed
from footfall.mail import Post, letters
from footfall.texts import Words
from footfall.web.forms import require_same_origin
from footfall.web.language import words_for
from footfall.web.pages.link_pages import LinkPages

Text = Annotated[str, Form()]


def link_sender(
    accounts: Accounts, links: Links, post: Post, url: Callable[[str], str]
) -> Callable[[str, Words], Awaitable[None]]:
    """Make what answers somebody who wants an account, in their mailbox; ``url`` is a page as letters name it."""

    async def send_link(address: str, words: Words) -> None:
        if await run_in_threadpool(accounts.by_email, address):
            await post.try_to_send(letters.known_already(address, url("/sign-in")), words)
        else:
            token = await run_in_threadpool(links.make, Purpose.REGISTER, address)
            await post.try_to_send(letters.registration(address, url(f"/register/{token}")), words)

    return send_link


def registration_router(pages: LinkPages, threads: HashingThreads) -> APIRouter:
    """Make `/register` and `/confirm-address`."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(require_same_origin)])
    links, post, accounts = pages.links, pages.post, pages.accounts

    send_link = link_sender(accounts, links, post, pages.url)

    def require_open() -> None:
        if not pages.is_open:
            raise NotAllowed("Accounts are made by invitation here; ask somebody who has one.")

    @router.get("/register", dependencies=[Depends(require_open)])
    def register_form(request: Request) -> Response:
        return pages.show(request, "register")

    @router.post("/register", dependencies=[Depends(require_open)])
    def ask_registration(request: Request, email: Text = "") -> Response:
        return pages.answer(request, "register", email, send_link)

    @router.get("/register/{token}")
    def choose_password_form(request: Request, token: str) -> Response:
        return pages.show(request, "choose_password", link=links.find(Purpose.REGISTER, token), token=token)

    @router.post("/register/{token}")
    async def register(request: Request, token: str, password: Text = "") -> Response:
        link = await run_in_threadpool(links.find, Purpose.REGISTER, token)
        try:
            user = await threads.run(links.register, token, password)
        except FootfallError as error:
            return pages.show(request, "choose_password", error, link=link, token=token)
        return await pages.entering.let_in(request, user.id)

    # A form, for programs that read mail follow the links in it.
    @router.get("/confirm-address/{token}")
    def confirm_form(request: Request, token: str) -> Response:
        return pages.show(request, "confirm", link=links.find(Purpose.ADDRESS, token), token=token)

    @router.post("/confirm-address/{token}")
    async def confirm(request: Request, token: str, tasks: BackgroundTasks) -> Response:
        link = await run_in_threadpool(links.find, Purpose.ADDRESS, token)
        before = await run_in_threadpool(accounts.email_of, link.user_id or 0)
        user = await run_in_threadpool(links.confirm_address, token)
        if before and before != user.email:
            tasks.add_task(post.try_to_send, letters.address_changed(before, user.email), words_for(request))
        return RedirectResponse("/account?saved=email", 303, background=tasks)

    return router
