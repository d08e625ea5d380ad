"""One provider: where a browser is sent, and what it brings back is exchanged for a name."""

import hashlib
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from footfall.errors import NotAllowed, Unavailable
from footfall.metadata import Clock
from footfall.openid.discovery import Endpoints, discover
from footfall.openid.fetching import Fetching
from footfall.openid.provider import Provider
from footfall.openid.tokens import UnknownKeyError, checked_claims, refused
from footfall.texts import Phrase

_KEPT_MS = 3_600_000
_KEYS_AGAIN_MS = 60_000  # a token with an unknown key makes us ask for the keys, but not each time one comes
_SCOPES = "openid email"


class Person(msgspec.Struct, frozen=True):
    """Whom a provider speaks of. ``email`` is empty where it does not vouch for it."""

    issuer: str
    subject: str
    email: str
    label: str
    """What the person knows the account by: an address, vouched for or not, or a name; proves nothing."""


class OpenIdClient:
    """Asks one provider; its addresses and keys are asked for anew after an hour."""

    def __init__(self, provider: Provider, fetching: Fetching, clock: Clock) -> None:
        self.provider = provider
        self._fetching = fetching
        self._clock = clock
        self._endpoints: tuple[int, Endpoints] | None = None
        self._keys: tuple[int, KeySet] | None = None

    async def address(self, *, redirect_uri: str, state: str, nonce: str, verifier: str) -> str:
        """Where to send the browser; raises Unavailable while the provider does not answer."""
        endpoints = await self._known_endpoints()
        asked = {
            "response_type": "code",
            "client_id": self.provider.client_id,
            "redirect_uri": redirect_uri,
            "scope": _SCOPES,
            "state": state,
            "nonce": nonce,
            "code_challenge": _challenge(verifier),
            "code_challenge_method": "S256",
        }
        joint = "&" if urlsplit(endpoints.authorization).query else "?"
        return f"{endpoints.authorization}{joint}{urlencode(asked)}"

    async def check_issuer(self, named: str) -> None:
        """Refuse an answer that another provider has sent (RFC 9207); raises NotSignedIn."""
        endpoints = await self._known_endpoints()
        if named != self.provider.issuer and (named or endpoints.names_itself):
            raise refused(self.provider, "the answer names another issuer")

    async def person(self, *, code: str, redirect_uri: str, nonce: str, verifier: str) -> Person:
        """Tell who came back with ``code``; raises NotSignedIn, NotAllowed for other domains, Unavailable."""
        endpoints = await self._known_endpoints()
        tokens = await self._exchange(endpoints, code, redirect_uri, verifier)
        claims = await self._claims(tokens, nonce)
        if "email" not in claims and endpoints.user_info:
            claims = await self._with_user_info(endpoints, claims, tokens)
        person = _person_of(claims)
        self._require_domain(claims, person)
        return person

    async def _exchange(self, endpoints: Endpoints, code: str, redirect_uri: str, verifier: str) -> dict[str, Any]:
        name, secret = self.provider.client_id, self.provider.client_secret
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": redirect_uri,
            "code_verifier": verifier,
        }
        if "client_secret_basic" in endpoints.client_proofs:
            # RFC 6749, section 2.3.1: both are encoded as in a form before they are joined.
            basic = (quote(name, safe=""), quote(secret, safe=""))
            answer = await self._fetching.fetch(endpoints.token, form=form, basic=basic)
        else:
            form |= {"client_id": name, "client_secret": secret}
            answer = await self._fetching.fetch(endpoints.token, form=form)
        if answer.status != 200 or not isinstance(answer.content.get("id_token"), str):
            raise refused(self.provider, f"no token: {_oauth_error(answer.content)}")
        return answer.content

    async def _claims(self, tokens: dict[str, Any], nonce: str) -> dict[str, Any]:
        token = tokens["id_token"]
        try:
            return checked_claims(token, await self._known_keys(), self.provider, nonce, self._clock())
        except UnknownKeyError:
            keys = await self._known_keys(kept_ms=_KEYS_AGAIN_MS)
        try:
            return checked_claims(token, keys, self.provider, nonce, self._clock())
        except UnknownKeyError:
            raise refused(self.provider, "it is signed with a key that is not published") from None

    async def _with_user_info(
        self, endpoints: Endpoints, claims: dict[str, Any], tokens: dict[str, Any]
    ) -> dict[str, Any]:
        """Some providers leave the address out of the token; it counts only where it is told of the same person."""
        answer = await self._fetching.fetch(endpoints.user_info, bearer=str(tokens.get("access_token", "")))
        told = answer.content
        if answer.status != 200 or told.get("sub") != claims["sub"]:
            raise refused(self.provider, "its user info is of somebody else, or missing")
        # Whether an address is vouched for is told with it, or not at all.
        kept = {name: value for name, value in claims.items() if name != "email_verified"}
        return kept | told | {"iss": claims["iss"], "sub": claims["sub"]}

    def _require_domain(self, claims: dict[str, Any], person: Person) -> None:
        allowed, claim = self.provider.allowed_domains, self.provider.domain_claim
        domain = str(claims.get(claim, "")) if claim else person.email.rpartition("@")[2]
        if allowed and domain.lower() not in allowed:
            raise NotAllowed(
                Phrase(
                    "Accounts of {domains} only may sign in with {provider}.",
                    domains=", ".join(sorted(allowed)),
                    provider=self.provider.name,
                )
            )

    async def _known_endpoints(self) -> Endpoints:
        now = self._clock()
        if self._endpoints is None or now - self._endpoints[0] > _KEPT_MS:
            self._endpoints = (now, await discover(self.provider.issuer, self._fetching))
        return self._endpoints[1]

    async def _known_keys(self, kept_ms: int = _KEPT_MS) -> KeySet:
        now = self._clock()
        if self._keys is None or now - self._keys[0] > kept_ms:
            endpoints = await self._known_endpoints()
            answer = await self._fetching.fetch(endpoints.keys)
            try:
                keys = KeySet.import_key_set({"keys": answer.content["keys"]})
            except (JoseError, ValueError, TypeError, KeyError, AttributeError) as error:
                raise Unavailable("The provider's keys cannot be read; try again later.") from error
            self._keys = (now, keys)
        return self._keys[1]


def open_id_clients(providers: Iterable[Provider], fetching: Fetching, clock: Clock) -> Mapping[str, OpenIdClient]:
    """One client for each provider, by its name in addresses."""
    return {provider.id: OpenIdClient(provider, fetching, clock) for provider in providers}


def _challenge(verifier: str) -> str:
    """RFC 7636, section 4.2."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).decode().rstrip("=")


def _person_of(claims: dict[str, Any]) -> Person:
    given = claims.get("email")
    email = given.strip().lower() if isinstance(given, str) else ""
    names = (email, claims.get("preferred_username"), claims.get("name"))
    label = next((name for name in names if isinstance(name, str) and name and name.isprintable()), "")
    return Person(claims["iss"], claims["sub"], email if claims.get("email_verified") is True else "", label[:254])


def _oauth_error(content: dict[str, Any]) -> str:
    """One of the words of RFC 6749, section 5.2; anything else might say who it was."""
    known = ("invalid_request", "invalid_client", "invalid_grant", "unauthorized_client", "unsupported_grant_type")
    error = content.get("error")
    return error if isinstance(error, str) and error in known else "other error"
