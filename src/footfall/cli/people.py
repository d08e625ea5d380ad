"""What the commands about people, sites and keys share: the open database, and finding things by name."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from footfall.accounts import Accounts, AuditLog, KeyRing, Links, SecondFactors, User
from footfall.accounts.second_factor import KEY_PURPOSE
from footfall.app.passwords import passwords_of
from footfall.domain import Site
from footfall.errors import NotFound
from footfall.metadata import Actor, acting, system_clock
from footfall.metadata.opening import open_database
from footfall.plans import TeamPlans, Usage
from footfall.settings import Settings, load_secrets
from footfall.sites import Goals, SiteDirectory
from footfall.sites.domain_name import normalise_domain


@dataclass(frozen=True)
class People:
    """The people, sites and keys of one install; a server that runs on the same data sees changes within a second."""

    accounts: Accounts
    second_factors: SecondFactors
    sites: SiteDirectory
    keys: KeyRing
    goals: Goals
    links: Links
    audit_log: AuditLog
    plans: TeamPlans
    usage: Usage

    def user(self, email: str) -> User:
        """Find a user, or raise NotFound."""
        user = self.accounts.by_email(email)
        if user is None:
            raise NotFound(f"There is no user {email}; add one with: footfall user add {email} --password-stdin")
        return user

    def site(self, domain: str) -> Site:
        """Find a site by its domain as people write it, or raise NotFound."""
        site = self.sites.by_domain(normalise_domain(domain))
        if site is None:
            raise NotFound(f"There is no site {domain}; add it with: footfall site add {domain} --timezone Etc/UTC")
        return site


@contextmanager
def open_people(settings: Settings) -> Iterator[People]:
    """Open the database of ``settings``, be it new, and whether or not a server has it open too."""
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    passwords = passwords_of(settings)
    database = open_database(settings)
    try:
        with acting(Actor("command")):
            yield People(
                Accounts(database, system_clock, passwords),
                SecondFactors(database, system_clock, load_secrets(settings.data_dir).key_for(KEY_PURPOSE)),
                SiteDirectory(database, system_clock, base_url=settings.base_url),
                KeyRing(database, system_clock),
                Goals(database, system_clock),
                Links(database, system_clock, passwords),
                AuditLog(database, system_clock),
                TeamPlans(database),
                Usage(database, system_clock),
            )
    finally:
        database.close()


def public_address(settings: Settings) -> str:
    """Where the pages of this install are, without a final slash."""
    return settings.base_url.rstrip("/") or f"http://{settings.host}:{settings.port}"
