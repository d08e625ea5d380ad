"""From a right first factor to a session in the browser, by way of the page that asks for a code where one is needed.

Whatever lets people in ends here: the password, a link to the mailbox, a new account.
"""

from urllib.parse import quote

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Accounts, Entered, Entrance
from footfall.web.browser_name import browser_name
from footfall.web.session_cookie import drop_waiting, keep_session, keep_waiting, read_session, read_waiting

START = "/"


class Entering:
    """Gives browsers what they carry."""

    def __init__(self, accounts: Accounts, entrance: Entrance) -> None:
        self._accounts = accounts
        self.entrance = entrance

    async def let_in(self, request: Request, user_id: int, target: str = START, *, is_strong: bool = False) -> Response:
        """Lead somebody to ``target`` whose first factor was right, or to where a code is asked for.

        ``is_strong``: it was two factors in one, as a passkey is that asks for a finger or a PIN.
        """
        name = browser_name(request)
        entered = await run_in_threadpool(self.entrance.enter, user_id, name, is_strong=is_strong)
        return await self.lead(request, entered, target)

    async def lead(self, request: Request, entered: Entered, target: str = START) -> Response:
        """Lead somebody on who has come as far as ``entered``; ``target`` is a path of ours: see ``local_path``."""
        asked = "" if target == START else f"?next={quote(target, safe='/')}"
        response = RedirectResponse(f"/sign-in/code{asked}" if entered.needs_code else target, 303)
        await self.carry(request, response, entered)
        return response

    async def carry(self, request: Request, response: Response, entered: Entered) -> None:
        """Let the browser carry what it has come to; a session ends the one it had before."""
        if entered.needs_code:
            keep_waiting(request, response, entered.token)
            return
        if earlier := read_session(request):
            await run_in_threadpool(self._accounts.sign_out, earlier)
        keep_session(request, response, entered.token)
        if read_waiting(request):
            drop_waiting(request, response)


def local_path(target: str) -> str:
    """Return ``target`` if it leads to a page here, else the start: a link must not send people elsewhere."""
    # Browsers read a backslash as a slash and skip control characters, so //elsewhere has more than one spelling.
    is_local = target.startswith("/") and not target.startswith("//") and target.isprintable() and "\\" not in target
    return target if is_local else START
