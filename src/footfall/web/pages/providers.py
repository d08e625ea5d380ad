"""Signing in with an account at an OpenID Connect provider, and making an account here by one."""

from collections.abc import Callable
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, Invitations, LinkedAccounts
from footfall.errors import FootfallError, NotAllowed, NotSignedIn
from footfall.openid import Person, Provider
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.asking_providers import AskingProviders, ComeBack
from footfall.web.entering import START, Entering, local_path
from footfall.web.forms import require_same_origin
from footfall.web.guard import Guard
from footfall.web.pages.account_page import AccountPage
from footfall.web.pages.linked_accounts import SECTION, LinkOffers
from footfall.web.pages.sign_in_page import SignInPage

_INVITATION = "/invitations/"


class Newcomers:
    """Makes accounts for people a provider vouches for, where accounts are made at all."""

    def __init__(
        self, linked: LinkedAccounts, invitations: Invitations, sites: SiteDirectory, *, is_open: bool
    ) -> None:
        self._linked = linked
        self._invitations = invitations
        self._sites = sites
        self._is_open = is_open

    def come_in(self, provider: Provider, person: Person, target: str) -> tuple[int, str]:
        """Make the account, join what ``target`` invites to, and tell whose it is and where to go then.

        Raises NotAllowed where no account is made, NotFound for an invitation that has ended, Conflict where there is
        an account with the address.
        """
        invitation = target.removeprefix(_INVITATION) if target.startswith(_INVITATION) else ""
        if not provider.lets_new_people_in or not (self._is_open or invitation):
            raise NotAllowed(
                Phrase(
                    "No account here is linked with yours at {provider}. If you have one, sign in to it another way"
                    " and link the two on the page Your account; if not, ask somebody here to invite you.",
                    provider=provider.name,
                )
            )
        if invitation:
            self._invitations.find(invitation)
        user = self._linked.create_user(person)
        if not invitation:
            return user.id, target
        self._invitations.accept(invitation, user.id)
        self._sites.refresh()  # so that the next page shows what was joined
        return user.id, START


def providers_router(
    *,
    asking: AskingProviders,
    linked: LinkedAccounts,
    newcomers: Newcomers,
    offers: LinkOffers,
    accounts: Accounts,
    entering: Entering,
    note_refusal: Callable[[str], None],
    guard: Guard,
    page: SignInPage,
    account_page: AccountPage,
) -> APIRouter:
    """Make `/sign-in/with/{provider}` and where it leads back to.

    ``note_refusal`` writes down, for the audit log, that a provider's word was not taken. Only a form of our own pages
    begins a sign-in, as a link on another page would begin one that nobody wanted.
    """
    router = APIRouter(prefix="/sign-in/with", include_in_schema=False)

    @router.post("/{provider}", dependencies=[Depends(require_same_origin)])
    async def leave(request: Request, provider: str, onward: Annotated[str, Form(alias="next")] = "") -> Response:
        if not await run_in_threadpool(accounts.has_owner):
            return RedirectResponse("/setup", 303)
        target = local_path(onward)
        try:
            name = asking.client(provider).provider.name
            return await asking.leave(request, provider, target, lead_to=partial(page.lead_to_provider, request, name))
        except FootfallError as error:
            return page.show(request, target, error=error)

    @router.get("/{provider}/callback")
    async def come_back(request: Request, provider: str) -> Response:
        user = await run_in_threadpool(guard.visitor, request)
        try:
            back = await asking.come_back(request, provider)
            asked = asking.client(provider).provider
            if back.user_id is not None:
                return await run_in_threadpool(offers.offer, request, asked, back, user)
            user_id, target = await run_in_threadpool(who, asked, back)
        except FootfallError as error:
            if isinstance(error, NotSignedIn):
                await run_in_threadpool(note_refusal, provider)
            if user is not None:
                return await run_in_threadpool(account_page.show, request, user, SECTION, error)
            return page.show(request, START, error=error)
        return await entering.let_in(request, user_id, target)

    def who(provider: Provider, back: ComeBack) -> tuple[int, str]:
        known = linked.sign_in(back.person)
        return newcomers.come_in(provider, back.person, back.target) if known is None else (known, back.target)

    return router
