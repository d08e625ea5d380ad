"""The pages behind links sent to a mailbox, and those that send them.

Each page that takes an address gives the same answer, as fast, whether or not somebody has it: what follows is done
after the answer, and told to the mailbox alone.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import BackgroundTasks, Request, Response
from starlette.templating import Jinja2Templates

from footfall.accounts import MIN_PASSWORD_LENGTH, Accounts, Attempts, Links, checked_email
from footfall.errors import FootfallError
from footfall.mail import Post
from footfall.texts import Words
from footfall.web.entering import Entering
from footfall.web.language import words_for


class LinkPages:
    """What those pages share; ``is_open`` lets anybody make an account."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        entering: Entering,
        links: Links,
        post: Post,
        attempts: Attempts,
        client_of: Callable[[Request], str],
        base_url: str,
        is_open: bool,
        templates: Jinja2Templates,
    ) -> None:
        self.accounts = accounts
        self.entering = entering
        self.links = links
        self.post = post
        self.is_open = is_open
        self._base = base_url.rstrip("/")
        self._attempts = attempts
        self._client_of = client_of
        self._templates = templates

    def url(self, path: str) -> str:
        """A page here, as a letter names it."""
        return f"{self._base}{path}"

    def show(self, request: Request, name: str, error: FootfallError | None = None, **context: Any) -> Response:
        """Show a page, with what went wrong if something did."""
        shown = {"error": error, "is_sent": False, "email": "", "min_password_length": MIN_PASSWORD_LENGTH}
        shown |= {"sends_mail": self.post.is_set_up} | context
        return self._templates.TemplateResponse(request, f"links/{name}.html", shown, error.status if error else 200)

    def answer(
        self,
        request: Request,
        name: str,
        email: str,
        follow: Callable[[str, Words], Awaitable[None]],
    ) -> Response:
        """Say that a mail is on its way, and see afterwards whether there is one to send."""
        try:
            address = checked_email(email)
            self._attempts.spend(f"{name} client {self._client_of(request)}")
            self._attempts.spend(f"{name} {address}")
        except FootfallError as error:
            return self.show(request, name, error, email=email)
        response = self.show(request, name, is_sent=True, email=address)
        tasks = BackgroundTasks()
        tasks.add_task(follow, address, words_for(request))
        response.background = tasks
        return response
