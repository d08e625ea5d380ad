"""What bounds signing in, on the page and for programs alike: one count of guesses for both."""

from collections.abc import Callable
from typing import NamedTuple

from fastapi import Request

from footfall.accounts import Attempts, HashingThreads
from footfall.app.install import Install

_GUESSES = 10
_GUESSES_PER_SECONDS = 600


class SigningIn(NamedTuple):
    """The threads that hash, the guesses made, and who a request comes from."""

    threads: HashingThreads
    attempts: Attempts
    client_of: Callable[[Request], str]


def signing_in(install: Install) -> SigningIn:
    """Make it for an install."""

    def client_of(request: Request) -> str:
        peer = request.client.host if request.client else ""
        return install.proxies.client(peer, request.headers.get("x-forwarded-for", ""))

    attempts = Attempts(install.clock, limit=_GUESSES, window_seconds=_GUESSES_PER_SECONDS)
    return SigningIn(HashingThreads(), attempts, client_of)
