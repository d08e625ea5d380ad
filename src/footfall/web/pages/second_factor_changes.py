"""Changing a second factor that is on: new recovery codes, and switching it off, for who shows it once more."""

from collections.abc import Callable
from typing import Annotated, NamedTuple

from fastapi import APIRouter, BackgroundTasks, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Attempts, Passkeys, SecondFactors, User, prove_within_bounds
from footfall.errors import FootfallError
from footfall.web.guard import SECOND_FACTOR_PAGE, Guard
from footfall.web.in_person import InPerson
from footfall.web.pages.second_factor_page import SecondFactorPage
from footfall.web.passkey_options import passkey_options

Text = Annotated[str, Form()]


class Proof(NamedTuple):
    """What a form brings: the password, and a code or, in its place, what a passkey signed."""

    password: str
    code: str
    credential: str


def _proof(current_password: Text = "", code: Text = "", credential: Text = "") -> Proof:
    return Proof(current_password, code, credential)


class BothFactors:
    """Asks somebody who is signed in for their password and their second factor."""

    def __init__(self, in_person: InPerson, factors: SecondFactors, passkeys: Passkeys, attempts: Attempts) -> None:
        self._in_person = in_person
        self._factors = factors
        self._passkeys = passkeys
        self._attempts = attempts

    async def confirm(self, request: Request, user: User, proof: Proof) -> None:
        """Raises InvalidInput, NotAllowed or TooManyRequests."""

        def prove(user_id: int) -> None:
            if proof.credential:
                self._passkeys.confirm(user_id, proof.credential)
            else:
                self._factors.spend(user_id, proof.code)

        await self._in_person.confirm(request, user, proof.password)
        await prove_within_bounds(self._attempts, user.id, prove)  # after the password: a code is good once


def second_factor_changes_router(
    *,
    factors: SecondFactors,
    passkeys: Passkeys,
    both: BothFactors,
    refresh: Callable[[], None],
    guard: Guard,
    page: SecondFactorPage,
) -> APIRouter:
    """Make the rest of `/account/second-factor`; ``refresh`` lets the next page know what is not seen any more."""
    router = APIRouter(prefix=SECOND_FACTOR_PAGE, include_in_schema=False, dependencies=[Depends(guard.form)])
    ThisUser = Annotated[User, Depends(guard.user)]  # noqa: N806 (a type)
    ThisProof = Annotated[Proof, Depends(_proof)]  # noqa: N806

    @router.post("/challenge")
    def challenge(request: Request, user: ThisUser) -> Response:
        return passkey_options(request, lambda: passkeys.ask_to_confirm(user.id))

    @router.post("/recovery-codes")
    async def renew(request: Request, user: ThisUser, tasks: BackgroundTasks, proof: ThisProof) -> Response:
        try:
            await both.confirm(request, user, proof)
            made = await run_in_threadpool(factors.renew_recovery_codes, user.id)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "recovery-codes", error)
        return await page.changed(request, user, tasks, "renewed", made)

    @router.post("/off")
    async def switch_off(request: Request, user: ThisUser, tasks: BackgroundTasks, proof: ThisProof) -> Response:
        try:
            await both.confirm(request, user, proof)
            await run_in_threadpool(factors.switch_off, user.id)
        except FootfallError as error:
            return await run_in_threadpool(page.show, request, user, "off", error)
        await run_in_threadpool(refresh)
        page.tell(request, user, tasks, "off")
        return RedirectResponse(f"{SECOND_FACTOR_PAGE}?saved=off", 303, background=tasks)

    return router
