"""Signing in as strangers may try it: so often for each account and each client, a few at a time."""

from footfall.accounts.attempts import Attempts
from footfall.accounts.passwords import HashingThreads
from footfall.accounts.users import Accounts


async def sign_in_within_bounds(
    accounts: Accounts,
    threads: HashingThreads,
    attempts: Attempts,
    *,
    email: str,
    password: str,
    client: str,
    browser: str = "",
) -> str:
    """Return a new session token; raises NotSignedIn, TooManyRequests or Unavailable."""
    account_name, client_name = f"account {email.strip().lower()}", f"client {client}"
    attempts.spend(client_name)
    attempts.spend(account_name)
    token = await threads.run(accounts.sign_in, email, password, browser)
    attempts.forgive(account_name)
    attempts.refund(client_name)
    return token
