"""Asking somebody who is signed in once more who they are, before what could lock the owner of an account out."""

from fastapi import Request

from footfall.accounts import Accounts, Attempts, HashingThreads, User
from footfall.web.session_cookie import read_session


class InPerson:
    """Asks for the password, or, of who has none, for a sign-in of some minutes ago; ``attempts`` bounds guessing."""

    def __init__(self, accounts: Accounts, threads: HashingThreads, attempts: Attempts) -> None:
        self._accounts = accounts
        self._threads = threads
        self._attempts = attempts

    async def confirm(self, request: Request, user: User, password: str) -> None:
        """Raises InvalidInput or TooManyRequests where it is not shown to be them."""
        self._attempts.spend(f"account {user.email}")
        await self._threads.run(self._accounts.check_password, user.id, password, read_session(request) or "")
        self._attempts.forgive(f"account {user.email}")

    async def change_password(self, request: Request, user: User, current: str, new: str) -> None:
        """Set another password; raises InvalidInput, also for a new one against the rules, or TooManyRequests."""
        self._attempts.spend(f"account {user.email}")
        token = read_session(request) or ""
        await self._threads.run(self._accounts.change_password, user.id, current, new, token)
        self._attempts.forgive(f"account {user.email}")
