"""One open install: what the edges are given. `opening.py` makes it."""

import asyncio
from dataclasses import dataclass

from footfall.app.lock import FolderLock
from footfall.app.rebuilding import Rebuilder
from footfall.app.rooms.allowances import Allowances
from footfall.app.rooms.belongings import Belongings
from footfall.app.rooms.people import People
from footfall.app.rooms.storage import Storage
from footfall.app.rooms.visitors import Visitors
from footfall.app.visitor_rights import VisitorRights
from footfall.collect.address import TrustedProxies
from footfall.collect.custom_domain import Seen
from footfall.collect.intake import Intake
from footfall.enrich import Enricher
from footfall.metadata import Clock, Database
from footfall.realtime import FriendlyNames, Hub
from footfall.settings import Secrets, Settings
from footfall.sites import SiteDirectory


@dataclass(frozen=True)
class Install:
    """All rooms of an open install, in the order in which they lean on each other."""

    settings: Settings
    secrets: Secrets
    lock: FolderLock
    clock: Clock
    database: Database
    sites: SiteDirectory
    people: People
    belongings: Belongings
    visitors: Visitors
    storage: Storage
    allowances: Allowances
    enricher: Enricher
    intake: Intake
    seen_hosts: dict[int, Seen]
    """When the own host of a site was last asked, by the number of the site."""
    proxies: TrustedProxies
    rights: VisitorRights
    rebuilder: Rebuilder
    names: FriendlyNames
    live: Hub
    restart: asyncio.Event
    """Set when the server should start anew."""
