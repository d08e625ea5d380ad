"""A browser leaves for a provider and comes back: state, nonce, PKCE, and that it is the same browser."""

from collections.abc import Callable, Mapping
from hmac import compare_digest
from typing import NamedTuple
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import RedirectResponse

from footfall.accounts import Attempts, Handshake, Handshakes
from footfall.accounts.tokens import digest, new_token
from footfall.errors import NotAllowed, NotFound
from footfall.openid import OpenIdClient, Person, Provider
from footfall.texts import Phrase
from footfall.web.entering import local_path
from footfall.web.handshake_cookie import Leaving, keep_handshake, read_handshake


class ComeBack(NamedTuple):
    """Who somebody is, as a provider says; ``user_id`` is who wanted to link the two, None: they want to sign in."""

    person: Person
    user_id: int | None
    target: str


def _redirected(url: str) -> Response:
    return RedirectResponse(url, 303)


class AskingProviders:
    """Sends browsers to ``clients`` and takes them back; ``base_url`` is the install's public address."""

    def __init__(
        self,
        clients: Mapping[str, OpenIdClient],
        handshakes: Handshakes,
        attempts: Attempts,
        client_of: Callable[[Request], str],
        base_url: str,
    ) -> None:
        self.clients = clients
        self._handshakes = handshakes
        self._attempts = attempts
        self._client_of = client_of
        self._base_url = base_url.rstrip("/")

    @property
    def providers(self) -> list[Provider]:
        """Whom one can sign in with, in the order of the settings."""
        return [client.provider for client in self.clients.values()]

    @property
    def issuers(self) -> tuple[str, ...]:
        """Those whose word lets somebody in."""
        return tuple(provider.issuer for provider in self.providers)

    def name_of(self, issuer: str) -> str:
        """What people call this provider; empty where one cannot sign in with it any more."""
        return next((provider.name for provider in self.providers if provider.issuer == issuer), "")

    def client(self, name: str) -> OpenIdClient:
        """The provider of that name; raises NotFound."""
        if name not in self.clients:
            raise NotFound("Nobody signs in with this provider here.")
        return self.clients[name]

    async def leave(
        self,
        request: Request,
        name: str,
        target: str,
        user_id: int | None = None,
        *,
        lead_to: Callable[[str], Response] = _redirected,
    ) -> Response:
        """Send the browser to a provider; raises NotFound, TooManyRequests, or Unavailable where it does not answer."""
        client = self.client(name)
        self._attempts.spend(f"provider client {self._client_of(request)}")
        # One secret for all tabs: the second must not end what the first has begun.
        secret, state = read_handshake(request).secret or new_token(), new_token()
        url = await client.address(
            redirect_uri=self._redirect_uri(name),
            state=state,
            nonce=_derived("nonce", state, secret),
            verifier=_derived("verifier", state, secret),
        )
        noted = {"browser": digest(secret), "provider": name, "for_user": user_id}
        await run_in_threadpool(self._handshakes.begin, Handshake.ASK_PROVIDER, state, None, noted)
        response = lead_to(url)
        keep_handshake(request, response, Leaving(secret, target))
        return response

    async def come_back(self, request: Request, name: str) -> ComeBack:
        """Tell who has come back; raises NotSignedIn, NotAllowed, NotFound or Unavailable."""
        client, told = self.client(name), request.query_params
        state, leaving = told.get("state", ""), read_handshake(request)
        noted = await run_in_threadpool(self._handshakes.finish, Handshake.ASK_PROVIDER, state)
        if not compare_digest(noted["browser"], digest(leaving.secret)) or noted["provider"] != name:
            raise NotAllowed("This sign-in was begun in another browser; please begin again.")
        await client.check_issuer(told.get("iss", ""))
        if not told.get("code"):
            raise NotAllowed(
                Phrase(
                    "{provider} did not sign you in; please try again, or sign in another way.",
                    provider=client.provider.name,
                )
            )
        person = await client.person(
            code=told["code"],
            redirect_uri=self._redirect_uri(name),
            nonce=_derived("nonce", state, leaving.secret),
            verifier=_derived("verifier", state, leaving.secret),
        )
        self._attempts.refund(f"provider client {self._client_of(request)}")
        return ComeBack(person, noted["for_user"], local_path(leaving.target))

    def _redirect_uri(self, name: str) -> str:
        """One for each provider, so that no answer of one passes for another's."""
        return f"{self._base_url}/sign-in/with/{quote(name)}/callback"


def _derived(use: str, state: str, secret: str) -> str:
    """Made of what only the browser knows, so that neither nonce nor verifier is stored."""
    return digest(f"{use} {state} {secret}")
