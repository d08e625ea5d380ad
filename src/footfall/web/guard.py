"""Who may open a page: the dependencies by which routes ask for a signed-in user or for a site of theirs."""

from typing import Any
from urllib.parse import quote

from fastapi import HTTPException, Request

from footfall.accounts import Accounts, User
from footfall.domain import Site
from footfall.domain.roles import Right
from footfall.errors import NotAllowed, NotFound
from footfall.sites import SiteDirectory
from footfall.web.forms import FormTokens, require_same_origin
from footfall.web.session_cookie import read_session

SECOND_FACTOR_PAGE = "/account/second-factor"
_OWN_PAGES = "/account"  # where one is set up, and passkeys are added that can be one


class Guard:
    """Give its methods to ``Depends``; what they refuse is a redirect or one of ``footfall.errors``."""

    def __init__(self, accounts: Accounts, sites: SiteDirectory, form_tokens: FormTokens) -> None:
        self._accounts = accounts
        self._sites = sites
        self._form_tokens = form_tokens

    def visitor(self, request: Request) -> User | None:
        """Tell who is signed in, if anybody is."""
        token = read_session(request)
        request.state.user = self._accounts.user_of_session(token) if token else None
        user: User | None = request.state.user
        return user

    def user(self, request: Request) -> User:
        """Tell who is signed in; others are sent to sign in, or to set up a fresh install.

        Where everybody needs a second factor, whoever has none is led to set one up.
        """
        user = self.visitor(request)
        if user is None:
            raise HTTPException(303, headers={"location": self._entrance(request)})
        if self._sites.needs_second_factor(user.id) and not _is_own_page(request):
            raise to_second_factor(request)
        return user

    def site(self, request: Request, domain: str) -> Site:
        """Return the site in the URL to its members; for everybody else it does not exist.

        Members who need a second factor first are led to set one up.
        """
        user = self.user(request)
        site = self._sites.by_domain(domain)
        if site is not None and self._sites.is_held_back(user.id, site.id):
            raise to_second_factor(request)
        if site is None or not self._sites.may_read(user.id, site.id):
            raise NotFound("There is no such site, or you are not a member of it.")
        request.state.may_edit = self._sites.may(user.id, site.id, Right.EDIT)
        request.state.may_manage = self._sites.may_manage(user.id, site.id)
        request.state.owns = self._sites.may(user.id, site.id, Right.OWN)
        return site

    def edited_site(self, request: Request, domain: str) -> Site:
        """Return the site in the URL to its owners, admins and editors; raises NotAllowed for its other members."""
        site = self.site(request, domain)
        if not request.state.may_edit:
            raise NotAllowed("Only an owner, admin or editor of this site can change it; ask one to do so.")
        return site

    def managed_site(self, request: Request, domain: str) -> Site:
        """Return the site in the URL to its owners and admins; raises NotAllowed for its other members."""
        site = self.site(request, domain)
        if not request.state.may_manage:
            raise NotAllowed("Only an owner or admin of this site can change it; ask one to do so.")
        return site

    def owned_site(self, request: Request, domain: str) -> Site:
        """Return the site in the URL to its owners; raises NotAllowed for its other members."""
        site = self.managed_site(request, domain)
        if not request.state.owns:
            raise NotAllowed("Only an owner of this site can do this; ask one to do so.")
        return site

    async def form(self, request: Request) -> None:
        """Refuse a form that our own page did not make for this session; without one there is nothing to misuse."""
        require_same_origin(request)
        token = read_session(request)
        if token:
            await self._form_tokens.check(request, token)

    def page_context(self, request: Request) -> dict[str, Any]:
        """Give every template who is signed in, and the token for its forms."""
        return {
            "user": getattr(request.state, "user", None),
            "form_token": self._form_tokens.of(read_session(request) or ""),
        }

    def _entrance(self, request: Request) -> str:
        if not self._accounts.has_owner():
            return "/setup"
        if request.method != "GET" or request.url.path == "/" or "hx-request" in request.headers:
            return "/sign-in"
        return f"/sign-in?next={_asked(request)}"


def _is_own_page(request: Request) -> bool:
    return request.url.path == _OWN_PAGES or request.url.path.startswith(f"{_OWN_PAGES}/")


def to_second_factor(request: Request) -> HTTPException:
    """Lead somebody to set up a second factor, and from there to where they wanted to go."""
    asked = f"?next={_asked(request)}" if request.method == "GET" and "hx-request" not in request.headers else ""
    return HTTPException(303, headers={"location": f"{SECOND_FACTOR_PAGE}{asked}"})


def _asked(request: Request) -> str:
    return quote(request.url.path + (f"?{request.url.query}" if request.url.query else ""), safe="/")
