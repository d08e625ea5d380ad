"""Who signs in, by which proofs, with which keys; and the log of what they did."""

from dataclasses import dataclass

from footfall.accounts import (
    Accounts,
    AuditLog,
    Entrance,
    KeyRing,
    Links,
    Passwords,
    SecondFactors,
    SessionLife,
    Sessions,
)
from footfall.accounts.second_factor import KEY_PURPOSE
from footfall.metadata import Clock, Database
from footfall.settings import Secrets, Settings


@dataclass(frozen=True)
class People:
    """The people of an install."""

    passwords: Passwords
    accounts: Accounts
    sessions: Sessions
    links: Links
    second_factors: SecondFactors
    entrance: Entrance
    keys: KeyRing
    audit_log: AuditLog


def make_people(settings: Settings, secrets: Secrets, database: Database, clock: Clock, passwords: Passwords) -> People:
    """Make what knows them."""
    life = SessionLife(settings.session_idle_days)
    accounts = Accounts(database, clock, passwords, life)
    second_factors = SecondFactors(database, clock, secrets.key_for(KEY_PURPOSE))
    return People(
        passwords=passwords,
        accounts=accounts,
        sessions=Sessions(database, clock, life),
        links=Links(database, clock, passwords),
        second_factors=second_factors,
        entrance=Entrance(database, clock, accounts, second_factors),
        keys=KeyRing(database, clock),
        audit_log=AuditLog(database, clock),
    )
