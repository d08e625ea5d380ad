"""The page of one's own account, as all its forms show it again: with what went wrong, and what each section tells."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from fastapi import Request, Response
from starlette.templating import Jinja2Templates

from footfall.accounts import (
    MIN_PASSWORD_LENGTH,
    Accounts,
    KeyRing,
    Links,
    SecondFactors,
    Sessions,
    Teams,
    User,
)
from footfall.errors import FootfallError
from footfall.mail import Post
from footfall.sites import SiteDirectory
from footfall.texts import Phrase, language_name, languages
from footfall.web.session_cookie import read_session

Section = Callable[[Request, User], dict[str, Any]]
"""Gives the template of one section its values."""
NEVER = Phrase("never")
_NOT_KNOWN = Phrase("not known")


class AccountPage:
    """Shows `/account`."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        sessions: Sessions,
        factors: SecondFactors,
        links: Links,
        teams: Teams,
        keys: KeyRing,
        sites: SiteDirectory,
        post: Post,
        sections: Sequence[Section],
        templates: Jinja2Templates,
    ) -> None:
        self._accounts = accounts
        self._sessions = sessions
        self._factors = factors
        self._links = links
        self._teams = teams
        self._keys = keys
        self._sites = sites
        self._post = post
        self._sections = sections
        self._templates = templates

    def show(
        self, request: Request, user: User, form: str = "", error: FootfallError | None = None, **extra: Any
    ) -> Response:
        """Show it; ``error`` is that of ``form``."""
        alone, needed = self._teams.held_by(user.id)
        listed = self._sessions.of_user(user.id, read_session(request) or "")
        context = {
            "me": user,
            "form": form,
            "error": error,
            "factor": self._factors.state(user.id),
            "is_confirmed": self._links.is_confirmed(user.id),
            "sends_mail": self._post.is_set_up,
            "sent_to": "",
            "sessions": [(one, _browser(one.browser), last_used(one.last_used_ms)) for one in listed],
            "memberships": self._teams.of_user(user.id),
            "owns_install": self._accounts.owns_install(user.id),
            "lost_teams": [(team, self._sites.of_team(team.id)) for team in alone],
            "needed_teams": needed,
            "lost_keys": len(self._keys.of_owner(user.id)),
            "min_password_length": MIN_PASSWORD_LENGTH,
            "languages": {language: language_name(language) for language in languages()},
        }
        for section in self._sections:
            context |= section(request, user)
        status = error.status if error else 200
        return self._templates.TemplateResponse(request, "account/account.html", context | extra, status)


def last_used(last_used_ms: int, unknown: Phrase = _NOT_KNOWN) -> Phrase:
    """A time that is kept to the hour."""
    if not last_used_ms:
        return unknown
    return Phrase("{moment} UTC", moment=datetime.fromtimestamp(last_used_ms / 1000, UTC))


def _browser(name: str) -> Phrase:
    """Such as Firefox on Linux, which is what is stored."""
    browser, on, system = name.partition(" on ")
    if not name:
        return Phrase("Unknown browser")
    return Phrase("{browser} on {device}", browser=browser, device=system) if on else Phrase("{browser}", browser=name)
