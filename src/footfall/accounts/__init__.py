"""People, their passwords and sessions, their teams, and API keys.

Which sites a person sees stands in the members of teams and sites; what a site is, the sites room knows.
"""

from footfall.accounts.attempts import Attempts
from footfall.accounts.audit import AuditLog, Entry
from footfall.accounts.invitations import INVITATION_DAYS, Invitation, Invitations, Place
from footfall.accounts.keys import SCOPES, Caller, Key, KeyRing
from footfall.accounts.links import Links, Purpose
from footfall.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, HashingThreads, Passwords
from footfall.accounts.sessions import Sessions, WebSession
from footfall.accounts.signing_in import sign_in_within_bounds
from footfall.accounts.teams import Member, Membership, Team, Teams
from footfall.accounts.users import SESSION_DAYS, Accounts, User, checked_email

__all__ = [
    "INVITATION_DAYS",
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
    "Invitation",
    "Invitations",
    "Key",
    "KeyRing",
    "Links",
    "Member",
    "Membership",
    "Passwords",
    "Place",
    "Purpose",
    "Sessions",
    "Team",
    "Teams",
    "User",
    "WebSession",
    "checked_email",
    "sign_in_within_bounds",
]
