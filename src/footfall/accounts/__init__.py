"""People, their passwords and sessions, their teams, and API keys.

Which sites a person sees stands in the members of teams and sites; what a site is, the sites room knows.
"""

from footfall.accounts.attempts import Attempts
from footfall.accounts.audit import EVENTS, NO_PEOPLE, SUBJECTS, AuditLog, Entry, Part, Wanted
from footfall.accounts.audit_file import audit_csv
from footfall.accounts.entrance import WAITING_MINUTES, Entered, Entrance, Proof
from footfall.accounts.handshakes import MINUTES as HANDSHAKE_MINUTES
from footfall.accounts.handshakes import Handshake, Handshakes
from footfall.accounts.invitations import INVITATION_DAYS, Invitation, Invitations, Place
from footfall.accounts.keys import SCOPES, Caller, Key, KeyRing
from footfall.accounts.leaked_passwords import LeakedPasswords
from footfall.accounts.linked_accounts import LinkedAccount, LinkedAccounts
from footfall.accounts.links import Links, Purpose
from footfall.accounts.passkeys import MAX_PASSKEY_NAME_LENGTH, Passkey, Passkeys
from footfall.accounts.passwords import MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH, HashingThreads, Passwords
from footfall.accounts.relying_party import RelyingParty, relying_party
from footfall.accounts.second_factor import Enrolment, FactorState, SecondFactors, in_groups
from footfall.accounts.session_life import IDLE_DAYS, SESSION_DAYS, SessionLife
from footfall.accounts.sessions import Sessions, WebSession
from footfall.accounts.signing_in import (
    finish_within_bounds,
    join_within_bounds,
    prove_within_bounds,
    sign_in_within_bounds,
)
from footfall.accounts.teams import Member, Membership, Team, Teams
from footfall.accounts.users import Accounts, User, checked_email
from footfall.accounts.ways_in import WaysIn, ways_in

__all__ = [
    "EVENTS",
    "HANDSHAKE_MINUTES",
    "IDLE_DAYS",
    "INVITATION_DAYS",
    "MAX_PASSKEY_NAME_LENGTH",
    "MAX_PASSWORD_LENGTH",
    "MIN_PASSWORD_LENGTH",
    "NO_PEOPLE",
    "SCOPES",
    "SESSION_DAYS",
    "SUBJECTS",
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
    "Handshake",
    "Handshakes",
    "HashingThreads",
    "Invitation",
    "Invitations",
    "Key",
    "KeyRing",
    "LeakedPasswords",
    "LinkedAccount",
    "LinkedAccounts",
    "Links",
    "Member",
    "Membership",
    "Part",
    "Passkey",
    "Passkeys",
    "Passwords",
    "Place",
    "Proof",
    "Purpose",
    "RelyingParty",
    "SecondFactors",
    "SessionLife",
    "Sessions",
    "Team",
    "Teams",
    "User",
    "Wanted",
    "WaysIn",
    "WebSession",
    "audit_csv",
    "checked_email",
    "finish_within_bounds",
    "in_groups",
    "join_within_bounds",
    "prove_within_bounds",
    "relying_party",
    "sign_in_within_bounds",
    "ways_in",
]
