"""The language somebody wants their pages in, chosen on the page of their account."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Response
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, User
from footfall.web.guard import Guard


def language_choice_router(accounts: Accounts, guard: Guard) -> APIRouter:
    """Make `/account/language`; the next page is written in it already."""
    router = APIRouter(prefix="/account/language", include_in_schema=False)

    @router.post("", dependencies=[Depends(guard.form)])
    def choose(user: Annotated[User, Depends(guard.user)], language: Annotated[str, Form()] = "") -> Response:
        accounts.choose_language(user.id, language)
        return RedirectResponse("/account?saved=language#language", 303)

    return router
