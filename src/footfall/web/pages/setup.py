"""The first page of a fresh install: it makes the owner's account, once."""

import secrets
from ipaddress import ip_address
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request, Response
from fastapi.responses import RedirectResponse
from starlette.templating import Jinja2Templates

from footfall.accounts import MIN_PASSWORD_LENGTH, Accounts, Attempts, HashingThreads
from footfall.errors import Conflict, FootfallError, InvalidInput
from footfall.web.entering import Entering
from footfall.web.forms import require_same_origin

_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
_FORWARDING_HEADERS = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-real-ip")


def setup_router(
    *,
    accounts: Accounts,
    entering: Entering,
    threads: HashingThreads,
    templates: Jinja2Templates,
    attempts: Attempts,
    setup_code: str,
) -> APIRouter:
    """Make the routes of `/setup`; ``setup_code`` is what the console printed, ``attempts`` bounds guessing it."""
    router = APIRouter(dependencies=[Depends(require_same_origin)], include_in_schema=False)

    def show(request: Request, email: str = "", error: FootfallError | None = None) -> Response:
        context = {
            "email": email,
            "error": error,
            "needs_code": not is_local(request),
            "min_password_length": MIN_PASSWORD_LENGTH,
        }
        return templates.TemplateResponse(request, "setup/setup.html", context, error.status if error else 200)

    @router.get("/setup")
    def setup_form(request: Request) -> Response:
        return RedirectResponse("/sites", 303) if accounts.has_owner() else show(request)

    @router.post("/setup")
    async def set_up(
        request: Request,
        email: Annotated[str, Form()] = "",
        password: Annotated[str, Form()] = "",
        code: Annotated[str, Form()] = "",
    ) -> Response:
        try:
            check_setup_code(request, code, setup_code, attempts)
            user = await threads.run(accounts.create_owner, email, password)
        except Conflict:
            return RedirectResponse("/sign-in", 303)  # somebody was faster
        except FootfallError as error:
            return show(request, email, error)
        return await entering.let_in(request, user.id)

    return router


def is_local(request: Request) -> bool:
    """Tell whether the request was made on this machine, to this machine, through nothing in between.

    A proxy on this machine also connects from loopback, and not every proxy says so: hence the host as well.
    """
    if any(header in request.headers for header in _FORWARDING_HEADERS):
        return False
    return request.url.hostname in _LOCAL_NAMES and request.client is not None and _is_loopback(request.client.host)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def check_setup_code(request: Request, given: str, expected: str, attempts: Attempts) -> None:
    """Refuse whoever may not set up a fresh install: other machines need the code of the console."""
    if is_local(request):
        return
    attempts.spend("setup code")
    if not expected or not secrets.compare_digest(given.strip().encode(), expected.encode()):
        raise InvalidInput("This is not the code; it stands on the console Footfall was started from.", field="code")
