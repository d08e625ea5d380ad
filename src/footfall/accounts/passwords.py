"""Passwords: their rules, argon2id, and the few threads it may keep busy."""

import asyncio
from base64 import b64encode
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from secrets import token_bytes
from typing import ParamSpec, TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from footfall.accounts.leaked_passwords import LeakedPasswords
from footfall.errors import InvalidInput, Unavailable
from footfall.texts import Phrase

MIN_PASSWORD_LENGTH = 10
MAX_PASSWORD_LENGTH = 200
FEWEST_GUESSES = 1_000_000
"""How many others somebody must have to try before a password, who tries the likely ones first."""
_LOOKED_AT = 40  # characters: the time the estimate takes grows faster than the text
_NAMES = ("footfall",)  # what is as likely here as a common password

P = ParamSpec("P")
T = TypeVar("T")


class Passwords:
    """Hashes and checks passwords; the cost is argon2-cffi's default (RFC 9106, low memory: 64 MiB) unless given."""

    def __init__(self, hasher: PasswordHasher | None = None, leaked: LeakedPasswords | None = None) -> None:
        """``leaked`` is the list of those nobody may take any more; None: there is none."""
        self._hasher = hasher or PasswordHasher()
        self._leaked = leaked
        self._nobody = _hash_of_nothing(self._hasher)

    def hash(self, password: str) -> str:
        """Return the hash with its salt and cost.

        Raises InvalidInput for a password that breaks the rules, Unavailable where that cannot be told just now.
        """
        if len(password) < MIN_PASSWORD_LENGTH:
            raise InvalidInput(
                Phrase("The password needs at least {least} characters.", least=MIN_PASSWORD_LENGTH), field="password"
            )
        if len(password) > MAX_PASSWORD_LENGTH:
            raise InvalidInput(
                Phrase("The password may have at most {most} characters.", most=MAX_PASSWORD_LENGTH), field="password"
            )
        if _guesses(password) < FEWEST_GUESSES:
            raise InvalidInput(
                "This password is among the first that people try: words, names, rows of keys. Take several words.",
                field="password",
            )
        if self._leaked is not None and self._leaked.has(password):
            raise InvalidInput(
                "This password was leaked somewhere, by you or by somebody else who had it, and is tried on"
                " every account since. Take another.",
                field="password",
            )
        return self._hasher.hash(password)

    def verify(self, password_hash: str | None, password: str) -> bool:
        """Tell whether ``password`` made the hash; without one (None or empty) it takes as long and is never right."""
        try:
            self._hasher.verify(password_hash or self._nobody, password[: MAX_PASSWORD_LENGTH + 1])
        except VerificationError:
            return False
        return bool(password_hash)


def _hash_of_nothing(hasher: PasswordHasher) -> str:
    """A hash no password makes, of the cost of ``hasher``: checked when there is no such person, it takes as long."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (b64encode(token_bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _guesses(password: str) -> int:
    """Tell how soon it is found by lists of common passwords, words and names, however they are spelt, and patterns."""
    from zxcvbn import zxcvbn  # noqa: PLC0415 (its lists take 0.14 s to load, and most commands judge no password)

    return int(zxcvbn(password[:_LOOKED_AT], user_inputs=_NAMES)["guesses"])


class HashingThreads:
    """Runs work that hashes a password off the event loop, ``workers`` at a time, ``waiting`` more in line at most.

    Each hash takes 64 MiB and a core for a moment: without bounds a crowd at the sign-in page stops the intake.
    """

    def __init__(self, *, workers: int = 2, waiting: int = 20) -> None:
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="hashing")
        self._places = workers + waiting
        self._taken = 0

    async def run(self, work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Return what ``work`` returns; raises Unavailable when the line is full."""
        if self._taken >= self._places:
            raise Unavailable("Too many people are signing in at this moment; try again in a few seconds.")
        self._taken += 1
        try:
            return await asyncio.wrap_future(self._pool.submit(copy_context().run, partial(work, *args, **kwargs)))
        finally:
            self._taken -= 1

    def close(self) -> None:
        """Wait for the work under way."""
        self._pool.shutdown(wait=True, cancel_futures=True)
