"""The second step of signing in: a code of an app, one of one's passkeys, or a recovery code."""

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import Attempts, Passkeys, Proof, SecondFactors, finish_within_bounds
from footfall.accounts.entrance import nobody_waits
from footfall.errors import FootfallError, NotSignedIn
from footfall.web.addresses import public_address
from footfall.web.entering import Entering, local_path
from footfall.web.forms import require_same_origin
from footfall.web.pages.sign_in_page import SignInPage
from footfall.web.passkey_options import passkey_options
from footfall.web.session_cookie import read_waiting

Text = Annotated[str, Form()]
Target = Annotated[str, Form(alias="next")]


class SecondStepPage:
    """Shows `/sign-in/code`: what the person who waits there can show."""

    def __init__(self, factors: SecondFactors, passkeys: Passkeys, templates: Jinja2Templates) -> None:
        self._factors = factors
        self._passkeys = passkeys
        self._templates = templates

    def show(self, request: Request, user_id: int, target: str, error: FootfallError | None = None) -> Response:
        """Show it; ``target`` is a path of ours."""
        state = self._factors.state(user_id)
        has_passkeys = bool(self._passkeys.of_user(user_id))
        context = {
            "target": target,
            "error": error,
            "has_app": state is None or state.has_app,
            "has_passkeys": has_passkeys,
            "takes_passkeys": has_passkeys and self._passkeys.origin == public_address(request),
            "passkeys_at": self._passkeys.origin,
        }
        return self._templates.TemplateResponse(request, "session/code.html", context, error.status if error else 200)


class _Finishing:
    """Ends a sign-in that waits in a browser, or shows again what it waits for."""

    def __init__(
        self,
        entering: Entering,
        attempts: Attempts,
        client_of: Callable[[Request], str],
        page: SecondStepPage,
        sign_in: SignInPage,
    ) -> None:
        self._entering = entering
        self._attempts = attempts
        self._client_of = client_of
        self._page = page
        self._sign_in = sign_in

    def waiting(self, request: Request) -> int | None:
        """Who waits in this browser."""
        token = read_waiting(request)
        return self._entering.entrance.waiting(token) if token else None

    async def finish(self, request: Request, prove: Proof, target: str) -> Response:
        """Let them in by ``prove``, and lead to ``target``."""
        token, client = read_waiting(request) or "", self._client_of(request)
        try:
            entered = await finish_within_bounds(
                self._entering.entrance, self._attempts, token=token, prove=prove, client=client
            )
        except FootfallError as error:
            return await run_in_threadpool(self._again, request, target, error)
        return await self._entering.lead(request, entered, target)

    def _again(self, request: Request, target: str, error: FootfallError) -> Response:
        user_id = self.waiting(request)
        if user_id is None or isinstance(error, NotSignedIn):
            return self._sign_in.show(request, target, error=error)
        return self._page.show(request, user_id, target, error)


def second_step_router(
    *,
    entering: Entering,
    passkeys: Passkeys,
    attempts: Attempts,
    client_of: Callable[[Request], str],
    page: SecondStepPage,
    sign_in: SignInPage,
) -> APIRouter:
    """Make `/sign-in/code`; ``attempts`` bounds guessing, per account and per ``client_of`` a request."""
    router = APIRouter(prefix="/sign-in/code", include_in_schema=False, dependencies=[Depends(require_same_origin)])

    finishing = _Finishing(entering, attempts, client_of, page, sign_in)

    @router.get("")
    def second_step(request: Request) -> Response:
        user_id = finishing.waiting(request)
        if user_id is None:
            return RedirectResponse("/sign-in", 303)
        return page.show(request, user_id, local_path(request.query_params.get("next", "")))

    @router.post("")
    async def enter_code(request: Request, code: Text = "", target: Target = "") -> Response:
        return await finishing.finish(request, entering.entrance.by_code(code), local_path(target))

    @router.post("/passkey/challenge")
    def challenge(request: Request) -> Response:
        def begin() -> str:
            user_id = finishing.waiting(request)
            if user_id is None:
                raise nobody_waits()
            attempts.spend(f"passkey client {client_of(request)}")
            return passkeys.ask_to_confirm(user_id)

        return passkey_options(request, begin)

    @router.post("/passkey")
    async def show_passkey(request: Request, credential: Text = "", target: Target = "") -> Response:
        def prove(user_id: int) -> None:
            passkeys.confirm(user_id, credential)
            attempts.refund(f"passkey client {client_of(request)}")

        return await finishing.finish(request, prove, local_path(target))

    return router
