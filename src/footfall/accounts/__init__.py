"""People, their passwords and sessions, and API keys.

Which site a person sees stands in the members of a site; what a site is, the sites room knows.
"""

from footfall.accounts.attempts import Attempts
from footfall.accounts.audit import AuditLog, Entry
from footfall.accounts.keys import SCOPES, Caller, Key, KeyRing
from footfall.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, HashingThreads, Passwords
from footfall.accounts.signing_in import sign_in_within_bounds
from footfall.accounts.users import SESSION_DAYS, Accounts, User

__all__ = [
    "MAX_PASSWORD_LENGTH",
    "MIN_PASSWORD_LENGTH",
    "SCOPES",
    "SESSION_DAYS",
    "Accounts",
    "Attempts",
    "AuditLog",
    "Caller",
    "Entry",
    "HashingThreads",
    "Key",
    "KeyRing",
    "Passwords",
    "User",
    "sign_in_within_bounds",
]
