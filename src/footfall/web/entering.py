"""From a right first factor to a session in the browser: whatever lets people in ends here."""

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts
from footfall.web.browser_name import browser_name
from footfall.web.session_cookie import keep_session, read_session

START = "/"


class Entering:
    """Gives browsers what they carry."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts

    async def let_in(self, request: Request, user_id: int, target: str = START, *, is_strong: bool = False) -> Response:
        """Lead somebody to ``target`` whose first factor was right; a session ends the one the browser had before.

        ``is_strong``: it was two factors in one, as a passkey is that asks for a finger or a PIN.
        """
        if earlier := read_session(request):
            await run_in_threadpool(self._accounts.sign_out, earlier)
        token = await run_in_threadpool(self._accounts.open_session, user_id, browser_name(request))
        response = RedirectResponse(target, 303)
        keep_session(request, response, token)
        return response


def local_path(target: str) -> str:
    """Return ``target`` if it leads to a page here, else the start: a link must not send people elsewhere."""
    # Browsers read a backslash as a slash and skip control characters, so //elsewhere has more than one spelling.
    is_local = target.startswith("/") and not target.startswith("//") and target.isprintable() and "\\" not in target
    return target if is_local else START
