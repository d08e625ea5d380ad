"""Who calls: somebody who signed in, by the token of that session, or a program, by an API key."""

from collections.abc import Callable
from typing import NamedTuple

from fastapi import Request

from footfall.accounts import Accounts, User
from footfall.api.keys import bearer_key
from footfall.api.query import SCOPE
from footfall.api.rate import KeyRate
from footfall.collect.doors import Caller as KeyHolder
from footfall.collect.umami import Websites
from footfall.domain import Site
from footfall.errors import FootfallError, NotSignedIn, SecondFactorNeeded
from footfall.sites import SiteDirectory

_KEY_HEADER = "x-umami-api-key"
_REFUSED = "Unauthorized"


class Caller(NamedTuple):
    """Who calls, and which sites that may be about; ``user`` is None for a key."""

    token: str
    user: User | None
    may_read: Callable[[int], bool]


class Callers:
    """Tells callers by what they carry; ``check_key`` takes a key's text and a scope, ``rate`` counts requests."""

    def __init__(
        self, accounts: Accounts, sites: SiteDirectory, check_key: Callable[[str, str], KeyHolder], rate: KeyRate
    ) -> None:
        self._rate = rate
        self._accounts = accounts
        self._sites = sites
        self._websites = Websites(sites)
        self._check_key = check_key

    def caller(self, request: Request) -> Caller:
        """Who calls; raises NotSignedIn, TooManyRequests."""
        token = bearer_key(request) or request.headers.get(_KEY_HEADER, "")
        user = self._accounts.user_of_session(token) if token else None
        if user is not None:
            self._rate.count(request, token)
            return Caller(token, user, lambda site_id: self._sites.may_read(user.id, site_id))
        try:
            holder = self._check_key(token, SCOPE)
        except FootfallError:
            raise NotSignedIn(_REFUSED) from None
        self._rate.count(request, token)
        return Caller(token, None, holder.may_use)

    def sites(self, request: Request) -> list[Site]:
        """The sites of the caller by domain."""
        caller = self.caller(request)
        return [site for site in self._sites.all() if caller.may_read(site.id)]

    def site(self, request: Request, website_id: str) -> Site:
        """The site in the path; raises NotSignedIn for one that is not the caller's, as for one that is not there.

        Raises SecondFactorNeeded for a person who sees it only with one.
        """
        caller = self.caller(request)
        site = self._websites.find(website_id)
        if site is not None and caller.user and self._sites.is_held_back(caller.user.id, site.id):
            raise SecondFactorNeeded
        if site is None or not caller.may_read(site.id):
            raise NotSignedIn(_REFUSED)
        return site
