"""Signing in as strangers may try it: so often for each account and each client, a few at a time."""

import asyncio

from footfall.accounts.attempts import Attempts
from footfall.accounts.entrance import Entered, Entrance
from footfall.accounts.passwords import HashingThreads
from footfall.accounts.second_factor import SecondFactors


async def sign_in_within_bounds(
    entrance: Entrance,
    threads: HashingThreads,
    attempts: Attempts,
    *,
    email: str,
    password: str,
    client: str,
    browser: str = "",
) -> Entered:
    """Let somebody in by password; raises NotSignedIn, TooManyRequests or Unavailable."""
    account_name, client_name = f"account {email.strip().lower()}", f"client {client}"
    attempts.spend(client_name)
    attempts.spend(account_name)
    entered = await threads.run(entrance.enter_by_password, email, password, browser)
    attempts.forgive(account_name)
    attempts.refund(client_name)
    return entered


async def finish_within_bounds(
    entrance: Entrance, attempts: Attempts, *, token: str, code: str, client: str
) -> Entered:
    """Let somebody in by the code their sign-in waits for; raises NotSignedIn, InvalidInput or TooManyRequests."""
    user_id = await asyncio.to_thread(entrance.waiting, token)
    account_name, client_name = _codes_of(user_id or 0), f"client {client}"
    attempts.spend(client_name)
    attempts.spend(account_name)
    entered = await asyncio.to_thread(entrance.finish, token, code)
    attempts.forgive(account_name)
    attempts.refund(client_name)
    return entered


async def spend_code_within_bounds(factors: SecondFactors, attempts: Attempts, user_id: int, code: str) -> None:
    """Ask somebody who is signed in for a code; raises InvalidInput or TooManyRequests."""
    attempts.spend(_codes_of(user_id))
    await asyncio.to_thread(factors.spend, user_id, code)
    attempts.forgive(_codes_of(user_id))


def _codes_of(user_id: int) -> str:
    """One name for every place that takes codes, or each would be a chance of its own."""
    return f"codes of {user_id}"
