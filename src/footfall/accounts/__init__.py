"""People, their passwords and sessions, their teams, and API keys.

Which sites a person sees stands in the members of teams and sites; what a site is, the sites room knows.
"""

from footfall.accounts.attempts import Attempts
from footfall.accounts.audit import EVENTS, NO_PEOPLE, SUBJECTS, AuditLog, Entry, Part, Wanted
from footfall.accounts.audit_file import audit_csv
from footfall.accounts.invitations import INVITATION_DAYS, Invitation, Invitations, Place
from footfall.accounts.keys import SCOPES, Caller, Key, KeyRing
from footfall.accounts.links import Links, Purpose
from footfall.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, HashingThreads, Passwords
from footfall.accounts.sessions import Sessions, WebSession
from footfall.accounts.signing_in import sign_in_within_bounds
from footfall.accounts.teams import Member, Membership, Team, Teams
from footfall.accounts.users import SESSION_DAYS, Accounts, User, checked_email

__all__ = [
    "EVENTS",
    "INVITATION_DAYS",
    "MAX_PASSWORD_LENGTH",
    "MIN_PASSWORD_LENGTH",
    "NO_PEOPLE",
    "SCOPES",
    "SESSION_DAYS",
    "SUBJECTS",
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
    "Part",
    "Passwords",
    "Place",
    "Purpose",
    "Sessions",
    "Team",
    "Teams",
    "User",
    "Wanted",
    "WebSession",
    "audit_csv",
    "checked_email",
    "sign_in_within_bounds",
]
