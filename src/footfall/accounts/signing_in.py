"""Signing in and joining as strangers may try it: so often for each account and each client, a few at a time."""

import asyncio

from footfall.accounts.attempts import Attempts
from footfall.accounts.entrance import Entered, Entrance, Proof, nobody_waits
from footfall.accounts.invitations import Invitations
from footfall.accounts.passwords import HashingThreads
from footfall.accounts.users import Accounts, User


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


async def join_within_bounds(
    invitations: Invitations, accounts: Accounts, threads: HashingThreads, attempts: Attempts, token: str, password: str
) -> User:
    """Make the account of an invited address, and join with it.

    Raises NotFound for an invitation that has ended, InvalidInput for a password against the rules, Conflict where
    there is such an account, TooManyRequests or Unavailable.
    """
    invitation = await asyncio.to_thread(invitations.find, token)
    attempts.spend(f"invitation {token}")
    user = await threads.run(accounts.create_user, invitation.email, password)
    await asyncio.to_thread(invitations.accept, token, user.id)
    return user


async def finish_within_bounds(
    entrance: Entrance, attempts: Attempts, *, token: str, prove: Proof, client: str
) -> Entered:
    """Let somebody in by what their sign-in waits for.

    Raises NotSignedIn, InvalidInput, of a passkey also NotAllowed, or TooManyRequests.
    """
    user_id = await asyncio.to_thread(entrance.waiting, token)
    if user_id is None:
        raise nobody_waits()
    account_name, client_name = _codes_of(user_id), f"client {client}"
    attempts.spend(client_name)
    attempts.spend(account_name)
    entered = await asyncio.to_thread(entrance.finish, token, prove)
    attempts.forgive(account_name)
    attempts.refund(client_name)
    return entered


async def prove_within_bounds(attempts: Attempts, user_id: int, prove: Proof) -> None:
    """Ask somebody who is signed in for their second factor; raises what ``prove`` does, or TooManyRequests."""
    attempts.spend(_codes_of(user_id))
    await asyncio.to_thread(prove, user_id)
    attempts.forgive(_codes_of(user_id))


def _codes_of(user_id: int) -> str:
    """One name for every place that takes codes, or each would be a chance of its own."""
    return f"codes of {user_id}"
