"""Who is let in to a shared dashboard: by a link, by its password, or because it is everybody's."""

from collections.abc import Callable

from fastapi import Request, Response

from footfall.accounts import Attempts, HashingThreads, Passwords
from footfall.errors import InvalidInput, NotFound
from footfall.sites import PROOF_SECONDS, SharedAccess, SharedLink, Shown
from footfall.web.guard import Guard
from footfall.web.session_cookie import is_https


class Admittance:
    """Bounds what one client asks for; ``by_link``, ``unlocked`` and ``public`` are for ``Depends``."""

    def __init__(
        self,
        *,
        access: SharedAccess,
        guard: Guard,
        is_member: Callable[[int, str], bool],
        visits: Attempts,
        client_of: Callable[[Request], str],
    ) -> None:
        """``is_member`` tells of a person and a domain; ``visits`` bounds what one client may ask for."""
        self._access = access
        self._guard = guard
        self._is_member = is_member
        self._visits = visits
        self._client_of = client_of

    def by_link(self, request: Request, domain: str, auth: str = "") -> Shown:
        """What the link of the address shows, locked or not; raises NotFound, TooManyRequests."""
        self._visits.spend(self._client_of(request))
        return self._access.by_link(domain, auth, lambda link: request.cookies.get(_cookie(link), ""))

    def unlocked(self, request: Request, domain: str, auth: str = "") -> Shown:
        """The same, but for a link that still waits for its password: that raises NotFound."""
        shown = self.by_link(request, domain, auth)
        if shown.is_locked:
            raise NotFound("Tell the password of this link first.")
        return shown

    def public(self, request: Request, domain: str) -> Shown:
        """What is everybody's; raises NotFound, TooManyRequests."""
        self._visits.spend(self._client_of(request))
        return self._access.public(domain)

    def own_or_public(self, request: Request, domain: str) -> Shown | None:
        """None for its members, who see more in their own place."""
        user = self._guard.visitor(request)
        if user is not None and self._is_member(user.id, domain):
            return None
        request.state.user = None  # a stranger here, whoever they are elsewhere
        return self.public(request, domain)


class LinkPasswords:
    """Checks the password of a link, and lets the browser carry the proof; ``guesses`` bounds passwords tried."""

    def __init__(
        self,
        *,
        access: SharedAccess,
        passwords: Passwords,
        threads: HashingThreads,
        guesses: Attempts,
        client_of: Callable[[Request], str],
    ) -> None:
        self._access = access
        self._passwords = passwords
        self._threads = threads
        self._guesses = guesses
        self._client_of = client_of

    async def check(self, request: Request, link: SharedLink, password: str) -> None:
        """Raises InvalidInput for another password, TooManyRequests after too many."""
        # By client and link, so that nobody's guesses keep others out.
        name = f"link {link.id} client {self._client_of(request)}"
        self._guesses.spend(name)
        if not await self._threads.run(self._passwords.verify, link.password_hash, password):
            raise InvalidInput("This is not the password of this link.", field="password")
        self._guesses.forgive(name)

    def carry_proof(self, request: Request, response: Response, link: SharedLink, domain: str) -> None:
        """Let the browser carry that it knows the password."""
        response.set_cookie(
            _cookie(link),
            self._access.proof(link),
            max_age=PROOF_SECONDS,
            path=f"/share/{domain}",
            secure=is_https(request),
            httponly=True,
            samesite="lax",
        )


def _cookie(link: SharedLink) -> str:
    return f"footfall-link-{link.id}"
