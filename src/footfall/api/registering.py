"""Making an account as JSON, by whichever way this install has open: its first owner, an invitation, a mailed link."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.concurrency import run_in_threadpool

from footfall.accounts import (
    Accounts,
    Attempts,
    HashingThreads,
    Invitations,
    Links,
    User,
    checked_email,
    join_within_bounds,
)
from footfall.api.body import text_field
from footfall.errors import NotAllowed
from footfall.sites import SiteDirectory
from footfall.texts import Words


@dataclass(frozen=True)
class Registering:
    """``check_setup`` refuses whoever may not set up a fresh install; ``is_open``: anybody may make an account."""

    accounts: Accounts
    links: Links
    invitations: Invitations
    sites: SiteDirectory
    threads: HashingThreads
    attempts: Attempts
    client_of: Callable[[Request], str]
    check_setup: Callable[[Request, str], None]
    send_link: Callable[[str, Words], Awaitable[None]]
    is_open: bool

    async def register(self, request: Request, fields: dict[str, Any]) -> User | str:
        """Make an account, or tell the address to which a link is to be sent after the answer.

        Raises NotAllowed, NotFound for a link or an invitation that has ended, InvalidInput, Conflict or
        TooManyRequests.
        """
        if "invitation" in fields:
            return await self._by_invitation(text_field(fields, "invitation"), text_field(fields, "password"))
        if "link" in fields:
            return await self.threads.run(
                self.links.register, text_field(fields, "link"), text_field(fields, "password")
            )
        if not await run_in_threadpool(self.accounts.has_owner):
            return await self._first_owner(request, fields)
        if not self.is_open:
            raise NotAllowed("Accounts are made by invitation here; send its secret as `invitation`.")
        return self._asking(request, text_field(fields, "email"))

    async def _by_invitation(self, token: str, password: str) -> User:
        user = await join_within_bounds(self.invitations, self.accounts, self.threads, self.attempts, token, password)
        await run_in_threadpool(self.sites.refresh)
        return user

    async def _first_owner(self, request: Request, fields: dict[str, Any]) -> User:
        email, password = text_field(fields, "email"), text_field(fields, "password")
        self.check_setup(request, str(fields.get("setup_code", "")))
        return await self.threads.run(self.accounts.create_owner, email, password)

    def _asking(self, request: Request, email: str) -> str:
        """The same answer, as fast, whether or not somebody has the address: what follows, the mailbox is told."""
        address = checked_email(email)
        self.attempts.spend(f"register client {self.client_of(request)}")
        self.attempts.spend(f"register {address}")
        return address
