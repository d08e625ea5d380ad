"""Accounts at providers that one signs in with: linking one to the account here, and unlinking it.

Linking begins with a link and ends with a form: whoever leads a browser to a provider must not link their own account
there with its owner's here.
"""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    Handshake,
    Handshakes,
    LinkedAccounts,
    User,
    WaysIn,
)
from footfall.accounts.tokens import new_token
from footfall.errors import FootfallError, InvalidInput, NotAllowed, TooManyRequests
from footfall.mail import Post, letters
from footfall.openid import Person, Provider
from footfall.texts import Phrase
from footfall.web.asking_providers import AskingProviders, ComeBack
from footfall.web.guard import Guard
from footfall.web.in_person import InPerson
from footfall.web.language import words_for
from footfall.web.pages.account_page import NEVER, AccountPage, Section, last_used

Text = Annotated[str, Form()]
SECTION = "linked-accounts"
_SAVED = f"/account?saved={SECTION}#{SECTION}"


def linked_accounts_section(
    linked: LinkedAccounts, asking: AskingProviders, ways_of: Callable[[int], WaysIn]
) -> Section:
    """What the section *Linked accounts* tells."""

    def section(_request: Request, user: User) -> dict[str, Any]:
        rows = linked.of_user(user.id)
        return {
            "linked": [
                (one, asking.name_of(one.issuer), last_used(one.created_ms), last_used(one.last_used_ms, NEVER))
                for one in rows
            ],
            "providers": asking.providers,
            "ways_in": ways_of(user.id),
        }

    return section


class LinkOffers:
    """Asks somebody who has come back from a provider whether to link what it said with the account they have here."""

    def __init__(
        self,
        linked: LinkedAccounts,
        handshakes: Handshakes,
        ways_of: Callable[[int], WaysIn],
        templates: Jinja2Templates,
    ) -> None:
        self._linked = linked
        self._handshakes = handshakes
        self._ways_of = ways_of
        self._templates = templates

    def offer(self, request: Request, provider: Provider, back: ComeBack, user: User | None) -> Response:
        """Ask; raises NotAllowed where somebody else is signed in by now."""
        if user is None or user.id != back.user_id:
            raise NotAllowed("You are signed in as somebody else by now; please begin again.")
        token, person = new_token(), back.person
        told = {"issuer": person.issuer, "subject": person.subject, "label": person.label}
        self._handshakes.begin(Handshake.LINK_ACCOUNT, token, user.id, told)
        return self.show(request, user, provider, person.label, token)

    def show(
        self,
        request: Request,
        user: User,
        provider: Provider,
        label: str,
        token: str,
        error: FootfallError | None = None,
    ) -> Response:
        """Show the question; ``label`` is only shown, what is linked stands under ``token``."""
        context = {"provider": provider, "label": label, "handshake": token, "me": user, "error": error}
        context["ways_in"] = self._ways_of(user.id)
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "account/link_account.html", context, status)

    def accept(self, user: User, token: str) -> None:
        """Link; raises NotAllowed where nothing was offered, Conflict where the account is another's way in."""
        told = self._handshakes.finish(Handshake.LINK_ACCOUNT, token, user.id)
        self._linked.link(user.id, Person(told["issuer"], told["subject"], "", told["label"]))


def linked_accounts_router(
    *,
    asking: AskingProviders,
    linked: LinkedAccounts,
    offers: LinkOffers,
    in_person: InPerson,
    post: Post,
    guard: Guard,
    page: AccountPage,
) -> APIRouter:
    """Make `/account/linked-accounts`."""
    router = APIRouter(prefix="/account/linked-accounts", include_in_schema=False)
    own_form = [Depends(guard.form)]
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)

    @router.get("/{provider}/start")
    async def leave(request: Request, user: ThisUser, provider: str) -> Response:
        try:
            return await asking.leave(request, provider, _SAVED, user.id)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, SECTION, error)

    @router.post("/{provider}", dependencies=own_form)
    async def link(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        provider: str,
        handshake: Text = "",
        label: Text = "",
        current_password: Text = "",
    ) -> Response:
        asked = asking.client(provider).provider
        try:
            await in_person.confirm(request, user, current_password)
        except (InvalidInput, TooManyRequests) as error:
            return await run_in_threadpool(offers.show, request, user, asked, label, handshake, error)
        try:
            await run_in_threadpool(offers.accept, user, handshake)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, SECTION, error)
        letter = letters.way_in_added(user.email, _account_at(asked.name))
        tasks.add_task(post.try_to_send, letter, words_for(request))
        return RedirectResponse(_SAVED, 303, background=tasks)

    @router.post("/{linked_id}/remove", dependencies=own_form)
    async def remove(
        request: Request,
        user: ThisUser,
        tasks: BackgroundTasks,
        linked_id: int,
        current_password: Text = "",
    ) -> Response:
        try:
            await in_person.confirm(request, user, current_password)
            gone = await run_in_threadpool(linked.unlink, user.id, linked_id, asking.issuers)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, SECTION, error)
        letter = letters.way_in_removed(user.email, _account_at(asking.name_of(gone.issuer) or gone.issuer))
        tasks.add_task(post.try_to_send, letter, words_for(request))
        return RedirectResponse(_SAVED, 303, background=tasks)

    return router


def _account_at(name: str) -> Phrase:
    return Phrase("an account at {name}", name=name)
