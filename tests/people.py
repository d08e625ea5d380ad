"""The cast of every test: Alice owns the site, Bob is her teammate, Charlie is a stranger with a site of his own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from argon2 import PasswordHasher
from sqlalchemy import URL

from footfall.accounts import (
    Accounts,
    Entrance,
    Invitations,
    KeyRing,
    Links,
    Passwords,
    SecondFactors,
    Sessions,
    Teams,
    User,
)
from footfall.api.rate import KeyRate, RatedKeys
from footfall.domain import Site
from footfall.identity import NetworkNames
from footfall.metadata import Database
from footfall.metadata.tables import Table
from footfall.sites import (
    Annotations,
    EventRegistry,
    Goals,
    Role,
    Segments,
    SharedLinks,
    SiteDirectory,
    SiteShields,
)

NOON_MS = 1_790_000_000_000
PASSWORD = "correct horse battery"


@dataclass
class ManualClock:
    """Stands still until moved."""

    now_ms: int = NOON_MS

    def __call__(self) -> int:
        return self.now_ms

    def move(self, *, seconds: float = 0, days: float = 0) -> None:
        self.now_ms += int((seconds + days * 86_400) * 1000)


def quick_hasher() -> PasswordHasher:
    """Real argon2id at its lowest cost, so that tests need no patience."""
    return PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


def quick_passwords() -> Passwords:
    """Passwords hashed by it."""
    return Passwords(quick_hasher())


def bearer(key: str) -> dict[str, str]:
    """The header a program brings its key in."""
    return {"authorization": f"Bearer {key}"}


@dataclass
class Install:
    """The people and sites of one install, over a real database."""

    database: Database
    clock: ManualClock = field(default_factory=ManualClock)

    def __post_init__(self) -> None:
        self.accounts = Accounts(self.database, self.clock, quick_passwords())
        self.factors = SecondFactors(self.database, self.clock, bytes(32))
        self.entrance = Entrance(self.database, self.clock, self.accounts, self.factors)
        self.sessions = Sessions(self.database, self.clock)
        self.teams = Teams(self.database, self.clock)
        self.invitations = Invitations(self.database, self.clock)
        self.links = Links(self.database, self.clock, quick_passwords())
        self.keys = KeyRing(self.database, self.clock)
        self.api_keys = RatedKeys(self.keys, KeyRate.by_the_hour(0))
        self.sites = SiteDirectory(self.database, self.clock, base_url="https://pages.example")
        self.goals = Goals(self.database, self.clock)
        self.segments = Segments(self.database, self.clock)
        self.shared_links = SharedLinks(self.database, self.clock)
        self.annotations = Annotations(self.database, self.clock)
        self.registry = EventRegistry(self.database, self.clock, most_names=3, most_keys=3)
        self.shields = SiteShields(self.database, self.clock, self.sites, NetworkNames(bytes(32)))

    def everything_stored(self) -> str:
        """Each value of each row of each table."""
        with self.database.reading() as session:
            rows = [session.execute(table.select()).all() for table in Table.metadata.sorted_tables]
        return repr(rows)

    def bring_in_the_cast(self) -> None:
        self.alice: User = self.accounts.create_user("alice@example.com", PASSWORD)
        self.bob: User = self.accounts.create_user("bob@example.com", PASSWORD)
        self.charlie: User = self.accounts.create_user("charlie@example.com", PASSWORD)
        self.site: Site = self.sites.create("example.com", "Europe/Tallinn", owner_id=self.alice.id)
        self.sites.add_member(self.site.id, self.bob.id, Role.VIEWER)
        self.other_site: Site = self.sites.create("charlie.example", owner_id=self.charlie.id)


@contextmanager
def fresh_install(url: str | URL) -> Iterator[Install]:
    clock = ManualClock()
    database = Database(url, clock)
    database.migrate()
    yield Install(database, clock)
    database.close()
