"""A forgotten password: a link is sent to the mailbox, and its holder sets a new one."""

from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import HashingThreads, Purpose
from footfall.errors import FootfallError
from footfall.mail import letters
from footfall.texts import Words
from footfall.web.forms import require_same_origin
from footfall.web.language import words_for
from footfall.web.pages.link_pages import LinkPages

Text = Annotated[str, Form()]


def new_password_router(pages: LinkPages, threads: HashingThreads) -> APIRouter:
    """Make `/forgot-password` and `/reset-password`."""
    router = APIRouter(include_in_schema=False, dependencies=[Depends(require_same_origin)])
    links, post = pages.links, pages.post

    async def send_link(address: str, words: Words) -> None:
        user = await run_in_threadpool(pages.accounts.by_email, address)
        if user:
            token = await run_in_threadpool(links.make, Purpose.RESET, address, user.id)
            await post.try_to_send(letters.new_password(address, pages.url(f"/reset-password/{token}")), words)

    @router.get("/forgot-password")
    def forgot_form(request: Request) -> Response:
        return pages.show(request, "forgot")

    @router.post("/forgot-password")
    def forgot(request: Request, email: Text = "") -> Response:
        if not post.is_set_up:
            return pages.show(request, "forgot")
        return pages.answer(request, "forgot", email, send_link)

    @router.get("/reset-password/{token}")
    def reset_form(request: Request, token: str) -> Response:
        return pages.show(request, "reset", link=links.find(Purpose.RESET, token), token=token)

    @router.post("/reset-password/{token}")
    async def reset(request: Request, token: str, password: Text = "") -> Response:
        link = await run_in_threadpool(links.find, Purpose.RESET, token)
        try:
            user = await threads.run(links.reset_password, token, password)
        except FootfallError as error:
            return pages.show(request, "reset", error, link=link, token=token)
        response = await pages.entering.let_in(request, user.id)
        response.background = BackgroundTasks()
        response.background.add_task(post.try_to_send, letters.password_changed(user.email), words_for(request))
        return response

    return router
