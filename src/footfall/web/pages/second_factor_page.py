"""The page of one's second factor, as all its forms show it again."""

from typing import Any

from fastapi import BackgroundTasks, Request, Response
from fastapi.concurrency import run_in_threadpool
from starlette.templating import Jinja2Templates

from footfall.accounts import Accounts, Enrolment, Passkeys, SecondFactors, Teams, User, in_groups
from footfall.errors import FootfallError
from footfall.mail import Post, letters
from footfall.sites import SiteDirectory
from footfall.texts import Phrase
from footfall.web.addresses import public_address
from footfall.web.entering import START
from footfall.web.language import words_for
from footfall.web.qr_code import qr_code

_QR_CODE = Phrase("The secret as a QR code")


class SecondFactorPage:
    """Shows `/account/second-factor`, and writes to the mailbox what was changed there."""

    def __init__(
        self,
        *,
        accounts: Accounts,
        factors: SecondFactors,
        passkeys: Passkeys,
        teams: Teams,
        sites: SiteDirectory,
        post: Post,
        templates: Jinja2Templates,
    ) -> None:
        self._accounts = accounts
        self._factors = factors
        self._passkeys = passkeys
        self._teams = teams
        self._sites = sites
        self._post = post
        self._templates = templates

    def show(
        self,
        request: Request,
        user: User,
        form: str = "",
        error: FootfallError | None = None,
        *,
        target: str = START,
        enrolment: Enrolment | None = None,
        recovery_codes: list[str] | None = None,
    ) -> Response:
        """Show it; ``error`` is that of ``form``, and ``target`` the path somebody wanted to go to."""
        asking = [each.team for each in self._teams.of_user(user.id) if each.team.requires_second_factor]
        known = {team.id for team in asking}
        held_back = self._sites.held_back(user.id)
        context: dict[str, Any] = {
            "factor": self._factors.state(user.id),
            "has_password": self._accounts.has_password(user.id),
            "passkeys": self._passkeys.of_user(user.id),
            "takes_passkeys": self._passkeys.origin == public_address(request),
            "form": form,
            "error": error,
            "target": target,
            "enrolment": enrolment,
            "secret": in_groups(enrolment.secret, " ") if enrolment else "",
            "qr_code": qr_code(enrolment.url, words_for(request).of(_QR_CODE)) if enrolment else "",
            "recovery_codes": recovery_codes,
            "asks_everybody": self._sites.asks_everybody,
            "asking_teams": asking,
            "asking_sites": [site for site in held_back if self._sites.team_of(site.id) not in known],
        }
        return self._templates.TemplateResponse(
            request, "account/second_factor_page.html", context, error.status if error else 200
        )

    async def changed(
        self, request: Request, user: User, tasks: BackgroundTasks, change: str, codes: list[str], target: str = START
    ) -> Response:
        """Show new recovery codes, and write to the mailbox."""
        self.tell(request, user, tasks, change)
        response = await run_in_threadpool(self.show, request, user, target=target, recovery_codes=codes)
        response.background = tasks
        return response

    def tell(self, request: Request, user: User, tasks: BackgroundTasks, change: str) -> None:
        """Write to the mailbox; ``change`` is one of ``second_factor_changed``."""
        tasks.add_task(self._post.try_to_send, letters.second_factor_changed(user.email, change), words_for(request))
