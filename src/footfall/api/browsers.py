"""What the JSON sign-in asks of browsers; the pages bring it."""

from typing import Protocol

from fastapi import Request
from fastapi.responses import JSONResponse

from footfall.accounts import Entered


class Browsers(Protocol):
    """How browsers carry sessions and sign-ins that wait, and how a change is known to be asked for by our pages."""

    def name(self, request: Request) -> str:
        """What the browser is called in the list of sessions."""

    def session(self, request: Request) -> str | None:
        """The token of the session it carries."""

    def waiting(self, request: Request) -> str | None:
        """The token of the sign-in that waits for a code in it."""

    async def carry(self, request: Request, response: JSONResponse, entered: Entered) -> None:
        """Let it carry what it has come to."""

    def drop(self, request: Request, response: JSONResponse) -> None:
        """Take the session from it."""

    def form_token(self, session: str) -> str:
        """The token that changes in this session come with."""

    def require_own(self, request: Request, session: str | None, form_token: str | None = None) -> None:
        """Refuse what another site's page asks for, and in a session what comes without its token: NotAllowed."""
