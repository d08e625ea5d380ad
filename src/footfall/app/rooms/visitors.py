"""Who a visitor is: the keys that make ids of what intake sees, and what is kept of those with a lasting id."""

from dataclasses import dataclass

from footfall.identity import Identity, NetworkNames, SaltStore
from footfall.metadata import Clock, Database
from footfall.profiles import Consents, LastingIds, Profiles
from footfall.settings import Secrets, Settings


@dataclass(frozen=True)
class Visitors:
    """The visitors of all sites."""

    salts: SaltStore
    identity: Identity
    networks: NetworkNames
    profiles: Profiles
    consents: Consents
    lasting_ids: LastingIds


def open_visitors(settings: Settings, secrets: Secrets, database: Database, clock: Clock) -> Visitors:
    """Load the salts of the day and the consents that hold."""
    salts = SaltStore(settings.data_dir / "salts.db")
    salts.load(clock())
    consents = Consents(database, clock)
    consents.load()
    identity = Identity(salts, secrets.visitor_key)
    return Visitors(
        salts=salts,
        identity=identity,
        networks=NetworkNames(secrets.key_for("shields")),
        profiles=Profiles(database, clock),
        consents=consents,
        lasting_ids=LastingIds(identity, consents),
    )
