"""People, their passwords and sessions, their teams, and API keys.

Which sites a person sees stands in the members of teams and sites; what a site is, the sites room knows.
"""

from footfall.accounts.attempts import Attempts
from footfall.accounts.audit import AuditLog, Entry
from footfall.accounts.entrance import WAITING_MINUTES, Entered, Entrance
from footfall.accounts.invitations import INVITATION_DAYS, Invitation, Invitations, Place
from footfall.accounts.keys import SCOPES, Caller, Key, KeyRing
from footfall.accounts.links import Links, Purpose
from footfall.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, HashingThreads, Passwords
from footfall.accounts.second_factor import Enrolment, FactorState, SecondFactors, in_groups
from footfall.accounts.sessions import Sessions, WebSession
from footfall.accounts.signing_in import (
    finish_within_bounds,
    join_within_bounds,
    sign_in_within_bounds,
    spend_code_within_bounds,
)
from footfall.accounts.teams import Member, Membership, Team, Teams
from footfall.accounts.users import SESSION_DAYS, Accounts, User, checked_email

__all__ = [
    "INVITATION_DAYS",
    "MAX_PASSWORD_LENGTH",
    "MIN_PASSWORD_LENGTH",
    "SCOPES",
    "SESSION_DAYS",
    "WAITING_MINUTES",
    "Accounts",
    "Attempts",
    "AuditLog",
    "Caller",
    "Enrolment",
    "Entered",
    "Entrance",
    "Entry",
    "FactorState",
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
    "SecondFactors",
    "Sessions",
    "Team",
    "Teams",
    "User",
    "WebSession",
    "checked_email",
    "finish_within_bounds",
    "in_groups",
    "join_within_bounds",
    "sign_in_within_bounds",
    "spend_code_within_bounds",
]
