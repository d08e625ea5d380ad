"""Browsers as the JSON sign-in meets them: what they carry, and how a change is known to be asked for by our pages."""

from fastapi import Request

from footfall.web.browser_name import browser_name
from footfall.web.entering import Entering
from footfall.web.forms import TOKEN_HEADER, FormTokens, require_same_origin
from footfall.web.session_cookie import drop_session, read_session, read_waiting


class Browsers:
    """Sessions in the cookies of the pages, under the rules of the pages."""

    def __init__(self, entering: Entering, form_tokens: FormTokens) -> None:
        self._form_tokens = form_tokens
        self.name, self.session, self.waiting = browser_name, read_session, read_waiting
        self.carry, self.drop, self.form_token = entering.carry, drop_session, form_tokens.of

    def require_own(self, request: Request, session: str | None, form_token: str | None = None) -> None:
        """Refuse what another site's page asks for, and in a session what comes without its token: NotAllowed."""
        require_same_origin(request)
        if session:
            self._form_tokens.require(request.headers.get(TOKEN_HEADER) or form_token, session)
