"""Keys on the wire: ``Authorization: Bearer KEY`` becomes a caller, or an error in the words its clients know."""

from collections.abc import Callable
from typing import NamedTuple, Protocol

from fastapi import Request
from starlette.requests import HTTPConnection

from footfall.accounts import Caller
from footfall.errors import NotAllowed, NotSignedIn


class KeyErrors(NamedTuple):
    """What a caller without a fitting key is told; an empty text leaves the error as it is."""

    missing: str
    unfit: str = ""


OWN_WORDS = KeyErrors("Send an API key as Authorization: Bearer KEY.")
# The texts of Plausible's API, which its clients may look for.
_MISSING = "Missing API key. Please use a valid Plausible API key as a Bearer Token."
_UNFIT = "Please make sure you're using a valid API key with access to the"
SITES_WORDS = KeyErrors(_MISSING, f"Invalid API key. {_UNFIT} resource you've requested.")
STATS_WORDS = KeyErrors(_MISSING, f"Invalid API key or site ID. {_UNFIT} site you've requested.")


def bearer_key(request: HTTPConnection) -> str | None:
    """Return the key a request carries."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


class Keys(Protocol):
    """Keys, and how often each may ask."""

    def check(self, request: Request, key: str, scope: str) -> Caller:
        """Tell who shows a key; raises NotSignedIn, NotAllowed or TooManyRequests."""


def caller_with(keys: Keys, scope: str, words: KeyErrors = OWN_WORDS) -> Callable[[Request], Caller]:
    """Make the dependency that answers who calls with a key of ``scope``; raises as ``keys`` does."""

    def caller(request: Request) -> Caller:
        key = bearer_key(request)
        if key is None:
            raise NotSignedIn(words.missing)
        try:
            return keys.check(request, key, scope)
        except (NotSignedIn, NotAllowed) as error:
            raise NotSignedIn(words.unfit) if words.unfit else error from error

    return caller
